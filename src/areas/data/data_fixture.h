#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "areas/data/data.h"
#include "areas/data/load.h"
#include "platform/operations/operation.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::data {

// An empty shop in a folder of its own, and files to load into it.
class DataFixture : public testing::Test {
  protected:
    void SetUp() override {
        folder =
            std::filesystem::temp_directory_path() / ("suanpan-trust-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        const auto schema = data::schema();
        auto opened = store::make_test_shop(folder, {.name = "Test", .currency = "GBP", .time_zone = "Europe/London"},
                                            {&schema, 1});
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
        add_operations(registry);
    }
    void TearDown() override {
        shop.reset();
        std::filesystem::remove_all(folder);
    }

    void use(const std::string& yaml) {
        auto parsed = parse_mapping(yaml, "mapping.yaml");
        ASSERT_TRUE(parsed) << parsed.error().text();
        mapping = std::move(*parsed);
        ASSERT_TRUE(store::write_file(folder / "mapping.yaml", yaml));
    }
    Result<FileReport> load(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        return load_file(*shop, mapping, folder / name, {});
    }
    Result<std::string> call(std::string_view operation, std::string_view request) {
        operations::Context context{
            .shop = *shop, .operations = registry, .principal = {"test", operations::Role::admin}};
        return registry.call(context, operation, request);
    }
    std::int64_t count(std::string_view sql) {
        auto counted = shop->database().connect().value().count(sql);
        EXPECT_TRUE(counted) << counted.error().text();
        return counted.value_or(-1);
    }
    std::string text(std::string_view sql) {
        auto table = shop->database().connect().value().query(sql);
        EXPECT_TRUE(table) << table.error().text();
        return table && table->rows() > 0 && !table->is_null(0, 0, 0) ? std::string(table->text(0, 0, 0)) : "";
    }

    std::filesystem::path folder;
    Mapping mapping;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
};

}  // namespace suanpan::data
