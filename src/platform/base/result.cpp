#include "platform/base/result.h"

#include <array>

namespace suanpan {
namespace {

struct Mapping {
    ErrorCode code;
    std::string_view name;
    int http;
    int exit;
};

constexpr std::array mappings = {
    Mapping{ErrorCode::invalid_argument, "invalid_argument", 400, 2},
    Mapping{ErrorCode::unauthenticated, "unauthenticated", 401, 3},
    Mapping{ErrorCode::permission_denied, "permission_denied", 403, 4},
    Mapping{ErrorCode::not_found, "not_found", 404, 5},
    Mapping{ErrorCode::conflict, "conflict", 409, 6},
    Mapping{ErrorCode::expired, "expired", 410, 7},
    Mapping{ErrorCode::too_large, "too_large", 413, 8},
    Mapping{ErrorCode::rate_limited, "rate_limited", 429, 9},
    Mapping{ErrorCode::io, "io", 500, 10},
    Mapping{ErrorCode::internal, "internal", 500, 70},
    Mapping{ErrorCode::unavailable, "unavailable", 503, 11},
    Mapping{ErrorCode::no_space, "no_space", 507, 12},
};

const Mapping& mapping(ErrorCode code) {
    return mappings.at(static_cast<std::size_t>(code));
}

}  // namespace

Error::Error() = default;
Error::Error(ErrorCode kind, std::string_view what, std::string_view where) : code(kind), message(what), about(where) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;
bool Error::operator==(const Error&) const = default;

std::string Error::text() const {
    return about.empty() ? message : about + ": " + message;
}

std::unexpected<Error> fail(ErrorCode code, std::string_view message, std::string_view about) {
    return std::unexpected<Error>(std::in_place, code, message, about);
}

std::string_view name(ErrorCode code) {
    return mapping(code).name;
}

int http_status(ErrorCode code) {
    return mapping(code).http;
}

int exit_status(ErrorCode code) {
    return mapping(code).exit;
}

ErrorCode error_code_from_name(std::string_view name) {
    for (const auto& entry : mappings)
        if (entry.name == name) return entry.code;
    return ErrorCode::internal;
}

}  // namespace suanpan
