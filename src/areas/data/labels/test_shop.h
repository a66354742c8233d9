#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "areas/data/data.h"
#include "areas/data/labels/labels.h"
#include "platform/operations/json.h"
#include "platform/store/make_test_shop.h"

namespace suanpan::data::labels {

// A shop in a temporary folder, asked by its operations as different people.
class LabelsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder =
            std::filesystem::temp_directory_path() / ("suanpan-labels-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        const std::array schemas = {data::schema(), labels::schema()};
        auto opened = store::make_test_shop(folder, {.name = "Test"}, schemas);
        ASSERT_TRUE(opened) << opened.error().text();
        shop = std::move(*opened);
        labels::add_operations(registry);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    // As an approver, unless another is named.
    Result<std::string> call(std::string_view operation, std::string_view request,
                             operations::Principal who = {"user:anna", operations::Role::approver}) {
        operations::Context context{*shop, registry, std::move(who)};
        return registry.call(context, operation, request);
    }
    Result<std::string> call_as(const std::string& annotator, std::string_view operation, std::string_view request) {
        return call(operation, request, {annotator, operations::Role::editor});
    }
    operations::Json ask(std::string_view operation, std::string_view request) {
        const auto reply = call(operation, request);
        EXPECT_TRUE(reply) << operation << ": " << reply.error().text();
        return operations::parse_json(reply.value_or("{}")).value();
    }
    std::string refusal(std::string_view operation, std::string_view request) {
        const auto reply = call(operation, request);
        return reply ? "accepted: " + *reply : reply.error().text();
    }
    std::int64_t count(std::string_view sql) { return shop->database().connect().value().count(sql).value(); }

    // A set of two classes with tasks t000, t001, …; the first `gold` of them are gold and "good".
    void make_set(int tasks, int gold, std::string_view more = "") {
        ASSERT_TRUE(call("labels.create_set", fmt::format(R"({{"set":"s","classes":["good","bad"]{}}})", more)));
        std::string list;
        for (int i = 0; i < tasks; ++i)
            list += fmt::format(R"({}{{"task_id":"t{:03}","text":"text {}"{}}})", i == 0 ? "" : ",", i, i,
                                i < gold ? R"(,"gold":"good")" : "");
        const auto imported = call("labels.import", fmt::format(R"({{"set":"s","tasks":[{}]}})", list));
        ASSERT_TRUE(imported) << imported.error().text();
    }

    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
};

inline std::int64_t whole(const operations::Json& object, std::string_view key) {
    const auto* value = operations::member(object, key);
    return value == nullptr ? -1 : static_cast<std::int64_t>(operations::as_number(*value));
}

inline std::string word(const operations::Json& object, std::string_view key) {
    const auto* value = operations::member(object, key);
    return value != nullptr && value->is_string() ? value->get_string() : "";
}

inline const operations::Json::array_t& list(const operations::Json& object, std::string_view key) {
    return operations::member(object, key)->get_array();
}

}  // namespace suanpan::data::labels
