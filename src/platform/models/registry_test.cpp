#include "platform/models/registry.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "platform/decisions/act.h"
#include "platform/decisions/decisions.h"
#include "platform/models/models.h"
#include "platform/models/promotion.h"
#include "platform/operations/json.h"

namespace suanpan::models {
namespace {

namespace fs = std::filesystem;
using store::Connection;
using testing::HasSubstr;

class ModelsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("suanpan-models-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        make({});
    }
    void TearDown() override {
        shop.reset();
        fs::remove_all(folder);
    }
    void make(const std::map<std::string, std::string>& options) {
        shop.reset();
        fs::remove_all(folder);
        ASSERT_TRUE(store::Shop::create(folder, {.name = "Test", .options = options}));
        const std::array schemas = {decisions::schema(), schema()};
        auto opened = store::Shop::open(folder, schemas);
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }

    static Card card_of(const std::string& version, double error, double baseline = 10) {
        return {.name = "test.model",
                .version = version,
                .method = "a",
                .baseline = "naive",
                .from = "2011-01-01",
                .to = "2011-11-13",
                .seed = 7,
                .metrics = {{"RMSE", "units", error, baseline, 3}}};
    }
    Draft draft(const std::string& version, double error) {
        return write_draft(*shop, card_of(version, error), {{"weights.bin", "weights of " + version}}).value();
    }
    void train(const std::string& version, double error) {
        const auto made = draft(version, error);
        const auto done = write([&](Connection& c) { return add(c, *shop, made); });
        ASSERT_TRUE(done) << done.error().text();
    }
    PromotionOutcome promote_to(const std::string& version, const std::string& reason = "") {
        PromotionOutcome outcome;
        const auto done = write([&](Connection& c) -> Result<> {
            outcome = TRY(promote(c, *shop, {"test.model", version, Day(Days(15000)), reason}, {"job:test", now()}));
            return {};
        });
        EXPECT_TRUE(done) << done.error().text();
        return outcome;
    }
    Result<> write(const std::function<Result<>(Connection&)>& function) { return shop->database().write(function); }
    std::string served() {
        return shop->database().read([](Connection& c) { return serving(c, "test.model"); }).value()->version;
    }
    Result<Version> load_version(const std::string& version) {
        return shop->database().read([&](Connection& c) { return load(c, *shop, "test.model", version); });
    }
    bool has_folder(const std::string& version) { return fs::exists(folder_of(*shop, "test.model", version)); }
    std::string call(const std::string& name, const std::string& request) {
        operations::Registry registry;
        add_operations(registry);
        operations::Context context{*shop, registry, {"user:ming", operations::Role::admin}};
        const auto reply = registry.call(context, name, request);
        return reply ? *reply : reply.error().text();
    }

