#include "platform/settings/settings.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "platform/operations/json.h"

namespace suanpan::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Option address() {
    auto option = text({"hooks.url", "connectors", {"Address", "地址"}, {"where to", "去向"}}, "");
    option.confidential = true;
    return option;
}

Option fixed() {
    auto option = text({"hooks.secret_file", "connectors", {"Secret", "密钥"}, {"a file", "文件"}}, "");
    option.in_file_only = true;
    return option;
}

Result<> budget_covers_an_order(const store::Settings& settings) {
    if (settings.number("stock.budget", 0) >= settings.number("stock.dearest", 0)) return {};
    return fail(ErrorCode::invalid_argument, "the budget is below the dearest order", "stock.budget");
}

class SettingsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 fmt::format("suanpan-settings-{}-{}", ::getpid(),
                             testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        store::Settings written{.name = "Test"};
        written.options = {{"stock.budget", "500"}};
        ASSERT_TRUE(store::Shop::create(folder, written));
        sections = {shop_section([this](store::Connection&) -> Result<> {
                        if (!loaded) return {};
                        return fail(ErrorCode::conflict, "data are loaded");
                    }),
                    {.options = {number({"stock.budget", "guardrails", {"Budget", "预算"}, {"a day", "每日"}},
                                        {0, 0, 1e6, "money"}),
                                 number({"stock.dearest", "guardrails", {"Dearest", "上限"}, {"an order", "单笔"}},
                                        {100, 0, 1e6, "money"}),
                                 choice({"demand.period", "forecast", {"Period", "周期"}, {"of forecasts", "预测"}},
                                        {"week", "day"}),
                                 address(), fixed()},
                     .check = budget_covers_an_order}};
        add_operations(registry, sections);
        open();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    void open() {
        shop.reset();
        const auto schema = store::settings_schema();
        shop = std::move(store::Shop::open(folder, {&schema, 1}).value());
    }
    std::string call(const std::string& operation, const std::string& request, operations::Role role) {
        operations::Context context{*shop, registry, {"user:ming", role}};
        const auto reply = registry.call(context, operation, request);
        return reply ? *reply : reply.error().text();
    }
    std::string set(const std::string& option, const std::string& value) {
        return call("settings.set", fmt::format(R"({{"option":"{}","value":"{}","reason":"a test"}})", option, value),
                    operations::Role::admin);
    }
    std::string reset(const std::string& option) {
        return call("settings.reset", fmt::format(R"({{"option":"{}","reason":"a test"}})", option),
                    operations::Role::admin);
    }
    std::int64_t changes() {
        return shop->database()
            .read(
                [](store::Connection& connection) { return connection.count("SELECT count(*) FROM settings.change"); })
            .value();
    }

    std::filesystem::path folder;
    Sections sections;
    bool loaded = false;
    operations::Registry registry;
    std::unique_ptr<store::Shop> shop;
};

TEST_F(SettingsTest, WhatIsSetCountsAtOnceAndAfterTheShopIsOpenedAgain) {
    const auto& before = shop->settings();
    EXPECT_THAT(set("stock.budget", "750"), HasSubstr(R"("origin":"set")"));
    EXPECT_EQ(shop->settings().number("stock.budget", 0), 750);
    EXPECT_EQ(before.number("stock.budget", 0), 500) << "a reference taken before changed under its holder";
    open();
    EXPECT_EQ(shop->settings().number("stock.budget", 0), 750);
    EXPECT_THAT(reset("stock.budget"), HasSubstr(R"("value":"500")"));
    EXPECT_THAT(reset("stock.budget"), HasSubstr(R"("origin":"shop.yaml")"));
    open();
    EXPECT_EQ(shop->settings().number("stock.budget", 0), 500);
    EXPECT_EQ(changes(), 3);
}

