#pragma once

#include <array>
#include <glaze/reflection/to_tuple.hpp>
#include <optional>
#include <span>
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

// Where a field of a row is, found once while the program runs, so that rows are read and written by code that is
// compiled once and not for each struct.
struct RowField {
    std::string_view name;
    std::size_t offset;  // bytes
    Type type;
    bool optional;
};

namespace detail {

template <class T>
consteval Type type_of() {
    if constexpr (std::is_same_v<T, bool>) return Type::boolean;
    if constexpr (std::is_same_v<T, std::int32_t>) return Type::int32;
    if constexpr (std::is_same_v<T, std::int64_t>) return Type::int64;
    if constexpr (std::is_same_v<T, double>) return Type::real;
    if constexpr (std::is_same_v<T, std::string>) return Type::text;
    if constexpr (std::is_same_v<T, Day>) return Type::day;
    if constexpr (std::is_same_v<T, Instant>) return Type::instant;
    if constexpr (std::is_same_v<T, std::vector<double>>) return Type::real_list;
    return Type::other;
}

template <class T>
struct FieldType {
    static constexpr Type type = type_of<T>();
    static constexpr bool optional = false;
};
template <class T>
struct FieldType<std::optional<T>> {
    static constexpr Type type = type_of<T>();
    static constexpr bool optional = true;
};

template <class Row>
std::vector<RowField> find_fields() {
    const Row sample{};
    std::vector<RowField> fields;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto* begin = reinterpret_cast<const char*>(&sample);
        const auto add = [&]<class Field>(std::string_view name, const Field& field) {
            static_assert(FieldType<Field>::type != Type::other, "no column can be read into a field of this type");
            fields.push_back({name, static_cast<std::size_t>(reinterpret_cast<const char*>(&field) - begin),
                              FieldType<Field>::type, FieldType<Field>::optional});
        };
        (add(field_names<Row>[I], field_of<I>(sample)), ...);
    }(std::make_index_sequence<field_count<Row>>{});
    return fields;
}

// Rows that lie behind one another, each of `size` bytes. Where a required field meets NULL the whole read fails,
// naming the column.
[[nodiscard]] Result<> read_into(const Table& table, std::span<const RowField> fields, void* rows, std::size_t size);

}  // namespace detail

template <class Row>
[[nodiscard]] std::span<const RowField> row_fields() {
    static const auto fields = detail::find_fields<Row>();
    return fields;
}

template <class Row>
Result<std::vector<Row>> read_rows(const Table& table) {
    std::vector<Row> rows(table.rows());
    if (auto read = detail::read_into(table, row_fields<Row>(), rows.data(), sizeof(Row)); !read)
        return std::unexpected(std::move(read.error()));
    return rows;
}

}  // namespace suanpan::store
