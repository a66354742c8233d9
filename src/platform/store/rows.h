#pragma once

#include <array>
#include <glaze/reflection/to_tuple.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/base/result.h"
#include "platform/store/table.h"

// Structs in, structs out. A row type is an aggregate whose fields are bool, int32, int64, double, std::string, Day,
// Instant, std::vector<double> or an optional of one of them.
namespace suanpan::store {

// A row's fields and their names, by what compilers call the address of a field of a row that is never made. (The
// library's own way needs types with linkage; rows are often types of one file.)
template <class Row>
constexpr std::size_t field_count = glz::detail::count_members<Row>;

template <std::size_t Index, class Row>
constexpr auto& field_of(Row& row) {
    return glz::get<Index>(glz::to_tie(row));
}

namespace detail {

template <class Row>
union Unmade {
    char nothing{};
    Row row;
    constexpr Unmade() {}
    constexpr ~Unmade() {}
};
template <class Row>
constexpr Unmade<Row> unmade;

template <auto* Field>
consteval const char* written() {
    return __PRETTY_FUNCTION__;  // "… [with auto* Field = (& unmade<Row>.Unmade<Row>::row.Row::name)]", or
                                 // "….row.name]"
}

template <class Row, std::size_t Index>
consteval std::string_view field_name() {
    std::string_view text = written<&field_of<Index>(unmade<Row>.row)>();
    text.remove_suffix(text.size() - 1 - text.find_last_not_of(")]"));
    return text.substr(text.find_last_of(".:") + 1);
}

}  // namespace detail

template <class Row>
constexpr auto field_names = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{detail::field_name<Row, I>()...};
}(std::make_index_sequence<field_count<Row>>{});

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

struct Cell {
    const Table& table;
    std::size_t chunk, column, row;

    template <class T>
    [[nodiscard]] T value() const {
        return table.values<T>(chunk, column)[row];
    }
};

namespace detail {

[[nodiscard]] std::unexpected<Error> no_column(std::string_view name);
[[nodiscard]] std::unexpected<Error> does_not_fit(std::string_view name, std::string_view type);
[[nodiscard]] std::unexpected<Error> unexpected_null(std::string_view name);

template <class T>
constexpr bool fits(Type type) {
    if constexpr (IsOptional<T>::value) return fits<typename T::value_type>(type);
    if constexpr (std::is_same_v<T, bool>) return type == Type::boolean;
    if constexpr (std::is_same_v<T, std::int32_t>) return type == Type::int32;
    if constexpr (std::is_same_v<T, std::int64_t>) return type == Type::int64 || type == Type::int32;
    if constexpr (std::is_same_v<T, double>) return type == Type::real || type == Type::int64 || type == Type::int32;
    if constexpr (std::is_same_v<T, std::string>) return type == Type::text;
    if constexpr (std::is_same_v<T, Day>) return type == Type::day;
    if constexpr (std::is_same_v<T, Instant>) return type == Type::instant;
    if constexpr (std::is_same_v<T, std::vector<double>>) return type == Type::real_list;
    return false;
}

template <class T>
T number(const Cell& cell) {
    switch (cell.table.type(cell.column)) {
        case Type::int32:
            return static_cast<T>(cell.value<std::int32_t>());
        case Type::int64:
            return static_cast<T>(cell.value<std::int64_t>());
        default:
            return static_cast<T>(cell.value<double>());
    }
}

template <class T>
void read_cell(const Cell& cell, T& field) {
    if constexpr (IsOptional<T>::value) {
        if (cell.table.is_null(cell.chunk, cell.column, cell.row))
            field.reset();
        else
            read_cell(cell, field.emplace());
    } else if constexpr (std::is_same_v<T, bool>) {
        field = cell.value<bool>();
    } else if constexpr (std::is_arithmetic_v<T>) {
        field = number<T>(cell);
    } else if constexpr (std::is_same_v<T, std::string>) {
        field = cell.table.text(cell.chunk, cell.column, cell.row);
    } else if constexpr (std::is_same_v<T, Day>) {
        field = Day(Days(cell.value<std::int32_t>()));
    } else if constexpr (std::is_same_v<T, Instant>) {
        field = Instant(std::chrono::microseconds(cell.value<std::int64_t>()));
    } else {
        const auto list = cell.table.list(cell.chunk, cell.column, cell.row);
        field.assign(list.begin(), list.end());
    }
}

template <class T>
Result<std::size_t> find_column(const Table& table, std::string_view name) {
    const auto column = table.find(name);
    if (!column) return no_column(name);
    if (!fits<T>(table.type(*column))) return does_not_fit(name, table.type_name(*column));
    return *column;
}

// Where a required field meets NULL the whole read fails, naming the column.
template <class T>
Result<> read_column(const Table& table, std::string_view name, std::size_t chunk, auto&& field_of) {
    const auto column = TRY(find_column<T>(table, name));
    for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) {
        if constexpr (!IsOptional<T>::value)
            if (table.is_null(chunk, column, row)) return unexpected_null(name);
        read_cell(Cell{table, chunk, column, row}, field_of(row));
    }
    return {};
}

}  // namespace detail

template <class Row>
Result<std::vector<Row>> read_rows(const Table& table) {
    constexpr auto& names = field_names<Row>;
    std::vector<Row> rows(table.rows());
    std::size_t first = 0;
    for (std::size_t chunk = 0; chunk < table.chunks(); first += table.chunk_rows(chunk), ++chunk) {
        Result<> state;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            auto one = [&]<std::size_t Index>() {
                auto field = [&](std::size_t row) -> auto& { return field_of<Index>(rows[first + row]); };
                using Field = std::remove_cvref_t<decltype(field(0))>;
                state = detail::read_column<Field>(table, names[Index], chunk, field);
                return state.has_value();
            };
            (void)(one.template operator()<I>() && ...);
        }(std::make_index_sequence<field_count<Row>>{});
        if (!state) return std::unexpected(state.error());
    }
    return rows;
}

class Appender;  // DuckDB's, by the C API
void append_null(Appender& appender);
void append_value(Appender& appender, bool value);
void append_value(Appender& appender, std::int32_t value);
void append_value(Appender& appender, std::int64_t value);
void append_value(Appender& appender, double value);
void append_value(Appender& appender, std::string_view value);
void append_value(Appender& appender, Day value);
void append_value(Appender& appender, Instant value);
void append_value(Appender& appender, const std::vector<double>& value);
void end_row(Appender& appender);

template <class T>
void append_field(Appender& appender, const T& field) {
    if constexpr (IsOptional<T>::value)
        field ? append_field(appender, *field) : append_null(appender);
    else if constexpr (std::is_same_v<T, std::string>)
        append_value(appender, std::string_view(field));
    else
        append_value(appender, field);
}

template <class Row>
void append_row(Appender& appender, const Row& row) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (append_field(appender, field_of<I>(row)), ...);
    }(std::make_index_sequence<field_count<Row>>{});
    end_row(appender);
}

}  // namespace suanpan::store