TEST_F(SettingsTest, WhatDoesNotFitIsRefusedAndNotKept) {
    EXPECT_THAT(set("stock.budget", "12 pounds"), HasSubstr("give a number from 0 to 1000000 (money)"));
    EXPECT_THAT(set("stock.budget", "-1"), HasSubstr("give a number from 0"));
    EXPECT_THAT(set("stock.budget", "nan"), HasSubstr("give a number from 0"));
    EXPECT_THAT(set("stock.budget", ""), HasSubstr("give a number from 0"));
    EXPECT_THAT(set("demand.period", "month"), HasSubstr(R"("month" is no choice; there are "week", "day")"));
    EXPECT_THAT(set("stock.bugdet", "1"), HasSubstr("there is no such option; settings.list"));
    EXPECT_THAT(set("stock.dearest", "501"), HasSubstr("the budget is below the dearest order"));
    EXPECT_THAT(set("hooks.secret_file", "/etc/passwd"), HasSubstr("in shop.yaml only"));
    EXPECT_THAT(set("shop.time_zone", "Mars/Olympus"), HasSubstr("Mars/Olympus"));
    EXPECT_THAT(set("shop.name", ""), HasSubstr("1 to 200 bytes"));
    EXPECT_THAT(set("shop.currency", "pounds"), HasSubstr("ISO 4217"));
    EXPECT_EQ(changes(), 0);
    EXPECT_EQ(shop->settings().number("stock.budget", 0), 500);
}

TEST_F(SettingsTest, TheShopsOwnLanguageAndNameChangeWhileItsCurrencyStaysOnceDataAreLoaded) {
    set("shop.language", "zh");
    set("shop.name", "算盘");
    set("shop.time_zone", "Asia/Shanghai");
    EXPECT_EQ(shop->settings().language, "zh");
    EXPECT_EQ(shop->settings().name, "算盘");
    EXPECT_EQ(shop->time_zone().name(), "Asia/Shanghai");
    loaded = true;
    EXPECT_THAT(set("shop.currency", "CNY"), HasSubstr("data are loaded"));
    EXPECT_THAT(reset("shop.time_zone"), HasSubstr("data are loaded"));
    EXPECT_EQ(shop->settings().currency, "GBP");
    EXPECT_EQ(shop->time_zone().name(), "Asia/Shanghai");
    EXPECT_THAT(set("shop.currency", "GBP"), HasSubstr(R"("origin":"set")"));
}

TEST_F(SettingsTest, OfAnAddressNoMoreThanTheHostIsShown) {
    EXPECT_THAT(set("hooks.url", "https://erp.example/in/s3cret"), Not(HasSubstr("s3cret")));
    const auto listed = call("settings.list", "{}", operations::Role::viewer);
    EXPECT_THAT(listed, HasSubstr("https://erp.example/…"));
    EXPECT_THAT(listed, Not(HasSubstr("s3cret")));
    EXPECT_THAT(call("settings.list", "{}", operations::Role::admin), Not(HasSubstr("s3cret")));
    EXPECT_EQ(shop->settings().text("hooks.url", ""), "https://erp.example/in/s3cret");
}

TEST_F(SettingsTest, AGroupIsListedByItself) {
    const auto listed =
        operations::parse_json(call("settings.list", R"({"group":"guardrails"})", operations::Role::viewer));
    ASSERT_TRUE(listed);
    EXPECT_EQ(operations::member(*listed, "options")->get_array().size(), 2U);
}

TEST_F(SettingsTest, WhatAFileSaysThatDoesNotFitIsTold) {
    store::Settings settings;
    settings.options = {{"stock.bugdet", "1"}, {"stock.budget", "much"}, {"demand.period", "day"}};
    EXPECT_THAT(problems_of(sections, settings),
                ElementsAre(HasSubstr("\"much\" does not do"), HasSubstr("stock.bugdet: there is no such option")));
    settings.options = {{"stock.budget", "50"}, {"stock.dearest", "100"}};
    EXPECT_THAT(problems_of(sections, settings), ElementsAre(HasSubstr("the budget is below")));
    settings.options = {{"schedule.jobs.daily", "daily at 05:30"}, {"stock.budget", "200"}};
    sections.push_back({.family = "schedule."});
    EXPECT_THAT(problems_of(sections, settings), IsEmpty());
}

TEST_F(SettingsTest, OnlyAdministratorsSet) {
    EXPECT_THAT(
        call("settings.set", R"({"option":"stock.budget","value":"1","reason":"x"})", operations::Role::approver),
        HasSubstr("admin"));
    EXPECT_EQ(changes(), 0);
}

}  // namespace
}  // namespace suanpan::settings
