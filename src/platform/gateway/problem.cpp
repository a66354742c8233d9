#include "platform/gateway/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/base/utf8.h"

namespace suanpan::gateway {
namespace {

struct Phrase {
    int status;
    std::string_view text;
};

constexpr std::array phrases = {
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{413, "Content Too Large"},
    Phrase{422, "Unprocessable Content"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{429, "Too Many Requests"},
    Phrase{500, "Internal Server Error"},
    Phrase{503, "Service Unavailable"},
    Phrase{507, "Insufficient Storage"},
};

void escape(std::string& out, unsigned char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        default:
            if (c < 0x20 || c == 0x7f)
                out += fmt::format("\\u{:04x}", c);
            else
                out += static_cast<char>(c);
    }
}

}  // namespace

std::string_view reason_phrase(int status) {
    const auto* found = std::ranges::find(phrases, status, &Phrase::status);
    return found == phrases.end() ? "Error" : found->text;
}

std::string json_text(std::string_view text) {
    // What a client sent is told back to it and to the log, both of which are JSON.
    if (!is_utf8(text)) return json_text(readable(text));
    std::string out = "\"";
    out.reserve(text.size() + 2);
    for (const char c : text) escape(out, static_cast<unsigned char>(c));
    return out + '"';
}

std::string problem_json(const Error& error, std::string_view request_id, int status) {
    if (status == 0) status = http_status(error.code);
    return fmt::format(
        R"({{"type":"about:blank","title":"{}","status":{},"detail":{},"instance":{},"code":"{}","about":{}}})",
        reason_phrase(status), status, json_text(error.message), json_text(request_id), name(error.code),
        json_text(error.about));
}

Reply text_reply(int status, std::string body, std::string_view content_type) {
    return {
        .status = status, .body = std::make_shared<const std::string>(std::move(body)), .content_type = content_type};
}

Reply problem(const Error& error, std::string_view request_id, int status) {
    if (status == 0) status = http_status(error.code);
    auto reply = text_reply(status, problem_json(error, request_id, status), "application/problem+json");
    if (status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"suanpan\"");
    if (status == 429 || status == 503) reply.headers.emplace_back("Retry-After", "1");
    return reply;
}

Reply method_not_allowed(const Exchange& exchange, std::string_view allowed) {
    auto reply =
        problem({ErrorCode::invalid_argument, fmt::format("use {} here", allowed), std::string(exchange.request.path)},
                exchange.request.id, 405);
    reply.headers.emplace_back("Allow", allowed);
    return reply;
}

}  // namespace suanpan::gateway
