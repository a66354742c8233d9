#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "platform/gateway/call_group.h"
#include "platform/gateway/test_server.h"

namespace suanpan::gateway {
namespace {

using operations::Role;

WaitingCall call_of(std::string principal) {
    auto exchange = std::make_shared<Exchange>();
    exchange->principal.name = std::move(principal);
    return {exchange, {}};
}

TEST(CallGroup, OneLeadsUntilNobodyWaits) {
    CallGroup group;
    EXPECT_EQ(group.join(call_of("a"), 3), CallGroup::Joined::lead);
    EXPECT_EQ(group.join(call_of("a"), 3), CallGroup::Joined::follow);
    EXPECT_EQ(group.join(call_of("b"), 4), CallGroup::Joined::follow);
    EXPECT_EQ(group.join(call_of("a"), 4), CallGroup::Joined::follow);
    EXPECT_EQ(group.join(call_of("a"), 4), CallGroup::Joined::full);
    EXPECT_EQ(group.take(8).size(), 3) << "those of one principal";
    EXPECT_EQ(group.join(call_of("b"), 3), CallGroup::Joined::follow) << "the first still leads";
    EXPECT_EQ(group.take(1).size(), 1);
    EXPECT_EQ(group.take(1).size(), 1);
    EXPECT_EQ(group.take(1).size(), 0);
    EXPECT_EQ(group.join(call_of("a"), 3), CallGroup::Joined::lead);
}

struct Asked {
    std::string path, name, key;
    HttpReply reply = {};
};

// Each from a thread of its own, all at once.
void send_all(std::vector<Asked>& all, bool by_body) {
    const auto port = TestServer::instance().ready.port;
    std::vector<std::future<void>> sent;
    for (auto& one : all)
        sent.push_back(std::async(std::launch::async, [&one, port, by_body] {
            one.reply = by_body ? send(port, {"POST", one.path, one.key, fmt::format(R"({{"name":"{}"}})", one.name)})
                                : send(port, {"GET", one.path + "?name=" + one.name, one.key});
        }));
    for (auto& one : sent) one.get();
}

std::vector<Asked> many(const std::string& path, Role role) {
    auto& server = TestServer::instance();
    const std::array keys = {server.key(role), server.key(role)};
    std::vector<Asked> all;
    for (int i = 0; i < 80; ++i)
        all.push_back(
            {path, fmt::format("{}{}", i % 5 == 0 ? "no" : "item", i), keys.at(static_cast<std::size_t>(i % 2))});
    return all;
}

void expect_own_replies(const std::vector<Asked>& all) {
    for (const auto& one : all) {
        EXPECT_EQ(one.reply.status, one.name.starts_with("no") ? 404 : 200) << one.name;
        EXPECT_EQ(one.reply.text(one.reply.status == 200 ? "name" : "about"), one.name);
    }
}

TEST(GatewayGroups, AnswersReadsThatWaitTogether) {
    auto all = many("/v1/shelf/find", Role::viewer);
    const int before = TestServer::instance().shop.counts.finds;
    send_all(all, false);
    expect_own_replies(all);
    EXPECT_LT(TestServer::instance().shop.counts.finds - before, 60);
}

TEST(GatewayGroups, AnswersWritesThatWaitTogetherEachAsItsPrincipal) {
    auto all = many("/v1/shelf/take", Role::editor);
    const int before = TestServer::instance().shop.counts.takes;
    send_all(all, true);
    expect_own_replies(all);
    EXPECT_LT(TestServer::instance().shop.counts.takes - before, 60);
    std::set<std::string> principals[2];
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].reply.status == 200) principals[i % 2].insert(all[i].reply.text("asked_by"));
    EXPECT_EQ(principals[0].size(), 1);
    EXPECT_EQ(principals[1].size(), 1);
}

TEST(GatewayGroups, AnswersABatchAtOnce) {
    auto& server = TestServer::instance();
    const int before = server.shop.counts.finds;
    const auto reply = send(server.ready.port, {"POST", "/v1/shelf/find", server.key(Role::viewer),
                                                R"([{"name":"a"},{"name":"none"},{"nam":1},{"name":"b"}])"});
    EXPECT_EQ(server.shop.counts.finds - before, 1);
    const auto json = reply.json();
    ASSERT_TRUE(json.is_array());
    std::vector<double> statuses;
    for (const auto& one : json.get_array())
        statuses.push_back(operations::as_number(*operations::member(one, "status")));
    EXPECT_THAT(statuses, testing::ElementsAre(200, 404, 400, 200));
}

}  // namespace
}  // namespace suanpan::gateway
