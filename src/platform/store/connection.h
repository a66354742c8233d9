#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/store/row_filter.h"
#include "platform/store/row_source.h"
#include "platform/store/rows.h"
#include "platform/store/table.h"

namespace suanpan::store {

// A value bound to a `?` of a statement. Values are always bound, never pasted into the text.
using Value = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Day, Instant>;

template <class T>
Value to_value(const T& value) {
    if constexpr (IsOptional<T>::value)
        return value ? to_value(*value) : Value(nullptr);
    else if constexpr (std::is_same_v<T, bool>)
        return value;
    else if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_floating_point_v<T>)
        return static_cast<double>(value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        return std::string(std::string_view(value));
    else
        return value;
}

// One connection to the shop's database; used by one thread at a time. Prepared statements are kept by their text.
class Connection {
  public:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    // One statement with its values. Errors carry DuckDB's sentence; a full disk is no_space, a conflicting write
    // conflict, a rule of the schema that does not hold invalid_argument.
    [[nodiscard]] Result<Table> query_values(std::string_view sql, std::span<const Value> values);

    template <class... Values>
    [[nodiscard]] Result<Table> query(std::string_view sql, const Values&... values) {
        const std::array<Value, sizeof...(Values)> bound{to_value(values)...};
        return query_values(sql, bound);
    }

    // Several statements without values, such as a schema.
    [[nodiscard]] Result<> run(std::string_view script);

    // Rows as structs: columns meet fields by name, every field needs its column.
    template <class Row, class... Values>
    [[nodiscard]] Result<std::vector<Row>> rows(std::string_view sql, const Values&... values) {
        const auto table = TRY(query(sql, values...));
        return read_rows<Row>(table);
    }

    // The only row; not_found where there is none.
    template <class Row, class... Values>
    [[nodiscard]] Result<Row> row(std::string_view sql, const Values&... values) {
        auto all = TRY((rows<Row>(sql, values...)));
        if (all.empty()) return fail(ErrorCode::not_found, "no such row");
        return std::move(all.front());
    }

    // A single number, such as a count.
    template <class... Values>
    [[nodiscard]] Result<std::int64_t> count(std::string_view sql, const Values&... values) {
        const Table table = TRY(query(sql, values...));
        if (table.rows() != 1 || table.type(0) != Type::int64)
            return fail(ErrorCode::internal, "the statement does not give one BIGINT", std::string(sql));
        return table.values<std::int64_t>(0, 0)[0];
    }

    // Structs as rows, by DuckDB's appender: fields meet the table's columns by name.
    template <class Row>
    [[nodiscard]] Result<> append(std::string_view schema, std::string_view table, std::span<const Row> rows) {
        return append_rows(schema, table, row_fields<Row>(), {rows.data(), rows.size(), sizeof(Row)});
    }

    // Lets statements of this database read the source as `FROM offered_rows(?)` with the offer's number.
    [[nodiscard]] Offer offer(std::shared_ptr<const RowSource> source);
    // Lets them ask the filter as `WHERE passes(?, …)` with the offer's number and whole numbers that are never NULL.
    [[nodiscard]] Offer offer(std::shared_ptr<RowFilter> filter);

    void interrupt();  // from another thread: the running statement ends with an error

  private:
    struct StoredRows {
        const void* first;
        std::size_t count, size;  // bytes from a row to the next
    };
    [[nodiscard]] Result<> append_rows(std::string_view schema, std::string_view table,
                                       std::span<const RowField> fields, const StoredRows& rows);

    std::unique_ptr<State> state_;
};

}  // namespace suanpan::store
