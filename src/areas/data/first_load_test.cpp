#include "areas/data/first_load.h"

#include <fmt/format.h>

#include <vector>

#include "areas/data/data_fixture.h"
#include "areas/data/key_marks.h"

namespace suanpan::data {
namespace {

constexpr auto yaml = R"(
shop: {name: Test, currency: GBP, time_zone: Europe/London, language: en}
sources:
  - name: lines
    file: "*.csv"
    into:
      - table: order_lines
        fields: {order_id: o, line: l, item_id: i, title: t, ordered_at: d, quantity: q, unit_price: p}
        rules:
          - {name: no price, when: unit_price <= 0}
          - {name: upper case, when: source.i != upper(source.i), action: mended}
)";

class FirstLoad : public DataFixture {
  protected:
    // Faults, mends and keys that come twice, now and then.
    static std::string lines() {
        std::string text = "o,l,i,t,d,q,p\n";
        for (int row = 0; row < 6000; ++row)
            text += fmt::format("{},{},{}{},title {},2025-03-{:02} 08:00:00,{},{}\n", row % 97 == 5 ? 7 : row / 3,
                                row % 3, row % 11 == 0 ? "a" : "A", row % 40, row % 7, 1 + row % 28,
                                row % 101 == 0 ? "x" : "2", row % 103 == 0 ? "0" : "1.50");
        return text;
    }
    // What the shop has of lines.csv.
    std::vector<std::string> kept() {
        const std::string of_file = "load_id = (SELECT max(load_id) FROM data.load)";
        std::vector<std::string> found;
        for (const auto& from :
             std::vector<std::string>{"(SELECT * EXCLUDE (load_id) FROM data.order_line WHERE " + of_file + ")",
                                      "(SELECT * EXCLUDE (load_id) FROM data.quarantine WHERE " + of_file + ")",
                                      "(SELECT * EXCLUDE (load_id) FROM data.mend WHERE " + of_file + ")",
                                      "(SELECT * EXCLUDE (load_id) FROM data.item WHERE item_id <> 'OTHER')"})
            found.push_back(
                text("SELECT count(*) || ' ' || md5(string_agg(r, chr(10) ORDER BY r)) FROM "
                     "(SELECT CAST(x AS VARCHAR) AS r FROM " +
                     from + " AS x)"));
        return found;
    }
};

TEST_F(FirstLoad, KeepsWhatLoadingBesideOtherRowsKeeps) {
    use(yaml);
    const auto first = load("lines.csv", lines());
    ASSERT_TRUE(first) << first.error().text();
    const auto straight = kept();
    TearDown();
    SetUp();
    use(yaml);
    ASSERT_TRUE(load("other.csv", "o,l,i,t,d,q,p\nz,1,OTHER,other,2025-03-01 08:00:00,1,1\n"));
    const auto second = load("lines.csv", lines());
    ASSERT_TRUE(second) << second.error().text();
    EXPECT_EQ(straight, kept());
    EXPECT_EQ(first->loaded, second->loaded);
    EXPECT_EQ(first->mended, second->mended);
    EXPECT_EQ(first->quarantined, second->quarantined);
    EXPECT_EQ(first->read, first->loaded + first->quarantined);
    EXPECT_GT(count("SELECT count(*) FROM data.quarantine WHERE rule = 'repeated key'"), 50);
    EXPECT_GT(count("SELECT count(*) FROM data.quarantine WHERE rule = 'no price'"), 50);
    EXPECT_GT(first->mended, 500);
}

TEST_F(FirstLoad, CountsMoreMendingRulesThanABitEach) {
    std::string rules;
    for (int rule = 0; rule < 70; ++rule)
        rules += fmt::format("          - {{name: mend {}, when: source.q = '{}', action: mended}}\n", rule, rule);
    const std::string all = yaml;
    use(all.substr(0, all.find("          - ")) + rules);
    const auto report =
        load("lines.csv", "o,l,i,t,d,q,p\n1,1,A,a,2025-03-01 08:00:00,65,1\n1,2,A,a,2025-03-01 08:00:00,3,1\n");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->mended, 2);
    EXPECT_EQ(text("SELECT string_agg(rule, ', ' ORDER BY rule) FROM data.mend"), "mend 3, mend 65");
}

TEST(KeyMarks, TellEveryRepeatedKeyAndFewOthers) {
    KeyMarks marks(10'000);
    std::uint64_t hash = 1;
    int told = 0;
    const auto next = [&] { return hash = hash * 6364136223846793005 + 1442695040888963407, hash >> 8; };
    std::vector<std::uint64_t> keys(10'000);
    for (auto& key : keys) told += marks.mark(key = next());
    EXPECT_LT(told, 500);  // a fortieth is expected
    for (const auto key : keys) EXPECT_TRUE(marks.mark(key));
}

}  // namespace
}  // namespace suanpan::data
