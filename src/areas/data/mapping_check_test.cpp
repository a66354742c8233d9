#include "areas/data/mapping_check.h"

#include <fmt/format.h>

#include "areas/data/data_fixture.h"

namespace suanpan::data {
namespace {

// Line 9 has the fields, line 10 the rule.
std::string mapping_with(std::string_view quantity, std::string_view rule = "quantity > 100",
                         std::string_view when = "true") {
    return fmt::format(R"(
shop: {{name: Test, currency: GBP, time_zone: UTC}}
sources:
  - name: orders
    file: "orders*"
    into:
      - table: order_lines
        when: {}
        fields: {{order_id: no, item_id: sku, quantity: "{}", unit_price: price, ordered_at: placed}}
        rules: [{{name: many, when: "{}"}}]
)",
                       when, quantity, rule);
}

class MappingCheckTest : public DataFixture {
  protected:
    // "PLACE WHERE" of each problem that is found without a file.
    std::string problems(const std::string& yaml) {
        use(yaml);
        auto connection = shop->database().connect().value();
        const auto found = check_mapping(connection, mapping);
        EXPECT_TRUE(found) << found.error().text();
        std::string all;
        for (const auto& problem : *found) all += fmt::format("{} {}; ", problem.place, problem.where);
        return all;
    }
};

// The rows of the file have a quote that nothing closes, which is told where they are read.
TEST_F(MappingCheckTest, AnUnknownColumnIsToldBeforeAnyRowIsRead) {
    const std::string file = "no,sku,quantity,price,placed\n1,A,\"2,1.00,2011-01-01 10:00:00\n";
    use(mapping_with("quantty * 2"));
    const auto refused = load("orders.csv", file);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(refused.error().about, "mapping.yaml:9, source orders, order_lines.quantity");
    EXPECT_TRUE(refused.error().message.starts_with("\"quantty * 2\" does not fit orders.csv: Binder Error: "))
        << refused.error().message;
    EXPECT_TRUE(refused.error().message.ends_with("; the file has the columns no, sku, quantity, price, placed"));
    EXPECT_FALSE(refused.error().message.contains('\n'));
    use(mapping_with("quantity"));
    EXPECT_TRUE(load("orders.csv", file).error().message.contains("has a quote that nothing closes"));
    EXPECT_EQ(count("SELECT count(*) FROM data.load"), 0);
}

TEST_F(MappingCheckTest, SoIsOneThatOnlyTheConditionOrARuleNames) {
    const std::string file = "no,sku,quantity,price,placed\n1,A,2,1.00,2011-01-01 10:00:00\n";
    use(mapping_with("quantity", "quantity > 100", "kind = 'sale'"));
    EXPECT_EQ(load("orders.csv", file).error().about, "mapping.yaml:8, source orders, order_lines.when");
    use(mapping_with("quantity", "weight > 100"));
    EXPECT_EQ(load("orders.csv", file).error().about, "mapping.yaml:10, source orders, order_lines, rule many");
    use(mapping_with("quantity"));
    ASSERT_TRUE(load("orders.csv", file));
}

TEST_F(MappingCheckTest, WithoutAFileUnknownFunctionsAreFoundAndColumnsBelieved) {
    EXPECT_EQ(problems(mapping_with("\\\"Any Column\\\" || any_other")), "");
    EXPECT_EQ(problems(mapping_with("nosuchfunction(quantity)")), "mapping.yaml:9 order_lines.quantity; ");
    EXPECT_EQ(problems(mapping_with("quantity", "nosuchfunction(quantity)")),
              "mapping.yaml:10 order_lines, rule many; ");
    EXPECT_EQ(problems(mapping_with("quantity", "quantity > 100", "nosuchfunction(kind)")),
              "mapping.yaml:8 order_lines.when; ");
    EXPECT_EQ(problems(mapping_with("sum(CAST(quantity AS BIGINT))")), "mapping.yaml:9 order_lines.quantity; ");
    EXPECT_EQ(problems(mapping_with("(SELECT any_value(t.title) FROM data.item AS t WHERE t.item_id = sku)")), "");
    EXPECT_EQ(problems(mapping_with("quantity +")), "mapping.yaml:9 order_lines.quantity; ");
}

TEST_F(MappingCheckTest, AColumnNamedByAWordOfSqlIsToldToBeQuoted) {
    use(mapping_with("order"));
    const auto file = "no,sku,order,price,placed\n1,A,2,1.00,2011-01-01 10:00:00\n";
    const auto refused = load("orders.csv", file);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.contains("a column whose name is a word of SQL is written '\"order\"'"))
        << refused.error().message;
    use(mapping_with("\\\"order\\\""));
    EXPECT_TRUE(load("orders.csv", file));
}

TEST_F(MappingCheckTest, AMappingWithAnUnknownFunctionIsNotPutInPlace) {
    use(mapping_with("quantity"));
    std::ofstream(folder / "new.yaml") << mapping_with("nosuchfunction(quantity)");
    const auto refused =
        call("data.replace_mapping", fmt::format(R"({{"file":"{}"}})", (folder / "new.yaml").string()));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().about.ends_with("new.yaml:9, source orders, order_lines.quantity"));
    EXPECT_TRUE(refused.error().message.starts_with("\"nosuchfunction(quantity)\" cannot be computed: "));
    EXPECT_TRUE(refused.error().message.ends_with("; nothing was changed")) << refused.error().message;
    EXPECT_FALSE(call("data.mapping", "{}")->contains("nosuchfunction"));
}

}  // namespace
}  // namespace suanpan::data
