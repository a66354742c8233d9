#include <fmt/format.h>

#include <thread>

#include "areas/data/features/shop_fixture.h"
#include "platform/operations/json.h"

namespace suanpan::features {
namespace {

class FeatureOperations : public ShopFixture {
  protected:
    void SetUp() override {
        ShopFixture::SetUp();
        add_operations(registry);
    }

    Result<std::string> try_call(const std::string& name, const std::string& request,
                                 operations::Role role = operations::Role::admin) {
        operations::Context context{*shop, registry, {"user:test", role}};
        return registry.call(context, name, request);
    }
    std::string call(const std::string& name, const std::string& request) {
        const auto reply = try_call(name, request);
        EXPECT_TRUE(reply) << reply.error().text();
        return reply.value_or("");
    }
    std::string error(const std::string& name, const std::string& request) {
        const auto reply = try_call(name, request);
        return reply ? "" : reply.error().text();
    }

    operations::Registry registry;
};

TEST_F(FeatureOperations, ComputeReadApplyAndStatus) {
    EXPECT_TRUE(
        error("features.read", R"({"entity":"item","ids":["i0"]})").contains("never computed; call features.compute"));
    EXPECT_TRUE(
        call("features.compute", R"({"moment":"2011-06-30"})").contains("\"moment\":\"2011-06-29T23:00:00.000000Z\""));
    const auto units = count("SELECT item_units_28d FROM features.item WHERE item_id = 'i1'");
    const std::string request =
        R"({"entity":"item","ids":["i1","nobody"],"features":["item_units_28d","item_category"]})";
    EXPECT_TRUE(call("features.read", request)
                    .contains(fmt::format(R"("rows":[{{"id":"i1","second":"","found":true,"values":[{},"c1"]}},)"
                                          R"({{"id":"nobody","second":"","found":false,"values":[null,null]}}])",
                                          units)))
        << call("features.read", request);
    const auto version = shop->database().version();
    const std::string event =
        R"({"events":[{"id":"e1","item_id":"i1","quantity":7,"unit_price":100,"at":"2011-06-30T10:00:00.000000Z"}]})";
    EXPECT_TRUE(call("features.apply", event).contains("\"events\":1"));
    EXPECT_GT(shop->database().version(), version) << "a cache of replies would keep the old value";
    EXPECT_TRUE(call("features.read", request).contains(fmt::format("[{},\"c1\"]", units + 7)));
    EXPECT_TRUE(call("features.apply", event).contains("\"repeated\":1"));
    EXPECT_TRUE(call("features.status", "{}").contains("\"entity\":\"item\",\"declared\":"));
    EXPECT_TRUE(call("features.status", "{}").contains("\"fresh\":false"));  // 2011 is long ago
}

TEST_F(FeatureOperations, AReadWaitsForNoLoad) {
    call("features.compute", R"({"moment":"2011-06-30"})");
    std::string reply;
    ASSERT_TRUE(shop->database().write([&](store::Connection& connection) -> Result<> {
        TRY(connection.query("UPDATE data.item SET title = 'being loaded'"));
        std::jthread([&] { reply = call("features.read", R"({"entity":"item","ids":["i1"]})"); }).join();
        return {};
    }));
    EXPECT_TRUE(reply.contains("\"found\":true"));
}

TEST_F(FeatureOperations, PairsHaveTwoKeys) {
    call("features.compute", R"({"entities":["item_place"],"moment":"2011-06-30"})");
    EXPECT_TRUE(
        call("features.read", R"({"entity":"item_place","ids":["i1"],"seconds":["p1"]})").contains("\"found\":true"));
    EXPECT_EQ(error("features.read", R"({"entity":"item_place","ids":["i1"]})"),
              "seconds: item_place has two keys: give as many seconds (place_id) as ids (item_id)");
    EXPECT_EQ(error("features.read", R"({"entity":"shelf","ids":["i1"]})"),
              "entity: there is no entity \"shelf\"; there are item, customer, item_place, customer_item");
}

TEST_F(FeatureOperations, ATrainingSetSaysWhatItWasMadeFrom) {
    ASSERT_TRUE(store::write_file(folder / "labels.csv", "item_id,moment,y\ni1,2011-06-10,1\n"));
    const auto request =
        fmt::format(R"({{"entity":"item","labels":["{}"],"features":["item_units_28d"],"format":"csv","seed":9}})",
                    (folder / "labels.csv").string());
    const auto reply = operations::parse_json(call("features.training_set", request)).value();
    const auto sidecar = store::read_file(operations::member(reply, "sidecar")->get_string()).value();
    EXPECT_TRUE(sidecar.contains("\"seed\":9"));
    EXPECT_TRUE(sidecar.contains(declared->find("item_units_28d")->hash));
    EXPECT_TRUE(sidecar.contains("order_lines: data.order_line load 1 rows 120")) << sidecar;
    const auto rows = store::read_file(operations::member(reply, "file")->get_string()).value();
    EXPECT_TRUE(rows.starts_with("item_id,moment,y,item_units_28d\ni1,2011-06-10,1,")) << rows;
    const auto refused = try_call("features.training_set", request, operations::Role::editor);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::permission_denied);
}

TEST_F(FeatureOperations, ShowsWhatAFeatureUses) {
    const auto shown = call("features.show", R"({"feature":"item_margin"})");
    EXPECT_TRUE(shown.contains(R"("uses":["item_average_price_28d","item_unit_cost"])")) << shown;
    EXPECT_TRUE(call("features.show", R"({"feature":"item_unit_cost"})").contains(R"("used_by":["item_margin"])"));
    EXPECT_TRUE(error("features.show", R"({"feature":"units_28d"})").contains("near it are item_units_28d"));
    EXPECT_TRUE(call("features.list", R"({"entity":"customer"})").contains("customer_spend_28d"));
}

}  // namespace
}  // namespace suanpan::features
