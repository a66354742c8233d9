#include "platform/gateway/mcp.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "platform/gateway/test_server.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;
using operations::Role;
using testing::HasSubstr;

class McpTest : public testing::Test {
  protected:
    std::optional<std::string> handle(std::string_view message) {
        return handle_mcp(session, caller_of(Role::editor), shop.registry, message);
    }
    Caller caller_of(Role role) { return caller_here(*shop.shop, shop.registry, {"key:agent", role}); }
    Json result(std::string_view message) {
        const auto answer = operations::parse_json(handle(message).value()).value();
        return *member(answer, "result");
    }
    double error_of(std::string_view message) {
        const auto answer = operations::parse_json(handle(message).value()).value();
        const auto* error = member(answer, "error");
        return error == nullptr ? 0 : operations::as_number(*member(*error, "code"));
    }
    Session session;
    TestShop shop{"mcp"};
};

TEST_F(McpTest, AgreesOnAVersion) {
    const auto version = [&](const std::string& wanted) {
        return member(result(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":")" + wanted +
                             R"(","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"),
                      "protocolVersion")
            ->get_string();
    };
    EXPECT_EQ(version("2025-11-25"), "2025-11-25");
    EXPECT_EQ(version("2025-06-18"), "2025-06-18");
    EXPECT_EQ(version("2025-03-26"), "2025-03-26");
    EXPECT_EQ(version("2024-11-05"), "2025-11-25") << "the newest we speak, for the client to judge";
    EXPECT_FALSE(handle(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"));
    EXPECT_TRUE(session.initialized);
    EXPECT_EQ(handle(R"({"jsonrpc":"2.0","id":"a","method":"ping"})"), R"({"jsonrpc":"2.0","id":"a","result":{}})");
}

TEST_F(McpTest, ListsToolsWithSchemasAndAllFourHints) {
    const auto list = result(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
    std::map<std::string, Json> tools;
    for (const auto& tool : member(list, "tools")->get_array()) tools[member(tool, "name")->get_string()] = tool;
    EXPECT_TRUE(tools.contains("shelf_list") && tools.contains("shelf_put"));
    EXPECT_FALSE(tools.contains("keys_create")) << "needs a higher role";
    const auto hints = [&](const std::string& name) { return member(tools[name], "annotations")->dump().value(); };
    EXPECT_THAT(
        hints("shelf_list"),
        HasSubstr(R"("readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false)"));
    EXPECT_THAT(
        hints("shelf_put"),
        HasSubstr(R"("readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":false)"));
    EXPECT_THAT(hints("shelf_count_slowly"), HasSubstr(R"("destructiveHint":false)")) << "a proposal only adds";
    for (const auto& [name, tool] : tools)
        for (const auto* schema : {"inputSchema", "outputSchema"})
            EXPECT_EQ(member(*member(tool, schema), "type")->get_string(), "object") << name;
    EXPECT_EQ(member(*member(tools["shelf_put"], "inputSchema"), "required")->dump().value(), R"(["name"])");
}

TEST_F(McpTest, CallsAToolAndTellsErrorsToTheModel) {
    const auto put = result(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_put","arguments":{"name":"tea"}}})");
    EXPECT_EQ(member(put, "isError")->get_boolean(), false);
    EXPECT_EQ(member(put, "structuredContent")->dump().value(), R"({"rows":1})");
    EXPECT_EQ(member(member(put, "content")->get_array()[0], "text")->get_string(), R"({"rows":1})");
    const auto wrong = result(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_put","arguments":{"name":"tea","units":-4}}})");
    EXPECT_EQ(member(wrong, "isError")->get_boolean(), true);
    EXPECT_THAT(member(member(wrong, "content")->get_array()[0], "text")->get_string(), HasSubstr("units"));
    const auto forbidden = result(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"keys_create","arguments":{"name":"me"}}})");
    EXPECT_EQ(member(forbidden, "isError")->get_boolean(), true);
}

TEST_F(McpTest, GivesOnlyTheFieldsThatAreWanted) {
    result(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_put","arguments":{"name":"tea"}}})");
    const auto call = [&](const std::string& fields) {
        return result(
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_list","arguments":{"fields":")" +
            fields + "\"}}}");
    };
    EXPECT_EQ(member(call("name"), "structuredContent")->dump().value(), R"({"items":[{"name":"tea"}]})");
    EXPECT_EQ(member(call("price"), "isError")->get_boolean(), true);
    const auto nothing_done = result(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_put","arguments":{"name":"jam","fields":"price"}}})");
    EXPECT_EQ(member(nothing_done, "isError")->get_boolean(), true);
    EXPECT_EQ(member(call("name"), "structuredContent")->dump().value(), R"({"items":[{"name":"tea"}]})");
}

