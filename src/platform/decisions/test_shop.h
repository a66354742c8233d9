#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "platform/decisions/act.h"
#include "platform/decisions/decisions.h"

// A shop with one kind of decision, for the tests of this folder.
namespace suanpan::decisions {

namespace fs = std::filesystem;

inline const Instant start = parse_instant("2011-11-14T05:30:00Z").value();
inline const Day today = parse_day("2011-11-14").value();

class DecisionsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-decisions-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, settings));
        open();
    }
    void TearDown() override {
        shop.reset();
        fs::remove_all(folder);
    }
    void open() {
        const auto schema = decisions::schema();
        auto opened = store::Shop::open(folder, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }

    // The same shop anew, with the settings as they are by now.
    void remake() {
        shop.reset();
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, settings));
        open();
    }
    std::string state_of(const std::string& item) {
        return shop->database()
            .read([&](store::Connection& connection) {
                return connection.row<CurrentDecision>("FROM decisions.current WHERE id = ?",
                                                       decision_id(proposal(item)));
            })
            ->state;
    }

    static Proposal proposal(const std::string& item, std::int64_t units = 10, Day day = today) {
        return {.kind = "stock.order",
                .subject = "item:" + item,
                .as_of = day,
                .arguments = R"({"item":")" + item + R"(","units":)" + std::to_string(units) + "}",
                .evidence = "{}",
                .expected = R"({"mean":5,"low":1,"high":9})",
                .summary_en = "Order, please",
                .value = {units * 100, "GBP"},
                .deadline = start + std::chrono::hours(24)};
    }
    Proposed file(const std::vector<Proposal>& proposals, Instant now = start) {
        Proposed proposed;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            proposed = TRY(propose(connection, *shop, kinds, proposals, {"job:test", now}));
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return proposed;
    }
    Outcome approve_one(const Choice& choice, const std::string& who = "user:ming", Instant now = start) {
        std::vector<Outcome> outcomes;
        const auto done = shop->database().write([&](store::Connection& connection) -> Result<> {
            outcomes = TRY(approve(connection, {&choice, 1}, {who, now}));
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return outcomes.at(0);
    }
    bool sound() {
        return shop->database().read([](store::Connection& connection) { return check(connection); })->empty();
    }

    fs::path folder;
    store::Settings settings{.name = "Test"};
    std::unique_ptr<store::Shop> shop;
    Kinds kinds = {
        {.name = "stock.order",
         .export_prefix = "orders",
         .guard = [](const store::Settings&, const Proposal& p) -> std::vector<Verdict> {
             return {{p.value.minor < 100000, "value", "too dear"}};
         },
         .measure = [](store::Connection&, const CurrentDecision&, Day) -> Result<std::optional<Measurement>> {
             return Measurement{5, 1, 9, 7, 4, "units"};
         }}};
};

}  // namespace suanpan::decisions
