#include "platform/gateway/mcp_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/mcp.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/schema_text.h"

namespace suanpan::gateway {
namespace {

using operations::Effect;
using operations::Json;
using operations::Operation;

// Hints of the protocol: a proposal only adds a decision that waits; a change may undo what was there before.
std::string annotations(const Operation& operation) {
    const bool reads = operation.reads();
    const bool changes = operation.effect == Effect::changes || operation.effect == Effect::calls_outside;
    return fmt::format(
        R"({{"title":{},"readOnlyHint":{},"destructiveHint":{},"idempotentHint":{},"openWorldHint":{}}})",
        json_text(operation.summary.en), reads, changes, reads || operation.idempotent,
        operation.effect == Effect::calls_outside);
}

// Replies are kept small: every tool takes the names of the fields that are wanted of its reply.
Json input_schema(const Operation& operation) {
    auto schema = request_schema(operation);
    if (!schema.contains("properties")) schema["properties"] = Json::object_t{};
    Json fields = Json::object_t{};
    fields["type"] = "string";
    fields["description"] = "only these fields of the reply, separated by commas; of its rows where it has lists";
    schema["properties"]["fields"] = std::move(fields);
    if (!operation.seen.empty() && !schema.contains("required")) schema["required"] = Json::array_t{};
    for (const auto& field : operation.seen) schema["required"].get_array().emplace_back(field);
    return schema;
}

std::string tool(const Operation& operation) {
    return fmt::format(
        R"({{"name":"{}","title":{},"description":{},"inputSchema":{},"outputSchema":{},"annotations":{}}})",
        tool_name(operation), json_text(operation.summary.en),
        json_text(operation.summary.en + ". " + operation.summary.zh), json_dump(input_schema(operation)),
        json_dump(reply_schema(operation)), annotations(operation));
}

}  // namespace

std::string tool_name(const Operation& operation) {
    auto name = operation.name.substr(0, 64);
    std::ranges::replace_if(
        name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-'; }, '_');
    return name;
}

const Operation* find_tool(const operations::Registry& registry, std::string_view tool) {
    const auto found = std::ranges::find(registry.all(), tool, tool_name);
    return found == registry.all().end() ? nullptr : &*found;
}

std::string tool_list(const operations::Registry& registry, operations::Role role) {
    std::string tools;
    for (const auto& operation : registry.all())
        if (role >= operation.role) tools += (tools.empty() ? "" : ",") + tool(operation);
    return R"({"resultType":"complete","cacheScope":"private","ttlMs":60000,"tools":[)" + tools + "]}";
}

std::string tool_result(const Result<std::string>& reply) {
    if (reply)
        return fmt::format(
            R"({{"resultType":"complete","content":[{{"type":"text","text":{}}}],"structuredContent":{},"isError":false}})",
            json_text(*reply), *reply);
    const auto text = fmt::format("{} ({})", reply.error().text(), name(reply.error().code));
    return fmt::format(R"({{"resultType":"complete","content":[{{"type":"text","text":{}}}],"isError":true}})",
                       json_text(text));
}

}  // namespace suanpan::gateway
