#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/gateway/docs.h"
#include "platform/gateway/idempotency.h"
#include "platform/gateway/identity.h"
#include "platform/gateway/limiter.h"
#include "platform/gateway/openapi.h"
#include "platform/gateway/query.h"
#include "platform/gateway/reply_cache.h"
#include "platform/gateway/runs.h"
#include "platform/gateway/test_server.h"
#include "platform/gateway/workers.h"

namespace suanpan::gateway {
namespace {

using namespace std::chrono_literals;
using operations::RequestField;
using testing::HasSubstr;

TEST(Limiter, LetsABurstThroughAndThenTheRate) {
    Limiter limiter(10, 3);
    const Limiter::Clock::time_point start{};
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a", start));
    EXPECT_FALSE(limiter.take("a", start));
    EXPECT_TRUE(limiter.take("b", start)) << "each has its own";
    EXPECT_FALSE(limiter.take("a", start + 99ms));
    EXPECT_TRUE(limiter.take("a", start + 101ms));
    int passed = 0;
    for (int i = 0; i < 1000; ++i) passed += limiter.take("a", start + 101ms + 10ms * i) ? 1 : 0;
    EXPECT_EQ(passed, 99) << "10 s at 10 a second, one already taken";
    EXPECT_EQ(Limiter(10, 3).take("c", start), 2U);
    EXPECT_EQ(limiter.policy(), "\"key\";q=3;w=1");
    EXPECT_EQ(Limiter(0, 0).take("c", start), Limiter::unlimited);
    EXPECT_EQ(Limiter(0, 0).policy(), "");
}

TEST(Query, BecomesJsonByTheTypesOfTheFields) {
    const std::array<RequestField, 4> fields = {
        RequestField{.name = "ids", .type = RequestField::Type::list, .element = RequestField::Type::whole},
        RequestField{.name = "text", .type = RequestField::Type::text},
        RequestField{.name = "share", .type = RequestField::Type::real},
        RequestField{.name = "all", .type = RequestField::Type::boolean}};
    const auto parsed = parse_query("ids=1,2&ids=3&text=a%26b+%E7%AE%97&share=0.5&all=true&fields=x,y", fields).value();
    EXPECT_EQ(parsed.request, R"({"all":true,"ids":[1,2,3],"share":0.5,"text":"a&b 算"})");
    EXPECT_EQ(parsed.fields, "x,y");
    EXPECT_EQ(parse_query("", fields)->request, "{}");
    EXPECT_EQ(parse_query("text=%00%01", fields)->request, R"({"text":"\u0000\u0001"})");
    for (const auto* wrong : {"text=a&text=b", "ids=1,x", "all=yes", "other=1", "text=%", "text=%f", "text=%ff",
                              "text=%ed%a0%80", "text=%c0%80", "%zz=1"})
        EXPECT_EQ(parse_query(wrong, fields).error().code, ErrorCode::invalid_argument) << wrong;
}

TEST(ReplyCache, HoldsForOneVersionAndWithinItsSize) {
    ReplyCache cache(80'000, 60s);
    cache.put("key", 1, make_cached("one"));
    EXPECT_EQ(*cache.find("key", 1)->body, "one");
    EXPECT_FALSE(cache.find("key", 2)) << "a write has come in between";
    for (int i = 0; i < 1000; ++i) cache.put(std::to_string(i), 1, make_cached(std::string(1000, 'x')));
    int held = 0;
    for (int i = 0; i < 1000; ++i) held += cache.find(std::to_string(i), 1) ? 1 : 0;
    EXPECT_GT(held, 30);
    EXPECT_LE(held, 80);
    EXPECT_FALSE(ReplyCache(80'000, 0s).find("key", 1));
}

TEST(Sessions, AreOpenedOnceByATicketOfTenMinutes) {
    Sessions sessions;
    const Sessions::Clock::time_point start{};
    const auto ticket = sessions.new_ticket({"user:ming", operations::Role::admin}, start);
    const auto session = sessions.redeem(ticket, start + 9min).value();
    EXPECT_FALSE(sessions.redeem(ticket, start + 9min));
    EXPECT_EQ(sessions.find(session, start + 10min)->name, "user:ming");
    EXPECT_FALSE(sessions.find(session, start + 13h));
    EXPECT_FALSE(sessions.find(ticket, start));
    const auto late = sessions.new_ticket({"user:ming"}, start);
    EXPECT_EQ(sessions.redeem(late, start + 11min).error().code, ErrorCode::unauthenticated);
}

TEST(Identity, ReadsCookiesAndHosts) {
    EXPECT_EQ(cookie_value("a=1; suanpan_session=x; b=2", "suanpan_session"), "x");
    EXPECT_EQ(cookie_value("xsuanpan_session=1", "suanpan_session"), "");
    EXPECT_EQ(host_name("localhost:8080"), "localhost");
    EXPECT_EQ(host_name("[::1]:8080"), "[::1]");
    EXPECT_TRUE(is_loopback("127.0.0.1"));
    EXPECT_FALSE(is_loopback("127.0.0.1.evil.example"));
    EXPECT_FALSE(is_loopback("192.168.0.1"));
}

TEST(Runs, KeepTheLastLinesOfWhatTheyDid) {
    gateway::Run run({"one", "jobs.daily", "user:ming", ""});
    for (int i = 0; i < 250; ++i) run.report({fmt::format("step {}", i), 0, 0, ""});
    const auto whole = operations::parse_json(run.json(Run::Detail::whole)).value();
    ASSERT_EQ(whole["lines"].get_array().size(), 200u);
    EXPECT_EQ(whole["lines"][0]["text"].get_string(), "step 50");
    EXPECT_EQ(whole["lines"][199]["text"].get_string(), "step 249");
    EXPECT_FALSE(operations::parse_json(run.json(Run::Detail::summary)).value().contains("lines"));
    gateway::Run other({"two", "jobs.daily", "user:ming", ""});
    other.report({"forecast \"a\"", 1, 10, "items"});
    other.report({"forecast \"a\"", 2, 10, "items"});
    EXPECT_THAT(other.json(Run::Detail::whole), HasSubstr(R"("text":"forecast \"a\""}])"));
}

TEST(Runs, KeepProgressTheReplyAndTheLastOnes) {
    Runs runs(2);
    const auto run = runs.add({"one", "demand.forecast", "user:ming", "repeat"});
    EXPECT_EQ(runs.find_repeat("repeat"), run);
    bool told = false;
    run->when_finished([&] { told = true; });
    EXPECT_THAT(run->json(Run::Detail::whole), HasSubstr(R"("state":"waiting")"));
    run->begin();
    run->report({"training", 3, 10, "epochs"});
    EXPECT_THAT(run->json(Run::Detail::whole), HasSubstr(R"("progress":{"step":"training","done":3,"total":10,)"));
    EXPECT_FALSE(told);
    run->finish(text_reply(200, R"({"n":1})"));
    EXPECT_TRUE(told);
    EXPECT_THAT(run->json(Run::Detail::whole), HasSubstr(R"("reply":{"n":1}})"));
    EXPECT_EQ(runs.find_repeat("repeat"), nullptr) << "an ended run is not joined";
    const auto second = runs.add({"two", "", "", ""});
    const auto third = runs.add({"three", "", "", ""});
    EXPECT_EQ(runs.find("one"), nullptr);
    EXPECT_EQ(runs.all().size(), 2) << "unfinished ones are kept";
}

TEST(Workers, RefuseWhatTheQueueCannotHold) {
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::atomic<int> done = 0;
    {
        Workers workers(1, 2);
        std::promise<void> begun;
        ASSERT_TRUE(workers.submit([&] {
            begun.set_value();
            opened.wait();
            ++done;
        }));
        begun.get_future().wait();
        EXPECT_TRUE(workers.submit([&] { ++done; }));
        EXPECT_TRUE(workers.submit([&] { ++done; }));
        EXPECT_FALSE(workers.submit([&] { ++done; }));
        EXPECT_EQ(workers.waiting(), 2);
        gate.set_value();
    }
    EXPECT_EQ(done, 3) << "what was taken on is done before the end";
}

TEST(Idempotency, SurvivesARestartAndTellsACrash) {
    TestShop test("idempotency");
    const Idempotency::Key key{"key:erp", "shelf.put", "k1", "hash"};
    const Idempotency::Key cut_off{"key:erp", "shelf.put", "k2", "hash"};
    const Idempotency::Key busy{"key:erp", "shelf.put", "k3", "hash"};
    using enum Idempotency::Found;
    {
        Idempotency before(test.shop->database());
        EXPECT_EQ(before.begin(key)->found, fresh);
        EXPECT_EQ(before.begin(key)->found, running);
        ASSERT_TRUE(before.finish(key, 200, "{}"));
        EXPECT_EQ(before.begin(cut_off)->found, fresh);
        EXPECT_EQ(before.begin(busy)->found, fresh);
        ASSERT_TRUE(before.finish(busy, 503, "busy"));
    }
    const std::array schemas = {schema(), shelf_schema()};
    test.shop.reset();
    test.shop = std::move(store::Shop::open(test.folder, schemas).value());
    Idempotency after(test.shop->database());
    const auto again = after.begin(key).value();
    EXPECT_EQ(again.found, replay);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.reply, "{}");
    EXPECT_EQ(after.begin({"key:erp", "shelf.put", "k1", "another"})->found, other);
    EXPECT_EQ(after.begin({"key:web", "shelf.put", "k1", "another"})->found, fresh) << "each has its own keys";
    EXPECT_EQ(after.begin(cut_off)->found, interrupted);
    EXPECT_EQ(after.begin(busy)->found, fresh) << "busy is no answer to keep";
    ASSERT_TRUE(after.forget_older_than(now() + 1h));
    EXPECT_EQ(after.begin(key)->found, fresh);
}

TEST(OpenApi, RefersOnlyToWhatItDefines) {
    TestShop test("openapi");
    const auto text = openapi(test.registry);
    EXPECT_EQ(text, openapi(test.registry));
    const auto json = operations::parse_json(text).value();
    const auto& components = *operations::member(json, "components");
    constexpr std::string_view start = R"("$ref":"#/components/)";
    int references = 0;
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1), ++references) {
        const auto path = text.substr(at + start.size(), text.find('"', at + start.size()) - at - start.size());
        const auto slash = path.find('/');
        const auto* group = operations::member(components, path.substr(0, slash));
        ASSERT_NE(group, nullptr) << path;
        EXPECT_NE(operations::member(*group, path.substr(slash + 1)), nullptr) << path;
    }
    EXPECT_GT(references, 20);
    EXPECT_EQ(text.find("#/$defs/"), std::string::npos);
    const auto& put = *operations::member(*operations::member(json, "paths"), "/v1/shelf/put");
    EXPECT_EQ(operations::member(put, "get"), nullptr) << "a write has no GET";
    EXPECT_EQ(operations::member(*operations::member(put, "post"), "x-role")->get_string(), "operator");
}

TEST(Reference, TellsAllOfAnOperation) {
    TestShop test("reference");
    const auto pages = reference(test.registry);
    ASSERT_EQ(pages.size(), 3);
    EXPECT_EQ(pages[0].file, "README.md");
    EXPECT_EQ(pages[2].file, "shelf.md");
    for (const auto* part : {"上架商品", "`POST /v1/shelf/put`", "`suanpan shelf put SHOP`", "`shelf_put`",
                             "- Role: operator", "| `units` | whole number | 0 to 1000 | 0 | on the shelf |",
                             "| `name` (needed) | text | at most 20 characters |", "| `items` | list of object |"})
        EXPECT_THAT(pages[2].text, HasSubstr(part));
}

}  // namespace
}  // namespace suanpan::gateway
