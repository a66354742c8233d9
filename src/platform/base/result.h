#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace suanpan {

// What went wrong, in kinds that a caller can act on. Each maps to one HTTP status and one exit status.
enum class ErrorCode {
    invalid_argument,   // 400: the request itself is wrong
    unauthenticated,    // 401: no valid key or login
    permission_denied,  // 403: known, but the role does not allow it
    not_found,          // 404
    conflict,           // 409: true now, was not when the caller looked (stale approval, changed argument)
    expired,            // 410: the deadline has passed
    too_large,          // 413
    rate_limited,       // 429
    io,                 // 500: disk, files, network
    internal,           // 500: our mistake
    unavailable,        // 503: busy or starting; try again
    no_space,           // 507: the disk is full
};

// An error that a person can act on. `message` says what was wrong and what to do next; `about` says where: a file, a
// row, a field, an option.
//
// Its copies and moves are in result.cpp: every TRY has some, and in line they were a third of the program.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string about;

    Error();
    Error(ErrorCode code, std::string_view message, std::string_view about);
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
    [[nodiscard]] std::string text() const;  // "about: message", or the message alone
    bool operator==(const Error&) const;
};

template <class T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, std::string_view message, std::string_view about = {});

[[nodiscard]] std::string_view name(ErrorCode code);  // "invalid_argument"
[[nodiscard]] int http_status(ErrorCode code);
[[nodiscard]] int exit_status(ErrorCode code);                        // 1 to 125, stable: scripts rely on it
[[nodiscard]] ErrorCode error_code_from_name(std::string_view name);  // internal when unknown

}  // namespace suanpan

// The value of a Result, or an early return of its error. A GNU statement expression, so that it reads in line:
//     auto rows = TRY(connection.rows<Item>("FROM data.item"));
#define TRY(expression)                                              \
    ({                                                               \
        auto suanpan_try_ = (expression);                            \
        if (!suanpan_try_) [[unlikely]]                              \
            return std::unexpected(std::move(suanpan_try_).error()); \
        *std::move(suanpan_try_);                                    \
    })
