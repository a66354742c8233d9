#include "platform/gateway/mcp_envelope.h"

#include <fmt/format.h>

#include "platform/gateway/problem.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;

// Model Context Protocol, revision 2026-07-28
constexpr int header_mismatch = -32020, unsupported_version = -32022;
constexpr std::string_view version_key = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view capabilities_key = "io.modelcontextprotocol/clientCapabilities";

const Json* in_meta(const Json* parameters, std::string_view key) {
    const auto* meta = parameters ? member(*parameters, "_meta") : nullptr;
    return meta ? member(*meta, key) : nullptr;
}

std::optional<McpRefusal> mismatch(const McpHeaders& headers, std::string_view method, const Json& parameters) {
    const auto differs = [](std::string_view header) {
        return McpRefusal{header_mismatch, fmt::format("the header {} does not say what the message says", header)};
    };
    if (headers.version != text_of(in_meta(&parameters, version_key))) return differs("MCP-Protocol-Version");
    if (headers.method != method) return differs("Mcp-Method");
    if (method == "tools/call" && headers.name != text_of(member(parameters, "name"))) return differs("Mcp-Name");
    return std::nullopt;
}

}  // namespace

std::string_view text_of(const Json* value) {
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool has_envelope(const Json* parameters) {
    return in_meta(parameters, version_key) != nullptr;
}

std::optional<McpRefusal> envelope_refusal(const McpHeaders* headers, std::string_view method, const Json& parameters) {
    const auto* version = in_meta(&parameters, version_key);
    if (version == nullptr || !version->is_string())
        return McpRefusal{rpc::invalid_params, fmt::format("params._meta has no text \"{}\"", version_key)};
    if (in_meta(&parameters, capabilities_key) == nullptr)
        return McpRefusal{rpc::invalid_params, fmt::format("params._meta has no \"{}\"", capabilities_key)};
    if (headers != nullptr)
        if (auto refusal = mismatch(*headers, method, parameters)) return refusal;
    if (text_of(version) == stateless_version) return std::nullopt;
    return McpRefusal{
        unsupported_version, "this version of the protocol is not spoken here",
        fmt::format(R"({{"supported":["{}"],"requested":{}}})", stateless_version, json_text(text_of(version)))};
}

}  // namespace suanpan::gateway
