#include "platform/gateway/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "platform/gateway/console_files.inc"
#include "platform/gateway/secrets.h"

namespace suanpan::gateway {
namespace {

struct File {
    std::string_view path, type, etag;
    bool hashed;  // the name changes with the content, so it may be kept for ever
    std::string_view plain, gzip, brotli;
};

template <std::size_t Size>
std::string_view view(const unsigned char (&bytes)[Size]) {
    return {reinterpret_cast<const char*>(bytes), Size};
}

std::span<const File> files() {
#ifdef CONSOLE_FILES
#define CONSOLE_FILE(place, path, type, etag, hashed) \
    File{path,                                        \
         type,                                        \
         etag,                                        \
         hashed,                                      \
         view(console_plain_##place),                 \
         view(console_gzip_##place),                  \
         view(console_brotli_##place)},
    static const File all[] = {CONSOLE_FILES};
    return all;
#undef CONSOLE_FILE
#else
    return {};
#endif
}

constexpr std::string_view missing =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Suanpan</title>"
    "<p>This program was built without the console, because its packages could not be fetched; ./dev build tries "
    "again. "
    "The operations are at <a href=\"openapi.json\">openapi.json</a>.</p>"
    "<p lang=\"zh\">此程序在构建时无法取得控制台所需的软件包，因此不含控制台；重新运行 ./dev build "
    "即可再试。</p></html>";

// Styles are made while the page runs (with the nonce); charts and widgets set attributes of style.
std::string policy(std::string_view nonce) {
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
        nonce);
}

void add_page_headers(Reply& reply, std::string_view nonce) {
    reply.headers.emplace_back("Content-Security-Policy", policy(nonce));
    reply.headers.emplace_back("Referrer-Policy", "no-referrer");
    reply.headers.emplace_back("Cache-Control", "no-store");
}

// The page carries a nonce of its own each time, so it is sent as it is and never kept.
Reply page(std::string_view html) {
    static constexpr std::string_view mark = "@nonce@";
    const auto nonce = random_hex(16);
    std::string text(html);
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, mark.size(), nonce);
    auto reply = text_reply(200, std::move(text), "text/html; charset=utf-8");
    add_page_headers(reply, nonce);
    return reply;
}

Reply asset(const File& file, const Request& request) {
    Reply reply{.content_type = file.type};
    const auto etag = fmt::format("\"{}\"", file.etag);
    reply.headers = {{"ETag", etag},
                     {"Vary", "Accept-Encoding"},
                     {"Cache-Control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (request.if_none_match == etag) {
        reply.status = 304;
        return reply;
    }
    auto bytes = file.plain;
    if (accepts_encoding(request.accept_encoding, "br")) {
        bytes = file.brotli;
        reply.headers.emplace_back("Content-Encoding", "br");
    } else if (accepts_encoding(request.accept_encoding, "gzip")) {
        bytes = file.gzip;
        reply.headers.emplace_back("Content-Encoding", "gzip");
    }
    reply.body = std::make_shared<const std::string>(bytes);
    return reply;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

bool is_refused(std::string_view parameter) {
    parameter = trimmed(parameter);
    if (!parameter.starts_with("q=0")) return false;
    return parameter.substr(3).find_first_not_of(".0") == std::string_view::npos;
}

}  // namespace

bool accepts_encoding(std::string_view accepted, std::string_view encoding) {
    while (!accepted.empty()) {
        const auto end = std::min(accepted.find(','), accepted.size());
        const auto one = accepted.substr(0, end);
        accepted.remove_prefix(std::min(end + 1, accepted.size()));
        const auto semicolon = std::min(one.find(';'), one.size());
        if (trimmed(one.substr(0, semicolon)) == encoding)
            return semicolon == one.size() || !is_refused(one.substr(semicolon + 1));
    }
    return false;
}

std::optional<Reply> api_page() {
    const auto found = std::ranges::find(files(), std::string_view("docs.html"), &File::path);
    if (found == files().end()) return std::nullopt;
    return page(found->plain);
}

std::optional<Reply> console_file(const Request& request) {
    const bool is_page = request.path == "/";
    if (!is_page && !request.path.starts_with("/assets/")) return std::nullopt;
    const auto wanted = is_page ? std::string_view("index.html") : request.path.substr(1);
    const auto found = std::ranges::find(files(), wanted, &File::path);
    if (found != files().end()) return is_page ? page(found->plain) : asset(*found, request);
    if (is_page) return page(missing);
    return std::nullopt;
}

}  // namespace suanpan::gateway
