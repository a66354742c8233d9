#include "areas/data/repeated_keys.h"

#include <gmock/gmock.h>

#include "areas/data/sources/test_shop.h"

namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RepeatedKeys : public SourceTest {
  protected:
    // The rows' numbers, by the definition: all but the last of each key.
    std::vector<std::string> expected(store::Connection& connection) {
        return numbers(connection.query(R"(
            SELECT CAST(number AS VARCHAR) FROM given
            QUALIFY row_number() OVER (PARTITION BY name, line ORDER BY number DESC) > 1 ORDER BY number)"));
    }
    std::vector<std::string> found(store::Connection& connection, const KeySearch& search) {
        const auto count = find_repeated_keys(connection, {"given", "name, line", "number"}, search);
        EXPECT_TRUE(count) << count.error().text();
        auto all = numbers(connection.query("SELECT CAST(number AS VARCHAR) FROM repeated ORDER BY number"));
        EXPECT_EQ(std::ssize(all), count.value_or(-1));
        return all;
    }
    static std::vector<std::string> numbers(const Result<store::Table>& table) {
        EXPECT_TRUE(table) << table.error().text();
        std::vector<std::string> all;
        for (std::size_t chunk = 0; table && chunk < table->chunks(); ++chunk)
            for (std::size_t row = 0; row < table->chunk_rows(chunk); ++row)
                all.emplace_back(table->text(chunk, 0, row));
        return all;
    }
};

// Hashes of 3 bits collide nearly always, the constant always, and parts of 50 rows are many.
const std::vector<KeySearch> searches = {{},
                                         {.rows_at_once = 50},
                                         {.hash = "hash({}) % 8"},
                                         {.rows_at_once = 50, .hash = "hash({}) % 8"},
                                         {.hash = "7::UBIGINT + 0 * hash({})"}};

TEST_F(RepeatedKeys, AreThoseOfTheDefinitionWhateverTheHash) {
    auto connection = shop->database().connect().value();
    for (const int keys : {3, 300, 100'000}) {
        ASSERT_TRUE(connection.run(fmt::format(R"(
            CREATE OR REPLACE TEMP TABLE given AS
            SELECT number, CASE WHEN hash(number, 1) % 11 > 0 THEN 'k' || hash(number, 2) % {0} END AS name,
                   CASE WHEN hash(number, 3) % 13 > 0 THEN hash(number, 4) % 4 END AS line
            FROM range(3000) AS t(number))",
                                               keys)));
        const auto numbers = expected(connection);
        EXPECT_GT(numbers.size(), 0);  // NULL equals NULL at least
        for (const auto& search : searches)
            EXPECT_EQ(found(connection, search), numbers) << keys << " " << search.hash << " " << search.rows_at_once;
    }
}

TEST_F(RepeatedKeys, AreNoneWhereOnlyHashesRepeat) {
    auto connection = shop->database().connect().value();
    ASSERT_TRUE(
        connection.run("CREATE OR REPLACE TEMP TABLE given AS SELECT number, 'k' || number // 4 AS name, "
                       "number % 4 AS line FROM range(1000) AS t(number)"));
    for (const auto& search : searches) EXPECT_THAT(found(connection, search), ElementsAre());
}

const std::string offered =
    "sku,name,price,listed\nA1,one,1,\nA2,two,2,\nA1,three,3,\nA3,four,x,\nA1,five,5,\nA2,six,6,\n";

TEST_F(RepeatedKeys, TheLastRowCountsInAnEmptyShopAndInAFullOne) {
    for (const auto* name : {"items.csv", "items-again.csv"}) {
        const auto text = offered + "B,\"in " + name + "\",1,\n";
        const auto report = load(name, text);
        ASSERT_TRUE(report) << report.error().text();
        const bool first = std::string_view(name) == "items.csv";
        EXPECT_EQ(report->loaded, first ? 3 : 1);
        EXPECT_EQ(report->unchanged, first ? 0 : 2);
        EXPECT_EQ(report->quarantined, 4);
        EXPECT_THAT(item_rows(), ElementsAre("6|A1|five|500", "7|A2|six|600", HasSubstr("8|B|in items")));
        EXPECT_EQ(rows("SELECT source_line FROM data.quarantine WHERE rule = 'repeated key' AND load_id = "
                       "(SELECT max(load_id) FROM data.load) ORDER BY ALL"),
                  (std::vector<std::string>{"2", "3", "4"}));
    }
}

}  // namespace
}  // namespace suanpan::data
