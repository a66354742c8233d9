#include "platform/decisions/webhook.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>

#include "platform/decisions/outbox.h"
#include "platform/decisions/test_shop.h"

namespace suanpan::decisions {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(Webhooks, NameWhatIsWrong) {
    auto error = [](const std::string& option, const std::string& value) {
        const auto found = webhooks_of({.options = {{option, value}}});
        return found ? std::string() : found.error().text();
    };
    EXPECT_EQ(error("webhooks.stock.order.url", "https://erp.example/in"), "");
    EXPECT_THAT(error("webhooks.stock.order.url", "ftp://erp.example/in"), HasSubstr("neither http nor https"));
    EXPECT_THAT(error("webhooks.stock.order.url", "file:///etc/passwd"), HasSubstr("webhooks.stock.order.url"));
    EXPECT_THAT(error("webhooks.stock.order.url", "https://me:secret@erp.example"), HasSubstr("no user or password"));
    EXPECT_THAT(error("webhooks.stock.order.url", "erp"), HasSubstr("no URL"));
    EXPECT_THAT(error("webhooks.stock.order.speed", "1"), HasSubstr("known are url"));
    EXPECT_THAT(error("webhooks.stock.order.attempts", "0"), HasSubstr("from 1 to 100"));
    EXPECT_THAT(error("webhooks.stock.order.attempts", "3"), HasSubstr("has no url"));
    EXPECT_THAT(error("webhooks.url", "https://erp.example"), HasSubstr("name the kind"));
}

TEST(Webhooks, WaitLongerEachTime) {
    const Webhook webhook{.first_pause_seconds = 10};
    EXPECT_EQ(pause_after(webhook, 1), seconds(10));
    EXPECT_EQ(pause_after(webhook, 3), seconds(90));
    EXPECT_EQ(pause_after(webhook, 50), longest_pause);
}

// The vector of the Standard Webhooks libraries.
TEST(Signature, IsThatOfStandardWebhooks) {
    const auto folder = std::filesystem::temp_directory_path() / ("suanpan-vector-" + std::to_string(::getpid()));
    ::setenv("SUANPAN_TEST_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1);
    const auto keys = read_keys(folder, {.kind = "k", .secret_env = "SUANPAN_TEST_SECRET"}).value();
    EXPECT_EQ(signature(keys, {"msg_p5jXN8AQM9LWM0D4loKWxJek", R"({"test": 2432232314})", 1614265330}),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    ::setenv("SUANPAN_TEST_SECRET", "whsec_c2hvcnQ=", 1);
    EXPECT_EQ(read_keys(folder, {.kind = "k", .secret_env = "SUANPAN_TEST_SECRET"}).error().code,
              ErrorCode::invalid_argument);
}

class WebhookTest : public DecisionsTest {
  protected:
    void SetUp() override {
        settings.options = {{"webhooks.stock.order.url", "http://127.0.0.1:9/in"},
                            {"webhooks.stock.order.attempts", "3"},
                            {"webhooks.stock.order.first_pause_seconds", "10"}};
        DecisionsTest::SetUp();
        webhook = webhooks_of(settings)->front();
        ASSERT_TRUE(make_secret(folder, webhook, Secret::first));
    }
    void act_on(const std::vector<std::string>& items) {
        std::vector<Proposal> proposals;
        for (const auto& item : items) proposals.push_back(proposal(item));
        file(proposals);
        for (const auto& item : items) approve_one({decision_id(proposal(item)), ""});
        ASSERT_TRUE(act(*shop, kinds, {"user:ming", start}));
    }
    // Delivers at a time; each answer in turn, then the last for ever.
    Delivered deliver(std::vector<long> answers, Instant when = start) {
        posts.clear();
        const Sender send = [&](const Post& post) {
            posts.push_back(post);
            const auto status = answers[std::min(posts.size(), answers.size()) - 1];
            return PostAnswer{.status = status, .failure = status == 0 ? "connection refused" : ""};
        };
        const auto done = deliver_due(*shop, kinds, {send, [when] { return when; }});
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(Delivered{});
    }
    std::string letter_state(const std::string& letter) {
        return shop->database()
            .read([&](store::Connection& connection) {
                return connection.row<State>("SELECT state FROM decisions.outbox WHERE id = ?", letter);
            })
            ->state;
    }
    static std::string letter(const std::string& item, const std::string& event = "acted") {
        return decision_id(proposal(item)) + "." + event;
    }
    std::string header(const std::string& name) const {
        for (const auto& line : posts.back().headers)
            if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
        return "";
    }
    std::string export_text() { return store::read_file(folder / "exports/orders-2011-11-14.csv").value(); }

    struct State {
        std::string state;
    };
    Webhook webhook;
    std::vector<Post> posts;
};

TEST_F(WebhookTest, DeliversOnceWhatWasActedOn) {
    act_on({"a"});
    EXPECT_EQ(deliver({200}).delivered, 1);
    ASSERT_EQ(posts.size(), 1u);
    EXPECT_EQ(header("webhook-id"), letter("a"));
    EXPECT_EQ(header("webhook-signature"),
              signature(read_keys(folder, webhook).value(),
                        {letter("a"), posts[0].body, std::stoll(header("webhook-timestamp"))}));
    EXPECT_THAT(posts[0].body, HasSubstr(R"("type":"decision.acted")"));
    EXPECT_THAT(posts[0].body, HasSubstr(R"("arguments":{"item":"a","units":10})"));
    EXPECT_EQ(deliver({200}, start + hours(100)).delivered, 0);
    EXPECT_EQ(state_of("a"), "acted");
    EXPECT_TRUE(sound());
}

TEST_F(WebhookTest, TriesAgainAfterAPauseWithTheSameLetter) {
    act_on({"a"});
    EXPECT_EQ(deliver({500}).failed_attempts, 1);
    const auto body = posts.back().body, id = header("webhook-id");
    deliver({200}, start + seconds(9));
    EXPECT_TRUE(posts.empty());
    EXPECT_EQ(deliver({200}, start + seconds(10)).delivered, 1);
    EXPECT_EQ(posts.back().body, body);
    EXPECT_EQ(header("webhook-id"), id);
    EXPECT_EQ(header("webhook-timestamp"),
              std::to_string(std::chrono::floor<seconds>(start + seconds(10)).time_since_epoch().count()));
    EXPECT_TRUE(sound());
}

TEST_F(WebhookTest, ADeadLetterFailsItsDecisionUntilItIsSentAgain) {
    act_on({"a", "b"});
    auto when = start;
    for (int attempt = 0; attempt < 3; ++attempt, when += hours(1)) deliver({302, 200}, when);
    EXPECT_EQ(letter_state(letter("a")), "dead");
    EXPECT_EQ(state_of("a"), "failed");
    EXPECT_EQ(state_of("b"), "acted");
    EXPECT_FALSE(export_text().contains(decision_id(proposal("a"))));
    deliver({200}, when + hours(1000));
    EXPECT_TRUE(posts.empty());
    const std::vector<std::string> ids = {letter("a"), letter("b"), "none"};
    const auto again = redeliver(*shop, kinds, ids, {"user:li", when}).value();
    EXPECT_EQ(again[0].state, "waiting");
    EXPECT_EQ(again[1].error_code, "conflict");
    EXPECT_EQ(again[2].error_code, "not_found");
    EXPECT_EQ(state_of("a"), "acted");
    EXPECT_TRUE(export_text().contains(decision_id(proposal("a"))));
    EXPECT_EQ(deliver({200}, when).delivered, 1);
    EXPECT_EQ(header("webhook-id"), letter("a"));
    EXPECT_TRUE(sound());
}

TEST_F(WebhookTest, AReceiverOutOfReachIsLeftAlone) {
    act_on({"a", "b", "c"});
    EXPECT_EQ(deliver({0}).failed_attempts, 1);
    EXPECT_EQ(posts.size(), 1u);
    EXPECT_EQ(deliver({200}).delivered, 2);  // the others are due still
    EXPECT_EQ(deliver({200}, start + seconds(10)).delivered, 1);
    EXPECT_TRUE(sound());
}

TEST_F(WebhookTest, WhatIsTakenBackIsToldInOrder) {
    act_on({"a"});
    const Choice choice{decision_id(proposal("a")), ""};
    ASSERT_TRUE(undo(*shop, kinds, {&choice, 1}, {"user:li", start}, "wrong supplier"));
    EXPECT_EQ(letter_state(letter("a")), "withdrawn");
    EXPECT_EQ(deliver({200}).delivered, 1);
    EXPECT_EQ(header("webhook-id"), letter("a", "rolled_back"));
    ASSERT_TRUE(undo(*shop, kinds, {&choice, 1}, {"user:li", start}, "again"));
    EXPECT_EQ(deliver({200}).delivered, 0);
    EXPECT_TRUE(sound());
}

TEST_F(WebhookTest, AClockPutBackHoldsNoLetterUp) {
    act_on({"a"});
    deliver({500}, start + hours(1000));
    EXPECT_EQ(deliver({200}, start).delivered, 1);
}

TEST_F(WebhookTest, ActsOnNothingWithoutItsSecret) {
    fs::remove_all(folder / "secrets");
    file({proposal("a")});
    approve_one({decision_id(proposal("a")), ""});
    const auto acted = act(*shop, kinds, {"user:ming", start});
    ASSERT_FALSE(acted);
    EXPECT_THAT(acted.error().message, HasSubstr("suanpan decisions webhook-secret SHOP stock.order"));
    EXPECT_EQ(state_of("a"), "approved");
}

TEST_F(WebhookTest, TheSecretIsClosedToOthersAndRenewedWithOverlap) {
    const auto secret_file = folder / "secrets/webhook-stock.order";
    struct stat state{};
    ASSERT_EQ(::stat(secret_file.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600u);
    EXPECT_EQ(make_secret(folder, webhook, Secret::first).error().code, ErrorCode::conflict);
    const auto old_key = read_keys(folder, webhook)->front();
    ASSERT_TRUE(make_secret(folder, webhook, Secret::renewed));
    const auto keys = read_keys(folder, webhook).value();
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_EQ(keys[1], old_key);
    EXPECT_NE(keys[0], old_key);
    ASSERT_TRUE(make_secret(folder, webhook, Secret::renewed));
    EXPECT_EQ(read_keys(folder, webhook)->size(), 2u);
    ::chmod(secret_file.c_str(), 0640);
    EXPECT_EQ(read_keys(folder, webhook).error().code, ErrorCode::permission_denied);
}

TEST_F(WebhookTest, TheCheckFindsAForgedAttempt) {
    act_on({"a"});
    deliver({200});
    ASSERT_TRUE(sound());
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
        TRY(
            connection.query("INSERT INTO decisions.delivery_attempt (delivery_id, outcome, attempts, status, reason, "
                             "happened_at, next_at) VALUES (?, 'retry', 2, 500, '', ?, ?)",
                             letter("a"), start, start));
        return {};
    }));
    EXPECT_FALSE(sound());
}

}  // namespace
}  // namespace suanpan::decisions
