#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/operations/json.h"

namespace suanpan::gateway {

inline constexpr std::string_view stateless_version = "2026-07-28";  // each message says for itself what it speaks

// JSON-RPC 2.0, section 5.1
namespace rpc {
enum Code { parse_error = -32700, invalid_request = -32600, method_not_found = -32601, invalid_params = -32602 };
}

// The text that a value is; else empty.
[[nodiscard]] std::string_view text_of(const operations::Json* value);

// The headers of an HTTP request that repeat what its message says, for proxies that read no bodies.
struct McpHeaders {
    std::string_view version, method, name;  // MCP-Protocol-Version, Mcp-Method, Mcp-Name; empty: not sent
};

struct McpRefusal {
    int code;  // of JSON-RPC
    std::string message;
    std::string data = {};  // JSON; empty: none
};

// Whether a message is of a stateless revision: its params._meta names the version.
[[nodiscard]] bool has_envelope(const operations::Json* parameters);

// What is wrong with such a message's envelope: a part of it is missing, the headers say something else, or its version
// is not spoken. `headers` null: the transport has none. Nothing: it may be answered.
[[nodiscard]] std::optional<McpRefusal> envelope_refusal(const McpHeaders* headers, std::string_view method,
                                                         const operations::Json& parameters);

}  // namespace suanpan::gateway