TEST_F(McpTest, AnAgentSaysWhatItHasSeen) {
    const auto list = handle(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})").value();
    const auto take = list.substr(list.find(R"({"name":"shelf_take")"));
    EXPECT_THAT(take.substr(0, take.find(R"("outputSchema")")), HasSubstr(R"("required":["name"])"));
    const auto blind =
        result(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_take","arguments":{}}})");
    EXPECT_EQ(member(blind, "isError")->get_boolean(), true);
    EXPECT_THAT(blind.dump().value(), HasSubstr("needs this field from an agent"));
}

constexpr std::string_view envelope =
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}})";

std::string message_with(std::string_view method, std::string_view parameters) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":1,"method":"{}","params":{{{}}}}})", method, parameters);
}

TEST_F(McpTest, EachMessageOfTheStatelessRevisionStandsForItself) {
    const auto found = result(message_with("server/discover", envelope));
    EXPECT_EQ(member(found, "supportedVersions")->dump().value(), R"(["2026-07-28"])");
    EXPECT_EQ(member(found, "resultType")->get_string(), "complete");
    EXPECT_EQ(session.http_status, 200);
    std::string other(envelope);
    other.replace(other.find("2026"), 4, "2031");
    const auto refused = operations::parse_json(handle(message_with("tools/list", other)).value()).value();
    EXPECT_EQ(operations::as_number(*member(*member(refused, "error"), "code")), -32022);
    EXPECT_EQ(member(*member(refused, "error"), "data")->dump().value(),
              R"({"supported":["2026-07-28"],"requested":"2031-07-28"})");
    EXPECT_EQ(session.http_status, 400);
    EXPECT_EQ(
        error_of(message_with("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})")),
        -32602)
        << "the client's capabilities are needed";
    EXPECT_EQ(error_of(message_with("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":7})")), -32602);
}

TEST_F(McpTest, HeadersSayWhatTheMessageSays) {
    const auto list = message_with("tools/list", envelope);
    session.headers = McpHeaders{"2026-07-28", "tools/list", ""};
    EXPECT_EQ(error_of(list), 0);
    session.headers = McpHeaders{"2025-11-25", "tools/list", ""};
    EXPECT_EQ(error_of(list), -32020);
    session.headers = McpHeaders{"2026-07-28", "tools/call", ""};
    EXPECT_EQ(error_of(list), -32020);
    session.headers = McpHeaders{"2026-07-28", "tools/call", "shelf_put"};
    EXPECT_EQ(error_of(message_with("tools/call", fmt::format(R"("name":"shelf_list",{})", envelope))), -32020);
    session.headers = McpHeaders{"2026-07-28", "tools/call", "shelf_list"};
    EXPECT_EQ(error_of(message_with("tools/call", fmt::format(R"("name":"shelf_list",{})", envelope))), 0);
}

TEST_F(McpTest, AnswersWhatIsNotTheProtocolWithItsErrors) {
    EXPECT_EQ(error_of("{"), -32700);
    EXPECT_EQ(error_of(std::string_view(R"({"jsonrpc":"2.0","id":1,"method":"ping"})").substr(0, 30)), -32700);
    EXPECT_EQ(error_of("7"), -32600);
    EXPECT_EQ(error_of("[]"), -32600);
    EXPECT_EQ(error_of(R"({"id":1,"method":"ping"})"), -32600);
    EXPECT_EQ(error_of(R"({"jsonrpc":"2.0","id":{},"method":"ping"})"), -32600);
    EXPECT_EQ(error_of(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})"), -32601);
    EXPECT_EQ(error_of(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nothing"}})"), -32602);
    EXPECT_EQ(error_of(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":[1]})"), -32602);
    EXPECT_EQ(error_of(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_put","arguments":3}})"),
              -32602);
    EXPECT_FALSE(handle(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})"));
    EXPECT_FALSE(handle(R"({"jsonrpc":"2.0","id":4,"result":{}})"));
}

TEST_F(McpTest, TalksOverStandardInputWithProgress) {
    std::istringstream in(
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_count_slowly","arguments":{"steps":2,"milliseconds":1},"_meta":{"progressToken":"t"}}})"
        "\n\nnonsense\n");
    std::ostringstream out;
    ASSERT_TRUE(serve_stdio(caller_of(Role::viewer), shop.registry, {in, out}));
    EXPECT_THAT(
        out.str(),
        HasSubstr(
            R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1,"total":2,"message":"counting"}})"
            "\n"));
    EXPECT_THAT(out.str(), HasSubstr(R"("structuredContent":{"steps":2})"));
    EXPECT_EQ(std::ranges::count(out.str(), '\n'), 4);
}

