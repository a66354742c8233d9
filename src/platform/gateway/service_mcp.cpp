#include <fmt/format.h>

#include "platform/gateway/events.h"
#include "platform/gateway/mcp.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/service.h"

namespace suanpan::gateway {

// Streamable HTTP without sessions: every POST stands alone and is answered with JSON.
void Service::mcp_page(const ExchangePtr& exchange) {
    const auto& request = exchange->request;
    if (request.method != "POST") return finish(exchange, method_not_allowed(*exchange, "POST"));
    const bool says_its_version = request.body.contains("io.modelcontextprotocol/protocolVersion");
    if (!request.protocol_version.empty() && !speaks_protocol(request.protocol_version) && !says_its_version)
        return finish(exchange, Error{ErrorCode::invalid_argument, "this version of the protocol is not spoken here",
                                      "MCP-Protocol-Version"});
    if (request.accept.contains("text/event-stream") && request.body.contains("\"progressToken\""))
        return stream_mcp(exchange);
    on_worker(exchange, [this, exchange] {
        int status = 200;
        auto answer = answer_mcp(*exchange, nullptr, status);
        return answer ? text_reply(status, *std::move(answer)) : Reply{.status = 202};
    });
}

std::optional<std::string> Service::answer_mcp(const Exchange& exchange, std::function<void(std::string)> notify,
                                               int& status) {
    const auto& request = exchange.request;
    Session session{.protocol_version = std::string(request.protocol_version),
                    .headers = McpHeaders{request.protocol_version, request.mcp_method, request.mcp_name},
                    .notify = std::move(notify)};
    auto answer = handle_mcp(session, caller_here(shop_, registry_, exchange.principal), registry_, request.body);
    status = session.http_status;
    return answer;
}

// The client wants to be told how far the work is: the answer is the last of a stream of messages. A call that throws
// ends the stream without one.
void Service::stream_mcp(const ExchangePtr& exchange) {
    auto events = std::make_shared<MessageEvents>();
    auto& workers = is_long_call(registry_, exchange->request.body) ? long_workers_ : workers_;
    const bool queued = workers.submit([this, exchange, events] {
        metrics_.in_flight.fetch_add(1, std::memory_order_relaxed);
        try {
            const auto notify = [events](const std::string& message) { events->add(message); };
            int status = 200;  // sent long ago
            if (const auto answer = answer_mcp(*exchange, notify, status)) events->add(*answer);
        } catch (const std::exception& error) {
            log_.message(true, fmt::format("{}: {}", exchange->request.id, error.what()));
        }
        events->end();
        metrics_.in_flight.fetch_sub(1, std::memory_order_release);
    });
    if (!queued)
        return finish(exchange, Error{ErrorCode::unavailable, "too much work is waiting; try again in a moment", ""});
    finish(exchange, {.content_type = "text/event-stream", .events = events});
}

}  // namespace suanpan::gateway
