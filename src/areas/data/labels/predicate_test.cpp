#include "areas/data/labels/predicate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "platform/store/database.h"

namespace suanpan::data::labels {
namespace {

std::string parsed(std::string_view text) {
    const auto read = parse_predicate(text, {});
    return read ? "accepted: " + read->sql : read.error().message;
}

TEST(Predicate, BindsEveryValueAndQuotesEveryColumn) {
    const std::vector<std::string> given = {"toys"};
    const auto read = parse_predicate("rating<=2 and (contains(lower(text),'it''s') or \"Kind\" = ?)", given).value();
    EXPECT_EQ(read.sql, "(\"rating\" <= ? AND (contains(lower(\"text\" ) , ? ) OR \"Kind\" = ? ) )");
    EXPECT_THAT(read.columns, testing::ElementsAre("rating", "text", "Kind"));
    ASSERT_EQ(read.values.size(), 3);
    EXPECT_EQ(std::get<std::int64_t>(read.values[0]), 2);
    EXPECT_EQ(std::get<std::string>(read.values[1]), "it's");
    EXPECT_EQ(std::get<std::string>(read.values[2]), "toys");
}

TEST(Predicate, SelectsInTheStoreWhatItSays) {
    const auto file = std::filesystem::temp_directory_path() / fmt::format("suanpan-predicate-{}.duckdb", ::getpid());
    {
        auto database = store::Database::open(file).value();
        auto connection = database->connect().value();
        ASSERT_TRUE(
            connection.run("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'Apple', '2.5'), (2, 'pear', 'x'), "
                           "(3, NULL, '10')) AS v(id, 名称, weight)"));
        auto sum = [&](std::string_view text) {
            const auto read = parse_predicate(text, {}).value();
            const auto table =
                connection.query_values("SELECT coalesce(sum(id), 0)::BIGINT FROM t WHERE " + read.sql, read.values);
            return table ? table->values<std::int64_t>(0, 0)[0] : -1;
        };
        EXPECT_EQ(sum("lower(名称) = 'apple'"), 1);
        EXPECT_EQ(sum("number(weight) > 2.4"), 4);
        EXPECT_EQ(sum("名称 IS NULL OR id in (2)"), 5);
        EXPECT_EQ(sum("id between 2 and 3 and not 名称 like 'p%'"), 0);
        EXPECT_EQ(sum("regexp_matches(名称, '^[Pp]')"), 2);
        EXPECT_EQ(sum("id * 2 - 1 >= 3 and 名称 || '!' != 'pear!'"), 0);
        EXPECT_EQ(sum("true"), 6);
        EXPECT_EQ(sum("id ="), -1);
    }
    std::filesystem::remove(file);
}

TEST(Predicate, HasNoWayOutOfTheWhere) {
    EXPECT_EQ(parsed("1=1; DROP TABLE x"), "\";\" has no meaning in a condition (at character 4 of the condition)");
    EXPECT_EQ(parsed("id IN (SELECT id FROM keys)"), "accepted: (\"id\" IN (\"SELECT\" \"id\" \"FROM\" \"keys\" ) )")
        << "words are columns, never SQL";
    EXPECT_EQ(parsed("read_text('/etc/passwd') = ''"),
              "\"read_text\" is not a function that conditions may use (at character 1 of the condition)");
    EXPECT_EQ(parsed("a = 1 -- b"), "conditions have no comments (at character 7 of the condition)");
    EXPECT_EQ(parsed("a = /* */ 1"), "conditions have no comments (at character 5 of the condition)");
    EXPECT_EQ(parsed("a = 1) OR (1 = 1"), "a parenthesis closes that was not opened (at character 6 of the condition)");
    EXPECT_EQ(parsed("(a = 1"), "a parenthesis is not closed (at character 7 of the condition)");
    EXPECT_EQ(parsed("a = 'x"), "a quotation is not closed (at character 5 of the condition)");
    EXPECT_EQ(parsed("a = ?"),
              "there is no value for this question mark; 0 are given (at character 5 of the condition)");
    EXPECT_EQ(parsed("  "), "the condition is empty (at character 1 of the condition)");
    EXPECT_EQ(parsed("a = '\xFF'"), "the condition is not UTF-8 (at character 1 of the condition)");
    EXPECT_EQ(parsed("a = $1"), "\"$\" has no meaning in a condition (at character 5 of the condition)");
    EXPECT_TRUE(parsed(std::string(100, '(')).starts_with("parentheses are nested too deeply"));
    EXPECT_TRUE(parsed(std::string(5000, 'a')).starts_with("the condition is too long"));
    EXPECT_EQ(parse_predicate("true", std::vector<std::string>{"x"}).error().message,
              "1 values are given for 0 question marks (at character 5 of the condition)");
}

}  // namespace
}  // namespace suanpan::data::labels