TEST_F(McpTest, ProgressRisesThroughoutWhateverTheOrderOfTheSteps) {
    std::vector<std::string> told;
    session.notify = [&](const std::string& message) { told.push_back(message); };
    const Caller caller{
        Role::editor, [](const operations::Operation&, const std::string&, const OnProgress& on_progress) {
            for (const auto& [done, total] :
                 std::vector<std::pair<double, double>>{{1, 3}, {3, 3}, {2, 3}, {0, 50}, {20, 50}, {20, 50}, {50, 50}})
                on_progress({"a step", done, total, "rows"});
            return Result<std::string>("{}");
        }};
    ASSERT_TRUE(handle_mcp(
        session, caller, shop.registry,
        R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shelf_list","_meta":{"progressToken":1}}})"));
    std::vector<double> values;
    for (const auto& message : told)
        values.push_back(
            operations::as_number(*member(*member(operations::parse_json(message).value(), "params"), "progress")));
    EXPECT_THAT(values, testing::ElementsAre(1, 3, 23, 53));
    EXPECT_THAT(told.back(), HasSubstr(R"("total":53)"));
}

TEST_F(McpTest, TalksOverHttp) {
    auto& server = TestServer::instance();
    const auto key = server.key(Role::viewer);
    const auto post = [&](const std::string& body, const Headers& headers = {}) {
        return send(server.ready.port, {"POST", "/mcp", key, body, headers});
    };
    const auto listed =
        post(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", {{"MCP-Protocol-Version", "2025-11-25"}});
    EXPECT_EQ(listed.status, 200);
    EXPECT_EQ(listed.headers.at("content-type"), "application/json; charset=utf-8");
    EXPECT_THAT(listed.body, HasSubstr("shelf_list"));
    EXPECT_EQ(post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").status, 202);
    EXPECT_EQ(post("7").status, 400);
    EXPECT_EQ(post("{").status, 400);
    EXPECT_EQ(post("{}", {{"MCP-Protocol-Version", "1999-01-01"}}).status, 400);
    const auto streamed = post(
        R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"shelf_wait","arguments":{"steps":2,"milliseconds":1},"_meta":{"progressToken":3}}})",
        {{"Accept", "application/json, text/event-stream"}});
    EXPECT_EQ(streamed.headers.at("content-type"), "text/event-stream");
    EXPECT_THAT(streamed.body,
                HasSubstr("event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
                          "\"params\":{\"progressToken\":3,\"progress\":1,\"total\":2"));
    EXPECT_THAT(streamed.body, HasSubstr(R"("id":7,"result":{)"));
    EXPECT_EQ(post("{}", {{"Origin", "http://evil.example"}}).status, 403);
    EXPECT_EQ(send(server.ready.port, {.path = "/mcp", .key = key}).status, 405);
    EXPECT_EQ(send(server.ready.port, {"POST", "/mcp", "", "{}"}).status, 401);
}

}  // namespace
}  // namespace suanpan::gateway
