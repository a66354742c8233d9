#include "areas/data/items/operations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "areas/data/data.h"
#include "platform/operations/json.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::items {
namespace {

using operations::Json;
using testing::HasSubstr;

class ItemOperations : public testing::Test {
  protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 fmt::format("suanpan-items-{}-{}", ::getpid(),
                             testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        const auto schema = data::schema();
        auto opened = store::make_test_shop(folder, {.name = "test"}, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
        add_operations(registry);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    void run(const std::string& sql) {
        const auto done = shop->database().write([&](store::Connection& connection) { return connection.run(sql); });
        ASSERT_TRUE(done) << done.error().text();
    }
    Result<std::string> call(std::string_view name, const std::string& request) {
        operations::Context context{*shop, registry, {"user:test"}};
        return registry.call(context, name, request);
    }

    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
};

TEST_F(ItemOperations, AnEmptyShopHasNone) {
    EXPECT_EQ(call("items.search", R"({"query":"a"})").value(), R"({"items":[],"more":false,"total":0})");
    EXPECT_THAT(call("items.show", R"({"item":"a"})").error().message, HasSubstr("items.search"));
}

TEST_F(ItemOperations, ALoadChangesWhatIsFound) {
    ASSERT_TRUE(call("items.search", "{}"));
    run(R"(INSERT INTO data.load VALUES (1, 's', 'f', 'x', '2026-01-01T00:00:00Z', 0, 1, 0, 0, 0);
           INSERT INTO data.item BY NAME
           SELECT 'A1' AS item_id, 'It''s a "cup"' AS title, true AS product, 250 AS unit_price, 1 AS load_id,
                  1 AS source_line)");
    EXPECT_EQ(
        call("items.search", R"({"query":"\"CUP"})").value(),
        R"({"items":[{"item_id":"A1","title":"It's a \"cup\"","category":"","unit_price":250}],"more":false,"total":1})");
}

// Four weeks from Monday 2026-01-05: sold in the first and the last, promoted from the second's Saturday to the third's
// Monday by two promotions at once, empty for two days of the third.
TEST_F(ItemOperations, WeeksCarryPromotionsAndEmptyDays) {
    run(R"(
        INSERT INTO data.item BY NAME SELECT 'A1' AS item_id, true AS product, 1 AS load_id, 1 AS source_line;
        INSERT INTO data.order_line BY NAME
        SELECT 'o' || d AS order_id, 1 AS line, 'A1' AS item_id, d::TIMESTAMPTZ AS ordered_at, d AS day, 3 AS quantity,
               1 AS cancelled_quantity, 100 AS unit_price, 1 AS load_id, 1 AS source_line
        FROM (VALUES (DATE '2026-01-06'), (DATE '2026-01-27')) AS t(d);
        INSERT INTO data.promotion BY NAME
        SELECT 'p' || i AS promotion_id, 'A1' AS item_id, DATE '2026-01-17' AS from_day, DATE '2026-01-19' AS to_day,
               1 AS load_id, 1 AS source_line FROM range(2) AS t(i);
        INSERT INTO data.stock BY NAME
        SELECT 'A1' AS item_id, place AS place_id, d AS day, n AS on_hand, 5 AS on_order, 1 AS load_id, 1 AS source_line
        FROM (VALUES ('x', DATE '2026-01-20', 0), ('y', DATE '2026-01-20', 0), ('x', DATE '2026-01-21', 0),
                     ('x', DATE '2026-01-22', 4), ('y', DATE '2026-01-22', 3)) AS t(place, d, n))");
    const auto reply = call("items.show", R"({"item":"A1"})");
    ASSERT_TRUE(reply) << reply.error().text();
    EXPECT_THAT(*reply, HasSubstr(R"("stock":{"day":"2026-01-22","on_hand":7,"on_order":10})"));
    EXPECT_THAT(
        *reply,
        HasSubstr(
            R"("weeks":[{"week":"2026-01-05","units":2,"revenue":200,"promoted_days":0,"empty_days":null,"on_hand":null},)"
            R"({"week":"2026-01-12","units":0,"revenue":null,"promoted_days":2,"empty_days":null,"on_hand":null},)"
            R"({"week":"2026-01-19","units":0,"revenue":null,"promoted_days":1,"empty_days":2,"on_hand":7},)"
            R"({"week":"2026-01-26","units":2,"revenue":200,"promoted_days":0,"empty_days":null,"on_hand":null}])"));
}

}  // namespace
}  // namespace suanpan::items
