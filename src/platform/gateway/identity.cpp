#include "platform/gateway/identity.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/gateway/secrets.h"

namespace suanpan::gateway {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::string_view local_prefix = "local_";

bool is_safe(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

bool same_origin(std::string_view origin, std::string_view host) {
    const auto scheme = origin.find("://");
    return scheme != std::string_view::npos && origin.substr(scheme + 3) == host;
}

std::string person_named(std::string_view name) {
    const auto plain = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != 0x7f; };
    if (name.empty() || name.size() > 80 || !std::ranges::all_of(name, plain)) return "user:local";
    return "user:" + std::string(name);
}

}  // namespace

std::string_view host_name(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool is_loopback(std::string_view address) {
    // "127.evil.example" is a name that anybody may register.
    const bool numbers = address.find_first_not_of("0123456789.") == std::string_view::npos;
    return (numbers && address.starts_with("127.")) || address == "::1" || address == "localhost";
}

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        auto one = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) return one.substr(name.size() + 1);
    }
    return {};
}

Identity::Identity(store::Database& database, const ServeOptions& options)
    : keys_(database),
      local_token_(std::string(local_prefix) + random_hex(32)),
      loopback_(is_loopback(options.address)),
      host_names_(options.host_names) {}

Result<> Identity::check_source(const Request& request) const {
    const auto host = host_name(request.host);
    const auto known =
        is_loopback(host) || host == "[::1]" || std::ranges::find(host_names_, host) != host_names_.end();
    if (loopback_ && !known)
        return fail(ErrorCode::permission_denied,
                    "this server is for its own machine; open it as localhost, or serve with --host-names",
                    std::string(request.host.substr(0, 100)));
    if (!is_safe(request.method) && !request.origin.empty() && !same_origin(request.origin, request.host))
        return fail(ErrorCode::permission_denied, "a page of another site may not send this",
                    std::string(request.origin.substr(0, 100)));
    return {};
}

Result<std::optional<operations::Principal>> Identity::by_session(const Request& request) {
    const auto session = cookie_value(request.cookie, session_cookie);
    if (session.empty())
        return fail(ErrorCode::unauthenticated,
                    "no key; send Authorization: Bearer KEY (make one with: suanpan keys create SHOP), or log in with: "
                    "suanpan login SHOP");
    auto who = sessions_.find(session);
    if (!who) return fail(ErrorCode::unauthenticated, "the login has ended; get a new link with: suanpan login SHOP");
    if (!is_safe(request.method) && request.console != "1")
        return fail(ErrorCode::permission_denied, "a login may send this only with the header X-Suanpan: 1");
    return who;
}

Result<std::optional<operations::Principal>> Identity::identify(const Request& request) {
    if (request.authorization.empty()) return by_session(request);
    if (!request.authorization.starts_with(bearer))
        return fail(ErrorCode::unauthenticated, "send the key as Authorization: Bearer KEY");
    const auto key = request.authorization.substr(bearer.size());
    if (key.starts_with(local_prefix)) {
        if (!equal_in_constant_time(key, local_token_))
            return fail(ErrorCode::unauthenticated, "this is not the token of the running server");
        return operations::Principal{person_named(request.user), operations::Role::admin};
    }
    if (!keys_.is_fresh()) return std::nullopt;
    return TRY(keys_.principal_of(key));
}

Result<operations::Principal> Identity::identify_waiting(const Request& request) {
    TRY(keys_.refresh());
    return keys_.principal_of(request.authorization.substr(bearer.size()));
}

}  // namespace suanpan::gateway
