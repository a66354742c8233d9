#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "platform/store/database.h"

namespace suanpan::store {
namespace {

// Numbers below 5,000 with their texts; the second chunk is empty, every seventh text is null.
class Numbers : public RowSource {
  public:
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return 4; }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, ChunkWriter& to) const override {
        if (chunk == broken) return fail(ErrorCode::io, "the numbers ran out");
        if (chunk == 1) return 0;
        const auto first = (chunk == 0 ? 0 : chunk - 1) * chunk_rows, count = std::min(chunk_rows, 5000 - first);
        for (std::size_t row = 0; row < count; ++row)
            for (const auto& [column, place] : to.wanted()) put(to, {column, place}, row, first + row);
        return count;
    }
    std::size_t broken = 99;

  private:
    static void put(ChunkWriter& to, const ChunkWriter::Wanted& where, std::size_t row, std::size_t number) {
        if (where.column == 0)
            to.put_whole(where.place, row, static_cast<std::int64_t>(number));
        else if (where.column == 3)
            put_list(to, where.place, row, number);
        else if (number % 7 == 0)
            to.put_null(where.place, row);
        else if (where.column == 1)
            to.put_text(where.place, row, "number " + std::to_string(number));
        else
            to.put_lasting(where.place, row, number % 2 == 0 ? "short" : "longer than twelve");
    }
    // As many times its own number as its last digit says.
    static void put_list(ChunkWriter& to, std::size_t place, std::size_t row, std::size_t number) {
        to.put_numbers(place, row, std::vector<float>(number % 10, static_cast<float>(number)));
    }
    std::vector<Column> columns_ = {
        {"number", Column::Kind::whole}, {"text"}, {"lasting"}, {"list", Column::Kind::numbers}};
};

class OffersTest : public testing::Test {
  protected:
    std::unique_ptr<Database> database = Database::open(":memory:").value();
    Connection connection = database->connect().value();
    std::shared_ptr<Numbers> numbers = std::make_shared<Numbers>();
};

TEST_F(OffersTest, StatementsReadTheRows) {
    const auto offer = connection.offer(numbers);
    const auto number = offer.number();
    EXPECT_EQ(connection.count("SELECT count(*) FROM offered_rows(?)", number).value(), 5000);
    EXPECT_EQ(connection.count("SELECT sum(number)::BIGINT FROM offered_rows(?)", number).value(), 4999 * 2500);
    EXPECT_EQ(connection.count("SELECT count(text) FROM offered_rows(?)", number).value(), 5000 - 715);
    EXPECT_EQ(connection
                  .count("SELECT count(*) FROM offered_rows(?) WHERE text = 'number ' || number AND lasting = "
                         "CASE WHEN number % 2 = 0 THEN 'short' ELSE 'longer than twelve' END",
                         number)
                  .value(),
              5000 - 715);
}

TEST_F(OffersTest, ListsOfNumbersHaveTheirOwnLengths) {
    const auto offer = connection.offer(numbers);
    EXPECT_EQ(connection
                  .count("SELECT count(*) FROM offered_rows(?) WHERE len(list) = number % 10 AND "
                         "coalesce(list_sum(list), 0) = number * (number % 10)",
                         offer.number())
                  .value(),
              5000);
}

TEST_F(OffersTest, AnErrorOfTheSourceEndsTheStatement) {
    numbers->broken = 2;
    const auto offer = connection.offer(numbers);
    const auto count = connection.count("SELECT sum(number)::BIGINT FROM offered_rows(?)", offer.number());
    ASSERT_FALSE(count);
    EXPECT_TRUE(count.error().message.contains("the numbers ran out")) << count.error().message;
}

TEST_F(OffersTest, WhatIsWithdrawnIsGone) {
    std::weak_ptr<Numbers> kept = numbers;
    std::int64_t number = 0;
    {
        const auto offer = connection.offer(std::exchange(numbers, nullptr));
        number = offer.number();
        EXPECT_TRUE(connection.count("SELECT count(*) FROM offered_rows(?)", number));
    }
    EXPECT_TRUE(kept.expired());
    const auto count = connection.count("SELECT count(*) FROM offered_rows(?)", number);
    ASSERT_FALSE(count);
    EXPECT_TRUE(count.error().message.contains("these rows are not offered")) << count.error().message;
}

}  // namespace
}  // namespace suanpan::store
