#include "areas/selection/sheet.h"

#include <gmock/gmock.h>

namespace suanpan::selection {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Sheet sheet{.title = "selection",
                  .decimals = 2,
                  .columns = {"as of", "title", "profit"},
                  .rows = {{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1), "=1+2", Amount{1234.5}},
                           {std::monostate{}, "红色, \"大\"", -3.0}}};

TEST(Sheet, NeutralisesFormulas) {
    for (const char* text : {"=1", "+1", "-1", "@SUM(A1)", "\t=1"}) EXPECT_THAT(harmless(text), StartsWith("'"));
    EXPECT_EQ(harmless("LAMP = RED"), "LAMP = RED");
}

TEST(Sheet, IsCsvThatASpreadsheetReads) {
    EXPECT_EQ(to_csv(sheet),
              "\xEF\xBB\xBF"
              "as of,title,profit\r\n2026-03-01,'=1+2,1234.50\r\n,\"红色, \"\"大\"\"\",-3\r\n");
}

TEST(Sheet, IsAWorkbookOfAnySizeOfText) {
    auto large = sheet;
    large.rows[0][1] = std::string(100'000, 'x');
    const auto bytes = to_xlsx(large);
    ASSERT_TRUE(bytes) << bytes.error().text();
    EXPECT_THAT(*bytes, StartsWith("PK"));
    EXPECT_THAT(*bytes, HasSubstr("xl/worksheets/sheet1.xml"));
    EXPECT_TRUE(to_xlsx({.title = "empty"}));
}

}  // namespace
}  // namespace suanpan::selection
