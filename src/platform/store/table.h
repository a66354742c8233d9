#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace suanpan::store {

enum class Type { boolean, int32, int64, real, text, day, instant, real_list, other };

// The result of a query, by columns, in chunks of at most 2,048 rows as DuckDB made them. Spans point into the result
// and live as long as it does: nothing is copied until somebody asks for a string.
class Table {
  public:
    struct State;
    explicit Table(std::unique_ptr<State> state);
    Table(Table&&) noexcept;
    Table& operator=(Table&&) noexcept;
    ~Table();

    [[nodiscard]] std::size_t rows() const;
    [[nodiscard]] std::size_t columns() const;
    [[nodiscard]] std::size_t chunks() const;
    [[nodiscard]] std::size_t chunk_rows(std::size_t chunk) const;
    [[nodiscard]] std::int64_t changed() const;  // rows inserted, updated or deleted
    [[nodiscard]] const std::string& name(std::size_t column) const;
    [[nodiscard]] Type type(std::size_t column) const;
    [[nodiscard]] const std::string& type_name(std::size_t column) const;  // DuckDB's, for messages
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

    // T is bool, std::int32_t, std::int64_t or double and must be the column's own type; days and instants are the
    // int32 days and int64 microseconds since 1970.
    template <class T>
    [[nodiscard]] std::span<const T> values(std::size_t chunk, std::size_t column) const {
        return {static_cast<const T*>(data(chunk, column)), chunk_rows(chunk)};
    }
    [[nodiscard]] bool is_null(std::size_t chunk, std::size_t column, std::size_t row) const;
    [[nodiscard]] std::string_view text(std::size_t chunk, std::size_t column, std::size_t row) const;
    [[nodiscard]] std::span<const double> list(std::size_t chunk, std::size_t column, std::size_t row) const;

    // One whole column, copied together; nulls are the given value.
    [[nodiscard]] std::vector<double> reals(std::size_t column, double null_value) const;

  private:
    [[nodiscard]] const void* data(std::size_t chunk, std::size_t column) const;
    std::unique_ptr<State> state_;
};

}  // namespace suanpan::store