    fs::path folder;
    std::unique_ptr<store::Shop> shop;
};

TEST_F(ModelsTest, TheFirstVersionServesAtOnce) {
    train("1", 8);
    EXPECT_EQ(served(), "1");
    const auto loaded = load_version("1").value();
    EXPECT_EQ(loaded.files.at("weights.bin"), "weights of 1");
    EXPECT_EQ(loaded.card.metrics.front().value, 8);
    EXPECT_EQ(loaded.card.seed, 7);
    EXPECT_FALSE(loaded.card.code_version.empty());
    EXPECT_EQ(load_version("2").error().code, ErrorCode::not_found);
    EXPECT_EQ(fs::exists(folder / "models/test.model/1/card.json"), true);
}

TEST_F(ModelsTest, RefusesATamperedFileByName) {
    train("1", 8);
    const auto place = folder_of(*shop, "test.model", "1");
    store::write_file(place / "weights.bin", "weights of 2").value();
    EXPECT_EQ(load_version("1").error().code, ErrorCode::io);
    EXPECT_THAT(load_version("1").error().text(), HasSubstr("weights.bin"));
    EXPECT_THAT(call("models.show", R"({"name":"test.model"})"), HasSubstr(R"("sound":false)"));
    store::write_file(place / "weights.bin", "weights of 1").value();
    EXPECT_TRUE(load_version("1"));
    const auto text = store::read_file(place / "card.json").value();
    store::write_file(place / "card.json", text + " ").value();
    EXPECT_THAT(load_version("1").error().text(), HasSubstr("card.json"));
    fs::remove(place / "card.json");
    EXPECT_THAT(load_version("1").error().text(), HasSubstr("missing"));
}

TEST_F(ModelsTest, NamesMayNotLeaveTheFolder) {
    for (const auto* name : {"../x", "", ".hidden", "a/b", "a b", "算盘"}) {
        auto card = card_of("1", 1);
        card.version = name;
        EXPECT_EQ(write_draft(*shop, card, {}).error().code, ErrorCode::invalid_argument) << name;
    }
    EXPECT_FALSE(write_draft(*shop, card_of("1", 1), {{"../../shop.yaml", ""}}));
}

// A crash before the rename leaves a draft of another run, one before the row a folder without a row.
TEST_F(ModelsTest, WhatACrashLeavesIsIgnoredAndCleaned) {
    const auto drafted = draft("1", 8);
    fs::rename(drafted.folder, folder_of(*shop, "test.model", "1"));
    fs::create_directories(folder / "models/test.model/.draft-1-1-1");
    EXPECT_EQ(load_version("1").error().code, ErrorCode::not_found);
    train("1", 7);
    EXPECT_EQ(load_version("1")->card.metrics.front().value, 7);
    EXPECT_FALSE(fs::exists(folder / "models/test.model/.draft-1-1-1"));
    fs::create_directories(folder_of(*shop, "test.model", "stray"));
    const auto waiting = draft("3", 5);  // of this run: another thread may be about to register it
    train("2", 6);
    EXPECT_FALSE(has_folder("stray"));
    EXPECT_TRUE(fs::exists(waiting.folder));
}

TEST_F(ModelsTest, RegisteringTwiceDoesNothingTwice) {
    train("1", 8);
    const auto before = store::read_file(folder_of(*shop, "test.model", "1") / "card.json");
    train("1", 8);
    EXPECT_EQ(store::read_file(folder_of(*shop, "test.model", "1") / "card.json"), before);
    // A neighbour in the group of writes failed, and the function runs again after its folder was moved.
    const auto made = draft("2", 7);
    EXPECT_FALSE(write([&](Connection& c) -> Result<> {
        TRY(add(c, *shop, made));
        return fail(ErrorCode::internal, "undone");
    }));
    ASSERT_TRUE(write([&](Connection& c) { return add(c, *shop, made); }));
    EXPECT_TRUE(load_version("2"));
}

TEST_F(ModelsTest, OldVersionsGoButNeverTheServingOneOrTheOneBefore) {
    make({{"models.keep", "2"}});
    train("1", 8);
    train("2", 7);
    EXPECT_EQ(promote_to("2").state, "acted");
    for (const auto* version : {"3", "4", "5", "6"}) train(version, 6);
    EXPECT_TRUE(load_version("1"));
    EXPECT_TRUE(load_version("2"));
    EXPECT_EQ(load_version("3").error().code, ErrorCode::not_found);
    EXPECT_FALSE(has_folder("3"));
    EXPECT_TRUE(load_version("5"));
    EXPECT_TRUE(load_version("6"));
}

TEST_F(ModelsTest, ABetterVersionIsPromotedAndAWorseOneRefused) {
    train("1", 8);
    train("2", 8.7);  // within the tolerance of 10 %
    EXPECT_EQ(promote_to("2").state, "acted");
    train("3", 9.6);
    const auto refused = promote_to("3");
    EXPECT_EQ(refused.state, "refused");
    EXPECT_THAT(refused.message, HasSubstr("serving version"));
    train("4", 10.1);
    EXPECT_THAT(promote_to("4").message, HasSubstr("baseline"));
    EXPECT_EQ(served(), "2");
    EXPECT_EQ(promote_to("2").state, "serving");
}

TEST_F(ModelsTest, GoesBackToWhatServedBefore) {
    train("1", 8);
    EXPECT_THAT(call("models.roll_back", R"({"name":"test.model"})"), HasSubstr("nothing to go back to"));
    train("2", 4);
    promote_to("2");
    EXPECT_THAT(call("models.roll_back", R"({"name":"test.model","reason":"odd orders"})"),
                HasSubstr(R"("serving":"1")"));
    // The next training is held to what serves now, and may bring the other back.
    EXPECT_EQ(promote_to("2").state, "acted");
    EXPECT_EQ(served(), "2");
    EXPECT_THAT(call("models.list", "{}"), HasSubstr(R"("version":"2")"));
}

TEST_F(ModelsTest, TakingTheDecisionBackRestoresThePreviousVersion) {
    train("1", 8);
    train("2", 7);
    const auto outcome = promote_to("2");
    ASSERT_EQ(served(), "2");
    const decisions::Choice choice{outcome.decision, ""};
    EXPECT_EQ(decisions::undo(*shop, {promote_kind()}, {&choice, 1}, {"user:li", now()}, "no")->at(0).state,
              "rolled_back");
    EXPECT_EQ(served(), "1");
}

TEST_F(ModelsTest, APersonDecidesWhereTheShopSaysSo) {
    make({{"models.promotions", "by a person"}});
    train("1", 8);
    train("2", 7);
    const auto waiting = promote_to("2");
    EXPECT_EQ(waiting.state, "pending");
    EXPECT_EQ(served(), "1");
    train("3", 6);
    const auto newer = promote_to("3");
    const decisions::Choice older{waiting.decision, ""}, chosen{newer.decision, ""};
    ASSERT_TRUE(write([&](Connection& c) -> Result<> {
        EXPECT_EQ(TRY(decisions::approve(c, {&older, 1}, {"user:li", now()})).at(0).error_code, "conflict");
        EXPECT_EQ(TRY(decisions::approve(c, {&chosen, 1}, {"user:li", now()})).at(0).state, "approved");
        return {};
    }));
    EXPECT_EQ(served(), "1");  // approved is not yet acted
    for (int again = 0; again < 2; ++again) {
        ASSERT_TRUE(decisions::act(*shop, {promote_kind()}, {"user:li", now()}));
        EXPECT_EQ(served(), "3");
    }
    EXPECT_TRUE(shop->database().read([](Connection& c) { return decisions::check(c); })->empty());
}

TEST(Card, RefusesWhatItDoesNotKnow) {
    EXPECT_THAT(parse_card(R"({"format":2})", "m/card.json").error().text(), HasSubstr("newer program"));
    EXPECT_THAT(parse_card("[]", "m/card.json").error().text(), HasSubstr("m/card.json"));
    const Card card{.name = "a", .options = {{"season", "52"}}, .metrics = {{"RMSE", "units", 1, 2, 3}}};
    EXPECT_EQ(to_json(parse_card(to_json(card).value(), "").value()).value(), to_json(card).value());
    EXPECT_EQ(relative_error(card), 0.5);
    EXPECT_EQ(relative_error({}), 1);
}

// The first vector of RFC 7693's family for BLAKE2b-256: b2sum -l 256 of nothing.
TEST(Checksum, IsBlake2b) {
    EXPECT_EQ(checksum(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

}  // namespace
}  // namespace suanpan::models
