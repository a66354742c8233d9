#include "platform/store/rows.h"

#include <fmt/format.h>

namespace suanpan::store {
namespace {

std::unexpected<Error> no_column(std::string_view name) {
    return fail(ErrorCode::internal, fmt::format("the statement has no column \"{}\"", name));
}

std::unexpected<Error> does_not_fit(std::string_view name, std::string_view type) {
    return fail(ErrorCode::internal,
                fmt::format("column \"{}\" is {} and does not fit its field; cast it", name, type));
}

std::unexpected<Error> unexpected_null(std::string_view name) {
    return fail(ErrorCode::internal, fmt::format("column \"{}\" has a NULL where none is expected", name));
}

bool fits(Type field, Type column) {
    switch (field) {
        case Type::real:
            return column == Type::real || column == Type::int64 || column == Type::int32;
        case Type::int64:
            return column == Type::int64 || column == Type::int32;
        default:
            return field == column;
    }
}

// A column's rows of one chunk, and the field of the first of them.
struct Cells {
    const Table& table;
    const RowField& field;
    std::size_t column, chunk;
    char* first;
    std::size_t size;  // bytes from a row to the next
};

template <class T>
struct Plain {
    std::span<const T> values;
    const T& operator()(std::size_t row) const { return values[row]; }
};

template <class T>
Result<> read_cells(const Cells& cells, auto&& value_of) {
    for (std::size_t row = 0; row < cells.table.chunk_rows(cells.chunk); ++row) {
        auto* place = cells.first + row * cells.size;
        const bool null = cells.table.is_null(cells.chunk, cells.column, row);
        if (!cells.field.optional && null) return unexpected_null(cells.field.name);
        if (!cells.field.optional)
            *reinterpret_cast<T*>(place) = T(value_of(row));
        else if (!null)
            *reinterpret_cast<std::optional<T>*>(place) = T(value_of(row));
    }
    return {};
}

template <class T>
Result<> read_numbers(const Cells& cells) {
    const auto& table = cells.table;
    switch (table.type(cells.column)) {
        case Type::int32:
            return read_cells<T>(cells, Plain{table.values<std::int32_t>(cells.chunk, cells.column)});
        case Type::int64:
            return read_cells<T>(cells, Plain{table.values<std::int64_t>(cells.chunk, cells.column)});
        default:
            return read_cells<T>(cells, Plain{table.values<double>(cells.chunk, cells.column)});
    }
}

Result<> read_lists(const Cells& cells) {
    return read_cells<std::vector<double>>(cells, [&](std::size_t row) {
        const auto list = cells.table.list(cells.chunk, cells.column, row);
        return std::vector<double>(list.begin(), list.end());
    });
}

Result<> read_chunk(const Cells& cells) {
    const auto& [table, field, column, chunk, first, size] = cells;
    switch (field.type) {
        case Type::boolean:
            return read_cells<bool>(cells, Plain{table.values<bool>(chunk, column)});
        case Type::int32:
            return read_numbers<std::int32_t>(cells);
        case Type::int64:
            return read_numbers<std::int64_t>(cells);
        case Type::real:
            return read_numbers<double>(cells);
        case Type::text:
            return read_cells<std::string>(cells, [&](std::size_t row) { return table.text(chunk, column, row); });
        case Type::day:
            return read_cells<Day>(
                cells, [days = table.values<std::int32_t>(chunk, column)](std::size_t row) { return Days(days[row]); });
        case Type::instant:
            return read_cells<Instant>(cells, [times = table.values<std::int64_t>(chunk, column)](std::size_t row) {
                return std::chrono::microseconds(times[row]);
            });
        default:
            return read_lists(cells);
    }
}

}  // namespace

namespace detail {

Result<> read_into(const Table& table, std::span<const RowField> fields, void* rows, std::size_t size) {
    for (const auto& field : fields) {
        const auto column = table.find(field.name);
        if (!column) return no_column(field.name);
        if (!fits(field.type, table.type(*column))) return does_not_fit(field.name, table.type_name(*column));
        auto* first = static_cast<char*>(rows) + field.offset;
        for (std::size_t chunk = 0; chunk < table.chunks(); first += table.chunk_rows(chunk) * size, ++chunk)
            TRY(read_chunk({table, field, *column, chunk, first, size}));
    }
    return {};
}

}  // namespace detail
}  // namespace suanpan::store
