#include "areas/data/labels/agreement.h"

#include <gtest/gtest.h>

#include "platform/operations/json.h"
#include "platform/store/shop.h"

// cases/agreement.json holds inputs and what reference libraries make of them; "made_by" says which, in which versions.
namespace suanpan::data::labels {
namespace {

using operations::as_number;
using operations::Json;

constexpr double six_decimals = 0.5e-6;

Json cases() {
    const auto file = std::filesystem::path(SUANPAN_SOURCE_DIR) / "src/areas/data/labels/cases/agreement.json";
    return operations::parse_json(store::read_file(file).value()).value();
}

double number(const Json& object, std::string_view key) {
    return as_number(*operations::member(object, key));
}

std::vector<std::size_t> indexes(const Json& list) {
    std::vector<std::size_t> all;
    for (const auto& value : list.get_array()) all.push_back(static_cast<std::size_t>(as_number(value)));
    return all;
}

TEST(Agreement, KappaEqualsScikitLearn) {
    const auto all = cases();
    ASSERT_EQ(operations::member(all, "kappa")->get_array().size(), 4);
    for (const auto& one : operations::member(all, "kappa")->get_array()) {
        const auto first = indexes(*operations::member(one, "first"));
        const auto second = indexes(*operations::member(one, "second"));
        const auto& name = operations::member(one, "name")->get_string();
        EXPECT_NEAR(cohen_kappa(first, second, Weights::none).value(), number(one, "none"), six_decimals) << name;
        EXPECT_NEAR(cohen_kappa(first, second, Weights::linear).value(), number(one, "linear"), six_decimals) << name;
        EXPECT_NEAR(cohen_kappa(first, second, Weights::quadratic).value(), number(one, "quadratic"), six_decimals)
            << name;
    }
}

TEST(Agreement, AlphaEqualsTheReferenceAndThePublishedFigures) {
    const auto all = cases();
    int published = 0;
    for (const auto& one : operations::member(all, "alpha")->get_array()) {
        std::vector<std::vector<std::size_t>> tasks;
        for (const auto& unit : operations::member(one, "units")->get_array()) tasks.push_back(indexes(unit));
        std::vector<double> values;
        for (const auto& value : operations::member(one, "values")->get_array()) values.push_back(as_number(value));
        const auto& name = operations::member(one, "name")->get_string();
        for (const auto& [scale, key] :
             {std::pair{Scale::nominal, "nominal"}, {Scale::ordinal, "ordinal"}, {Scale::interval, "interval"}}) {
            const auto alpha = krippendorff_alpha(tasks, values, scale).value();
            EXPECT_NEAR(alpha, number(one, key), six_decimals) << name << " " << key;
            if (const auto* figures = operations::member(one, "published")) {
                EXPECT_NEAR(alpha, number(*figures, key), 0.0005) << name << " " << key;
                ++published;
            }
        }
    }
    EXPECT_EQ(published, 3);
}

TEST(Agreement, WilsonEqualsStatsmodels) {
    const auto all = cases();
    for (const auto& one : operations::member(all, "wilson")->get_array()) {
        const auto interval = wilson_interval(static_cast<std::size_t>(number(one, "successes")),
                                              static_cast<std::size_t>(number(one, "trials")));
        EXPECT_NEAR(interval.low, number(one, "low"), six_decimals);
        EXPECT_NEAR(interval.high, number(one, "high"), six_decimals);
    }
}

TEST(Agreement, IsNotDefinedWhereNothingCouldDiffer) {
    const std::vector<std::size_t> same = {1, 1, 1}, none;
    EXPECT_FALSE(cohen_kappa(same, same, Weights::none));
    EXPECT_FALSE(cohen_kappa(none, none, Weights::linear));
    const std::vector<double> values = {0, 1};
    EXPECT_FALSE(krippendorff_alpha(std::vector<std::vector<std::size_t>>{{1, 1}, {1, 1}}, values, Scale::nominal));
    EXPECT_FALSE(krippendorff_alpha(std::vector<std::vector<std::size_t>>{{0}, {1}, {}}, values, Scale::nominal));
    EXPECT_DOUBLE_EQ(wilson_interval(0, 0).low, 0);
    EXPECT_DOUBLE_EQ(wilson_interval(0, 0).high, 1);
}

}  // namespace
}  // namespace suanpan::data::labels
