#include "areas/data/features/declaration.h"

#include <gtest/gtest.h>

#include <set>

#include "areas/data/features/features.h"

namespace suanpan::features {
namespace {

constexpr auto start = R"(owner: me
streams:
  - {name: orders, event_time: ordered_at, events: order_line, sql: SELECT * FROM data.order_line}
families:
)";

Result<Declarations> declare(const std::string& families) {
    Declarations declared;
    TRY(parse_features(declared, start + families, "own.yaml"));
    return resolve(std::move(declared));
}

std::string error_of(const std::string& families) {
    const auto declared = declare(families);
    return declared ? "" : declared.error().text();
}

std::string family(const std::string& feature) {
    return "  - entity: item\n    from: orders\n    windows: [7d, all]\n    features:\n      - " + feature + "\n";
}

TEST(FeatureDeclaration, AFamilyGivesAFeatureForEachWindow) {
    const auto declared = declare(
        family("{name: units, aggregate: sum(quantity), type: whole, unit: units, en: Units, zh: 件数}") +
        "  - entity: item\n    parameters: {least: 5}\n    features:\n"
        "      - {name: busy, sql: \"{units@7d} > {least}\", type: boolean, unit: yes or no, en: Busy, zh: 热销}\n");
    ASSERT_TRUE(declared) << declared.error().text();
    ASSERT_EQ(declared->features.size(), 3U);
    EXPECT_EQ(declared->features[0].name, "item_units_7d");
    EXPECT_EQ(declared->features[0].en, "Units, last 7 days");
    EXPECT_EQ(declared->features[1].name, "item_units");
    EXPECT_EQ(declared->features[2].sql, "item_units_7d > 5");
    EXPECT_EQ(declared->features[2].uses, std::vector<std::string>{"item_units_7d"});
    EXPECT_EQ(declared->streams.at("orders").tables, std::vector<std::string>{"data.order_line"});
}

TEST(FeatureDeclaration, AHashFollowsWhatAFeatureIsMadeOf) {
    const auto hashes = [](const std::string& sql) {
        const auto declared =
            declare(family("{name: units, aggregate: " + sql + ", type: whole, unit: units, en: Units, zh: 件数}") +
                    "  - entity: item\n    features:\n"
                    "      - {name: twice, sql: 2 * item_units_7d, type: whole, unit: units, en: Twice, zh: 两倍}\n");
        return std::pair(declared->find("item_units_7d")->hash, declared->find("item_twice")->hash);
    };
    EXPECT_EQ(hashes("sum(quantity)"), hashes("sum(quantity)"));
    EXPECT_NE(hashes("sum(quantity)").first, hashes("sum(quantity + 1)").first);
    EXPECT_NE(hashes("sum(quantity)").second, hashes("sum(quantity + 1)").second);
}

TEST(FeatureDeclaration, ErrorsSayFileLineAndWhatIsKnown) {
    const std::string rest = ", type: whole, unit: units, en: Units, zh: 件数}";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {family("{name: units, aggregate: median(quantity)" + rest),
         "own.yaml:9: \"median(quantity)\" is no aggregate; known are count(*)"},
        {family("{name: Units, aggregate: sum(quantity)" + rest), "own.yaml:9: \"Units\" is no name of a feature"},
        {family("{name: units, aggregat: sum(quantity)" + rest), "own.yaml:9: unknown key \"aggregat\"; a feature has"},
        {family("{name: units, aggregate: sum(quantity), type: money, unit: u, en: U, zh: 件}"),
         "own.yaml:9: \"money\" is no type; known are whole, real"},
        {family("{name: units, aggregate: sum(quantity), type: whole, unit: u, zh: 件}"),
         "own.yaml:9: a feature needs a unit"},
        {"  - entity: item\n    from: nowhere\n    features:\n      - {name: units, aggregate: sum(quantity)" + rest +
             "\n",
         "own.yaml:8: item_units counts from the stream nowhere, which is not declared; there are orders"},
        {"  - entity: items\n    features: []\n", "own.yaml:5: there is no entity \"items\"; there are item, customer"},
        {"  - entity: item\n    windows: [7w]\n    features: []\n",
         "own.yaml:6: \"7w\" is no window; a window is days"},
        {"  - entity: item\n    freshness: soon\n    features: []\n", "own.yaml:6: \"soon\" is no freshness"},
        {"  - entity: item\n    features:\n      - {name: a, sql: item_b" + rest + "\n",
         "own.yaml:7: item_a uses item_b, which is not declared"},
        {family("{name: a, aggregate: count(*)" + rest) +
             "  - entity: customer\n    features:\n      - {name: b, sql: item_a" + rest + "\n",
         "own.yaml:12: customer_b is of customer and uses item_a, which is of item"},
        {family("{name: a, aggregate: count(*)" + rest) + family("{name: a, aggregate: count(*)" + rest),
         "own.yaml:14: the feature item_a_7d is declared already, at own.yaml:9"},
        {"  - [", "own.yaml:5: not valid YAML"},
    };
    for (const auto& [families, expected] : cases)
        EXPECT_TRUE(error_of(families).starts_with(expected)) << error_of(families) << "\nexpected: " << expected;
}

TEST(FeatureDeclaration, ACycleIsNamedAlongItsWay) {
    const auto one = [](const std::string& name, const std::string& sql) {
        return "      - {name: " + name + ", sql: " + sql + ", type: real, unit: u, en: U, zh: 件}\n";
    };
    EXPECT_EQ(error_of("  - entity: item\n    features:\n" + one("a", "item_b + 1") + one("b", "item_c") +
                       one("c", "item_a")),
              "own.yaml:7: these features use each other in a circle: item_a -> item_b -> item_c -> item_a");
    EXPECT_TRUE(error_of("  - entity: item\n    features:\n" + one("a", "item_a")).contains("item_a -> item_a"));
}

TEST(FeatureDeclaration, NamesInQuotesAndCommentsAreNoUses) {
    const auto names = sql_names("a + 'item_b' -- item_c\n + /* item_d */ data.x \"item_e\"");
    EXPECT_EQ(names, (std::vector<std::string>{"a", "data.x"}));
}

TEST(FeatureDeclaration, TheReadyOnesAreManyAndDescribed) {
    const auto declared = ready_features();
    ASSERT_TRUE(declared) << declared.error().text();
    EXPECT_GE(declared->features.size(), 120U);
    std::set<std::string> texts;
    for (const auto& feature : declared->features)
        EXPECT_TRUE(texts.insert(std::string(name(feature.entity)) + feature.en).second) << feature.name;
    EXPECT_TRUE(catalogue_page(*declared).contains("`item_units_28d`"));
}

}  // namespace
}  // namespace suanpan::features
