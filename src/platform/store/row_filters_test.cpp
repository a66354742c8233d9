#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "platform/store/database.h"

namespace suanpan::store {
namespace {

// Lets pairs pass whose second number is twice the first, and counts what it was asked.
class Doubles : public RowFilter {
  public:
    void judge(Columns columns, std::span<bool> passes) override {
        asked += passes.size();
        for (std::size_t i = 0; i < passes.size(); ++i) passes[i] = columns[1][i] == 2 * columns[0][i];
    }
    std::atomic<std::size_t> asked = 0;
};

class RowFiltersTest : public testing::Test {
  protected:
    std::unique_ptr<Database> database = Database::open(":memory:").value();
    Connection connection = database->connect().value();
    std::shared_ptr<Doubles> doubles = std::make_shared<Doubles>();
};

TEST_F(RowFiltersTest, EachRowIsAskedOnceThoughItsNumbersAreWrittenToo) {
    const auto offer = connection.offer(doubles);
    const auto sum = connection.count(R"(
        SELECT sum(a + b)::BIGINT
        FROM (SELECT *, passes(?, a, b) AS kept FROM (SELECT i AS a, CASE WHEN i % 4 = 0 THEN 2 * i ELSE -1 END AS b FROM range(100000) AS t(i)))
        WHERE kept)",
                                      offer.number());
    ASSERT_TRUE(sum) << sum.error().text();
    EXPECT_EQ(*sum, 3 * 4 * (24'999LL * 25'000 / 2));
    EXPECT_EQ(doubles->asked, 100'000);
}

TEST_F(RowFiltersTest, WhatIsWithdrawnIsGone) {
    std::int64_t number = 0;
    {
        const auto offer = connection.offer(doubles);
        number = offer.number();
    }
    const auto count = connection.count("SELECT count(*) FROM range(3) AS t(i) WHERE passes(?, i, i)", number);
    ASSERT_FALSE(count);
    EXPECT_TRUE(count.error().message.contains("this filter of rows is not there")) << count.error().message;
}

}  // namespace
}  // namespace suanpan::store
