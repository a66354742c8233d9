#include <gtest/gtest.h>

#include "platform/operations/declare.h"
#include "platform/operations/json.h"
#include "platform/operations/validate.h"

namespace suanpan::operations {

struct Greeting {
    std::vector<std::string> names;
    std::int64_t times = 1;
};
struct Greeted {
    std::vector<std::string> lines;
};

}  // namespace suanpan::operations

template <>
struct suanpan::operations::Described<suanpan::operations::Greeting> {
    static constexpr FieldWords fields[] = {
        {"names", "whom to greet", {.max_items = 3}},
        {"times", "how often", {.minimum = 1, .maximum = 10}},
    };
};

namespace suanpan::operations {
namespace {

Result<Greeted> greet(Context&, const Greeting& request) {
    Greeted reply;
    for (const auto& who : request.names)
        for (std::int64_t i = 0; i < request.times; ++i) reply.lines.push_back("hello " + who);
    return reply;
}

class OperationsTest : public testing::Test {
  protected:
    OperationsTest() {
        registry.add(declare<Greeting, Greeted>(
            {.name = "test.greet", .summary = {"Greets", "问候"}, .role = Role::editor, .required = {"names"}}, greet));
        folder = std::filesystem::temp_directory_path() / ("suanpan-operations-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        (void)store::Shop::create(folder, {.name = "Test"});
        shop = std::move(store::Shop::open(folder, {}).value());
    }
    ~OperationsTest() override { std::filesystem::remove_all(folder); }

    Result<std::string> call(std::string_view request, Role role = Role::editor) {
        Context context{*shop, registry, {"user:test", role}};
        return registry.call(context, "test.greet", request);
    }

    Registry registry;
    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
};

TEST_F(OperationsTest, AnswersJsonWithJson) {
    EXPECT_EQ(call(R"({"names":["ming"],"times":2})").value(), R"({"lines":["hello ming","hello ming"]})");
}

TEST_F(OperationsTest, RefusesWhoMayNot) {
    EXPECT_EQ(call(R"({"names":["ming"]})", Role::viewer).error().code, ErrorCode::permission_denied);
}

TEST_F(OperationsTest, NamesTheFieldThatIsWrong) {
    EXPECT_EQ(call(R"({"names":["ming"],"times":11})").error().about, "times");
    EXPECT_EQ(call(R"({"names":[]})").error().about, "names");
    EXPECT_EQ(call(R"({"names":["a","b","c","d"]})").error().code, ErrorCode::too_large);
    EXPECT_EQ(call(R"({"names":["a"],"time":1})").error().about, "time");
    EXPECT_EQ(call(R"({"names":"a"})").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(call("[]").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(call("{").error().code, ErrorCode::invalid_argument);
}

TEST(ParseJson, TakesOneValueAndNothingBehindIt) {
    EXPECT_TRUE(parse_json("{} \n").has_value());
    EXPECT_TRUE(parse_json("[1, 2]").has_value());
    for (const auto* wrong : {"{", "{}{}", "[] ]", "{} x", "1 2", "{}\1"})
        EXPECT_FALSE(parse_json(wrong).has_value()) << wrong;
}

TEST(ToText, IsReadBackWhateverItHolds) {
    std::string all;
    for (char c = 1; c < 127; ++c) all += c;
    const auto text = to_text(Json(all + "算盘"));
    EXPECT_EQ(parse_json(text).value().get_string(), all + "算盘") << text;
}

TEST(SelectFields, KeepsTheNamedFieldsOfEachRow) {
    EXPECT_EQ(select_fields(R"({"items":[{"id":1,"x":2},{"id":3,"x":4}],"next":"c"})", "id").value(),
              R"({"items":[{"id":1},{"id":3}],"next":"c"})");
    EXPECT_EQ(select_fields(R"({"id":1,"x":2})", "x").value(), R"({"x":2})");
    EXPECT_EQ(select_fields(R"({"items":[{"id":1}]})", "nope").error().about, "nope");
}

TEST(SelectFields, NamesOfTheReplyItselfLeaveOutAllThatIsNotNamed) {
    const std::string reply = R"({"day":"d","rows":[{"id":1,"x":2}],"notes":["a"],"next":"c"})";
    EXPECT_EQ(select_fields(reply, "day").value(), R"({"day":"d"})");
    EXPECT_EQ(select_fields(reply, "rows").value(), R"({"rows":[{"id":1,"x":2}]})");
    EXPECT_EQ(select_fields(reply, "day,x").value(), R"({"day":"d","rows":[{"x":2}],"notes":["a"]})");
    EXPECT_EQ(select_fields(reply, "day,nope").error().about, "nope");
    EXPECT_EQ(select_fields(R"({"rows":[],"next":"c"})", "id").value(), R"({"rows":[],"next":"c"})");
}

}  // namespace
}  // namespace suanpan::operations
