#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "platform/gateway/mcp_envelope.h"
#include "platform/operations/operation.h"

// The Model Context Protocol: agents of others call the same operations that people do.
namespace suanpan::gateway {

// One client's conversation.
struct Session {
    std::string protocol_version;  // empty: not yet agreed
    bool initialized = false;
    std::optional<McpHeaders> headers = {};  // of HTTP
    int http_status = 200;                   // that the last answer goes with
    // Sends a message that answers no request, such as progress. Null where the transport has no way to.
    std::function<void(std::string)> notify = {};
};

using OnProgress = std::function<void(const operations::Progress&)>;

// Who calls, and what carries a call out: this process, or the server that has the shop open.
struct Caller {
    operations::Role role;
    std::function<Result<std::string>(const operations::Operation&, const std::string& request, const OnProgress&)>
        call;
};

[[nodiscard]] Caller caller_here(store::Shop& shop, const operations::Registry& registry,
                                 operations::Principal principal);

// The answer to one JSON-RPC message, or none where it needs none. Never fails: what is wrong is said in the answer.
[[nodiscard]] std::optional<std::string> handle_mcp(Session& session, const Caller& caller,
                                                    const operations::Registry& registry, std::string_view json_rpc);

// Whether a message calls an operation that takes long, as far as that can be told.
[[nodiscard]] bool is_long_call(const operations::Registry& registry, std::string_view json_rpc);

[[nodiscard]] bool speaks_protocol(std::string_view version);
[[nodiscard]] std::string tool_name(const operations::Operation& operation);  // demand_forecast

struct Streams {
    std::istream& in;
    std::ostream& out;
};

// Reads newline-delimited messages until the input ends. Errors: io where the output cannot be written.
[[nodiscard]] Result<> serve_stdio(const Caller& caller, const operations::Registry& registry, Streams streams);

}  // namespace suanpan::gateway
