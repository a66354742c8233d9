#include "platform/gateway/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "platform/gateway/problem.h"
#include "platform/store/shop.h"

namespace suanpan::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 20U << 20;

struct Kind {
    std::string_view begin, type;
};

constexpr std::array kinds = {Kind{"\x89PNG\r\n\x1a\n", "image/png"}, Kind{"\xff\xd8\xff", "image/jpeg"},
                              Kind{"GIF87a", "image/gif"}, Kind{"GIF89a", "image/gif"}};

// Empty: none of ours.
std::string_view type_of(std::string_view bytes) {
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
    const auto found = std::ranges::find_if(kinds, [&](const Kind& kind) { return bytes.starts_with(kind.begin); });
    return found == kinds.end() ? std::string_view() : found->type;
}

bool is_plain_name(std::string_view name) {
    const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= 200 && !name.starts_with('.') && std::ranges::all_of(name, plain);
}

Error no_picture(std::string_view name) {
    return {ErrorCode::invalid_argument, "the file is no PNG, JPEG, GIF or WebP", std::string(name)};
}

}  // namespace

Result<Reply> picture(const fs::path& shop, std::string_view name) {
    const auto file = shop / "pictures" / name;
    std::error_code error;
    if (!is_plain_name(name) || fs::symlink_status(file, error).type() != fs::file_type::regular)
        return fail(ErrorCode::not_found, "there is no such picture; put it into the shop's folder pictures/",
                    std::string(name.substr(0, 200)));
    if (fs::file_size(file, error) > most_bytes)
        return fail(ErrorCode::invalid_argument, "the picture is larger than 20 MiB", std::string(name));
    auto bytes = TRY(store::read_file(file));
    const auto type = type_of(bytes);
    if (type.empty()) return std::unexpected(no_picture(name));
    auto reply = text_reply(200, std::move(bytes), type);
    reply.headers = {{"Cache-Control", "private, max-age=3600"}, {"Content-Security-Policy", "default-src 'none'"}};
    return reply;
}

Result<Reply> keep_picture(const fs::path& shop, std::string_view name, std::string_view bytes) {
    if (!is_plain_name(name))
        return fail(ErrorCode::invalid_argument,
                    "a picture's name has letters, digits, dots, dashes and underscores only, and begins with no dot",
                    std::string(name.substr(0, 200)));
    if (type_of(bytes).empty()) return std::unexpected(no_picture(name));
    const auto file = shop / "pictures" / name;
    std::error_code error;
    if (fs::symlink_status(file, error).type() != fs::file_type::not_found) {
        if (fs::symlink_status(file, error).type() != fs::file_type::regular || TRY(store::read_file(file)) != bytes)
            return fail(ErrorCode::conflict, "another picture has this name; choose a new one", std::string(name));
    } else {
        fs::create_directories(file.parent_path(), error);
        TRY(store::write_file(file, bytes));
    }
    return text_reply(200, fmt::format(R"({{"picture":"pictures/{}"}})", name));
}

}  // namespace suanpan::gateway
