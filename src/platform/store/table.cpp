#include "platform/store/table.h"

#include <algorithm>

#include "platform/store/duckdb_types.h"

namespace suanpan::store {
namespace {

Type type_of(duckdb_type type) {
    switch (type) {
        case DUCKDB_TYPE_BOOLEAN:
            return Type::boolean;
        case DUCKDB_TYPE_INTEGER:
            return Type::int32;
        case DUCKDB_TYPE_BIGINT:
            return Type::int64;
        case DUCKDB_TYPE_DOUBLE:
            return Type::real;
        case DUCKDB_TYPE_VARCHAR:
            return Type::text;
        case DUCKDB_TYPE_DATE:
            return Type::day;
        case DUCKDB_TYPE_TIMESTAMP_TZ:
            return Type::instant;
        default:
            return Type::other;
    }
}

std::string type_name_of(duckdb_type type) {
    switch (type) {
        case DUCKDB_TYPE_HUGEINT:
            return "HUGEINT";
        case DUCKDB_TYPE_DECIMAL:
            return "DECIMAL";
        case DUCKDB_TYPE_FLOAT:
            return "FLOAT";
        case DUCKDB_TYPE_TIMESTAMP:
            return "TIMESTAMP";
        case DUCKDB_TYPE_LIST:
            return "LIST";
        default:
            return "DuckDB type " + std::to_string(type);
    }
}

void name_column(Table::State& state, std::size_t column) {
    state.names.emplace_back(duckdb_column_name(&state.result, column));
    const auto id = duckdb_column_type(&state.result, column);
    state.types.push_back(type_of(id));
    state.type_names.push_back(type_name_of(id));
    if (id != DUCKDB_TYPE_LIST) return;
    auto list = duckdb_column_logical_type(&state.result, column);
    auto element = duckdb_list_type_child_type(list);
    if (duckdb_get_type_id(element) == DUCKDB_TYPE_DOUBLE) state.types.back() = Type::real_list;
    duckdb_destroy_logical_type(&element);
    duckdb_destroy_logical_type(&list);
}

}  // namespace

Table make_table(duckdb_result result) {
    auto state = std::make_unique<Table::State>();
    state->result = result;
    const auto columns = duckdb_column_count(&state->result);
    for (std::size_t column = 0; column < columns; ++column) name_column(*state, column);
    if (duckdb_result_return_type(result) == DUCKDB_RESULT_TYPE_CHANGED_ROWS)
        state->changed = static_cast<std::int64_t>(duckdb_rows_changed(&state->result));
    while (auto chunk = duckdb_fetch_chunk(state->result)) {
        if (duckdb_data_chunk_get_size(chunk) == 0) {
            duckdb_destroy_data_chunk(&chunk);
            break;
        }
        state->rows += duckdb_data_chunk_get_size(chunk);
        state->chunks.push_back(chunk);
        auto& vectors = state->vectors.emplace_back();
        for (std::size_t column = 0; column < columns; ++column)
            vectors.push_back(duckdb_data_chunk_get_vector(chunk, column));
    }
    return Table(std::move(state));
}

Table::Table(std::unique_ptr<State> state) : state_(std::move(state)) {}
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

std::size_t Table::rows() const {
    return state_->rows;
}
std::size_t Table::columns() const {
    return state_->names.size();
}
std::size_t Table::chunks() const {
    return state_->chunks.size();
}
std::size_t Table::chunk_rows(std::size_t chunk) const {
    return duckdb_data_chunk_get_size(state_->chunks[chunk]);
}
std::int64_t Table::changed() const {
    return state_->changed;
}
const std::string& Table::name(std::size_t column) const {
    return state_->names[column];
}
Type Table::type(std::size_t column) const {
    return state_->types[column];
}
const std::string& Table::type_name(std::size_t column) const {
    return state_->type_names[column];
}

std::optional<std::size_t> Table::find(std::string_view name) const {
    const auto found = std::ranges::find(state_->names, name);
    if (found == state_->names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - state_->names.begin());
}

const void* Table::data(std::size_t chunk, std::size_t column) const {
    return duckdb_vector_get_data(state_->vectors[chunk][column]);
}

bool Table::is_null(std::size_t chunk, std::size_t column, std::size_t row) const {
    auto* validity = duckdb_vector_get_validity(state_->vectors[chunk][column]);
    return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

std::string_view Table::text(std::size_t chunk, std::size_t column, std::size_t row) const {
    auto* strings = static_cast<duckdb_string_t*>(duckdb_vector_get_data(state_->vectors[chunk][column]));
    return {duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

std::span<const double> Table::list(std::size_t chunk, std::size_t column, std::size_t row) const {
    auto* vector = state_->vectors[chunk][column];
    const auto entry = static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))[row];
    const auto* values = static_cast<const double*>(duckdb_vector_get_data(duckdb_list_vector_get_child(vector)));
    return {values + entry.offset, entry.length};
}

std::vector<double> Table::reals(std::size_t column, double null_value) const {
    std::vector<double> all;
    all.reserve(rows());
    for (std::size_t chunk = 0; chunk < chunks(); ++chunk) {
        const auto part = values<double>(chunk, column);
        for (std::size_t row = 0; row < part.size(); ++row)
            all.push_back(is_null(chunk, column, row) ? null_value : part[row]);
    }
    return all;
}

}  // namespace suanpan::store
