#include "areas/data/features/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/data/export.h"
#include "areas/data/features/shop_fixture.h"
#include "areas/data/features/sql.h"
#include "platform/operations/json.h"

namespace suanpan::features {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(FeatureDialect, WhatTheEnginesCallDifferentlyIsSaidInSparksWords) {
    const auto spark = [](std::string_view sql) { return spoken(sql, Dialect::spark); };
    EXPECT_EQ(spark("(epoch(moment) - epoch(item_last_sale)) / 86400.0"),
              "((unix_micros(moment) / 1e6) - (unix_micros(item_last_sale) / 1e6)) / 86400.0D");
    EXPECT_EQ(spark("dayofweek (moment)"), "(dayofweek(moment) - 1)");
    EXPECT_EQ(spark("epoch(greatest(a, (b))) + 1"), "(unix_micros(greatest(a, (b))) / 1e6) + 1");
    EXPECT_EQ(spark("CASE WHEN x = 'epoch(2.5)' THEN 2.5 END -- epoch(1.5)"),
              "CASE WHEN x = 'epoch(2.5)' THEN 2.5D END -- epoch(1.5)");
    EXPECT_EQ(spark("s.quantity * 2"), "s.quantity * 2");
    EXPECT_EQ(spoken("epoch(moment) / 7.0", Dialect::duckdb), "epoch(moment) / 7.0");
}

TEST(FeatureDialect, FunctionsOfOneEngineAloneAreFound) {
    EXPECT_THAT(unshared_functions("strftime(day, '%m') || list_sum([1]) || STRFTIME(x)"),
                ElementsAre("strftime", "list_sum"));
    EXPECT_THAT(unshared_functions("CASE WHEN (a) IN (1, 2) THEN nullif(b, 0) ELSE epoch(moment) END"), IsEmpty());
    EXPECT_THAT(unshared_functions("'list_sum(1)' -- list_sum(1)"), IsEmpty());
}

TEST(FeatureDialect, EveryReadyFeatureIsInWhatBothShare) {
    const auto declared = ready_features().value();
    EXPECT_GE(declared.features.size(), 120U);
    for (const auto& feature : declared.features)
        EXPECT_THAT(unshared_functions(feature.sql), IsEmpty()) << feature.name;
    for (const auto& [name, stream] : declared.streams) EXPECT_THAT(unshared_functions(stream.sql), IsEmpty()) << name;
}

// Runs in another engine: a DuckDB of its own that has nothing but the exported files.
class FeatureExport : public ShopFixture {
  protected:
    void SetUp() override {
        ShopFixture::SetUp();
        add_operations(registry);
        data::add_export_operation(registry);
    }
    operations::Json call(const std::string& name, const std::string& request) {
        operations::Context context{*shop, registry, {"user:test", operations::Role::admin}};
        const auto reply = registry.call(context, name, request);
        EXPECT_TRUE(reply) << reply.error().text();
        return operations::parse_json(reply.value_or("{}")).value();
    }
    static std::string text(const operations::Json& json, std::string_view key) {
        return operations::member(json, key)->get_string();
    }
    std::string error(const std::string& name, const std::string& request) {
        operations::Context context{*shop, registry, {"user:test", operations::Role::admin}};
        const auto reply = registry.call(context, name, request);
        return reply ? "" : reply.error().text();
    }

    operations::Registry registry;
};

TEST_F(FeatureExport, TheQueryOverExportedFilesGivesWhatTheShopComputes) {
    call("features.compute", R"({"moment":"2011-06-20"})");
    const auto exported = text(call("data.export", R"({"folder":"away"})"), "folder");
    auto away = store::Database::open(folder / "away.duckdb").value();
    auto connection = away->connect().value();
    ASSERT_TRUE(connection.run("CREATE SCHEMA data; CREATE SCHEMA here; SET TimeZone = 'UTC'"));
    for (const auto& entry : std::filesystem::directory_iterator(exported))
        if (entry.is_directory()) {
            ASSERT_TRUE(connection.run(
                fmt::format("CREATE VIEW data.{} AS FROM read_parquet('{}/**/*.parquet', hive_partitioning = true)",
                            entry.path().filename().string(), entry.path().string())));
        }
    for (const auto entity : entities) {
        const auto asked = fmt::format(R"({{"entity":"{}","moment":"2011-06-20"}})", name(entity));
        const auto sql = text(call("features.sql", asked), "sql");
        const auto file = (folder / fmt::format("{}.parquet", name(entity))).string();
        run(fmt::format("COPY (FROM features.{}) TO '{}' (FORMAT parquet)", name(entity), file));
        const auto counted = connection.count("SELECT count(*) FROM (" + sql + ")");
        ASSERT_TRUE(counted) << counted.error().text();
        EXPECT_GT(*counted, 0);
        for (const auto* way :
             {"FROM ({0}) EXCEPT ALL SELECT * FROM '{1}'", "FROM '{1}' EXCEPT ALL SELECT * FROM ({0})"})
            EXPECT_EQ(
                connection.count("SELECT count(*) FROM (" + fmt::format(fmt::runtime(way), sql, file) + ")").value(), 0)
                << name(entity);
    }
}

TEST_F(FeatureExport, WholeFoldersOnlyAndOneAName) {
    const auto reply = call("data.export", R"({"folder":"one","tables":["order_line","supplier"]})");
    EXPECT_EQ(operations::member(reply, "tables")->get_array().size(), 2U);
    EXPECT_TRUE(std::filesystem::exists(folder / "exports/one/tables.json"));
    EXPECT_TRUE(std::filesystem::exists(folder / "exports/one/order_line/month=2011-05"));
    EXPECT_TRUE(std::filesystem::exists(folder / "exports/one/supplier/supplier.parquet")) << "a table without rows";
    EXPECT_FALSE(std::filesystem::exists(folder / "exports/one.partial"));
    EXPECT_THAT(error("data.export", R"({"folder":"one"})"), HasSubstr("there is such a folder already"));
    for (const auto* name : {"../one", ".one", "a/b"})
        EXPECT_THAT(error("data.export", fmt::format(R"({{"folder":"{}"}})", name)), HasSubstr("plain name")) << name;
    EXPECT_THAT(error("data.export", R"({"tables":["quarantine"]})"), HasSubstr(R"(no table "quarantine")"));
}

constexpr auto own_feature = R"yaml(
owner: me
families:
  - entity: item
    features:
      - {name: own_month, sql: "strftime(moment, '%m')", type: text, unit: month, en: Month, zh: 月}
)yaml";

TEST_F(FeatureExport, ADeclarationInDuckDBsWordsAloneIsRefusedForSpark) {
    std::filesystem::create_directories(folder / "features");
    ASSERT_TRUE(store::write_file(folder / "features/own.yaml", own_feature));
    EXPECT_THAT(error("features.sql", R"({"entity":"item","dialect":"spark"})"),
                HasSubstr("item_own_month calls strftime, which DuckDB and Spark do not share"));
    EXPECT_EQ(error("features.sql", R"({"entity":"item"})"), "");
    EXPECT_THAT(
        text(call("features.sql", R"({"entity":"item","dialect":"spark","features":["item_units_7d"]})"), "sql"),
        Not(HasSubstr("TIMESTAMPTZ")));
    EXPECT_THAT(error("features.sql", R"({"entity":"item","dialect":"hive"})"),
                HasSubstr("there are duckdb and spark"));
}

}  // namespace
}  // namespace suanpan::features
