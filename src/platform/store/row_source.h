#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::store {

// Where a row source puts a chunk's cells. Only the columns that the statement reads have a place.
class ChunkWriter {
  public:
    struct State;
    explicit ChunkWriter(State& state) : state_(state) {}

    // Columns of the source, in ascending order, each with its place.
    struct Wanted {
        std::size_t column = 0, place = 0;
    };
    [[nodiscard]] const std::vector<Wanted>& wanted() const;

    void put_whole(std::size_t place, std::size_t row, std::int64_t value);
    void put_text(std::size_t place, std::size_t row, std::string_view text);     // copies; must be UTF-8
    void put_lasting(std::size_t place, std::size_t row, std::string_view text);  // lives as long as the source
    void put_null(std::size_t place, std::size_t row);
    void put_numbers(std::size_t place, std::size_t row, std::span<const float> numbers);  // rows in ascending order

  private:
    State& state_;
};

// Rows that the program makes while a statement reads them, by several threads at once and in no particular order.
class RowSource {
  public:
    struct Column {
        std::string name;
        enum class Kind { whole, text, numbers } kind = Kind::text;
    };
    static constexpr std::size_t chunk_rows = 2048;  // the most rows of a chunk

    RowSource() = default;
    RowSource(const RowSource&) = delete;
    RowSource& operator=(const RowSource&) = delete;
    virtual ~RowSource() = default;

    [[nodiscard]] virtual const std::vector<Column>& columns() const = 0;
    [[nodiscard]] virtual std::size_t chunks() const = 0;
    // Writes the chunk's rows and returns how many they are. An error ends the statement with its sentence.
    [[nodiscard]] virtual Result<std::size_t> fill(std::size_t chunk, ChunkWriter& to) const = 0;
};

// While it lives, statements read the source as `FROM offered_rows(?)` with its number.
class Offer {
  public:
    Offer(std::int64_t number, std::function<void()> withdraw) : number_(number), withdraw_(std::move(withdraw)) {}
    Offer(Offer&& other) noexcept : number_(other.number_), withdraw_(std::exchange(other.withdraw_, nullptr)) {}
    Offer& operator=(Offer&&) = delete;
    ~Offer() {
        if (withdraw_) withdraw_();
    }
    [[nodiscard]] std::int64_t number() const { return number_; }

  private:
    std::int64_t number_;
    std::function<void()> withdraw_;
};

}  // namespace suanpan::store
