#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/operations/operation.h"

namespace suanpan::gateway {

class EventSource;
struct Route;

// One HTTP request, free of the server that read it. The views live as long as `owner`.
struct Request {
    std::string_view method, path, query, body;
    std::string_view authorization, cookie, host, origin, user;
    std::string_view accept, if_none_match, prefer, idempotency_key, console, accept_encoding;
    std::string_view protocol_version, mcp_method, mcp_name;
    std::string id;  // the client's X-Request-Id, or our own
    std::shared_ptr<const void> owner;
};

struct Reply {
    int status = 200;
    std::shared_ptr<const std::string> body = nullptr;  // null: none
    std::string_view content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::shared_ptr<EventSource> events = nullptr;  // the reply is a stream of these
    bool cached = false;
};

[[nodiscard]] Reply text_reply(int status, std::string body, std::string_view content_type = "application/json");

// A request on its way to its reply, which may come from another thread.
struct Exchange {
    Request request;
    std::function<void(const Exchange&, Reply)> send;  // called once
    operations::Principal principal = {};
    std::optional<std::uint64_t> requests_left = {};  // that its key may send at once; none: nothing is limited
    const Route* route = nullptr;                     // null: not an operation
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};
using ExchangePtr = std::shared_ptr<Exchange>;

}  // namespace suanpan::gateway
