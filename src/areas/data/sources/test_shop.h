#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>

#include "areas/data/data.h"
#include "areas/data/load.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::data {

// A shop with a mapping of items, for tests of what comes before the mapping.
class SourceTest : public testing::Test {
  protected:
    static constexpr auto items = R"(
shop: {name: Test, currency: GBP, time_zone: UTC, language: en}
sources:
  - name: items
    file: "items*"
    into:
      - table: items
        fields: {item_id: sku, title: name, unit_price: price, listed_on: listed}
)";

    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 fmt::format("suanpan-sources-{}-{}", ::getpid(),
                             testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        mapping = parse_mapping(items, "mapping.yaml").value();
        const auto schema = data::schema();
        auto opened = store::make_test_shop(folder / "shop", mapping.shop, {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
    }
    void TearDown() override {
        shop.reset();
        std::filesystem::remove_all(folder);
    }

    Result<FileReport> load(const std::string& name, std::string_view bytes) {
        std::ofstream(folder / name, std::ios::binary) << bytes;
        return load_file(*shop, mapping, folder / name, {});
    }
    // One text a row, cells joined by bars.
    std::vector<std::string> rows(const std::string& sql) {
        auto connection = shop->database().connect().value();
        const auto table = connection.query("SELECT CAST(concat_ws('|', *COLUMNS(*)) AS VARCHAR) FROM (" + sql + ")");
        EXPECT_TRUE(table) << table.error().text();
        std::vector<std::string> all;
        for (std::size_t chunk = 0; table && chunk < table->chunks(); ++chunk)
            for (std::size_t row = 0; row < table->chunk_rows(chunk); ++row)
                all.emplace_back(table->text(chunk, 0, row));
        return all;
    }
    std::vector<std::string> item_rows() {
        return rows("SELECT source_line, item_id, title, unit_price, listed_on FROM data.item ORDER BY source_line");
    }
    std::vector<std::string> quarantined() {
        return rows("SELECT source_line, rule, reason, raw FROM data.quarantine ORDER BY source_line, rule");
    }

    std::filesystem::path folder;
    Mapping mapping;
    std::unique_ptr<store::Shop> shop;
};

}  // namespace suanpan::data
