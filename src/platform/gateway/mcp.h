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

// A context for one call, of the principal that the transport knows.
using ContextMaker = std::function<operations::Context()>;

// The answer to one JSON-RPC message, or none where it needs none. Never fails: what is wrong is said in the answer.
[[nodiscard]] std::optional<std::string> handle_mcp(Session& session, const ContextMaker& make_context,
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
[[nodiscard]] Result<> serve_stdio(const ContextMaker& make_context, const operations::Registry& registry,
                                   Streams streams);

}  // namespace suanpan::gateway
