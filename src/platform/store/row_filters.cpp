#include "platform/store/row_filters.h"

#include <vector>

namespace suanpan::store {
namespace {

std::span<const std::int64_t> numbers_of(duckdb_data_chunk chunk, idx_t column) {
    const auto* data = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column));
    return {static_cast<const std::int64_t*>(data), duckdb_data_chunk_get_size(chunk)};
}

void ask(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output) {
    const auto count = duckdb_data_chunk_get_size(chunk);
    if (count == 0) return;
    const auto* filters = static_cast<const RowFilters*>(duckdb_scalar_function_get_extra_info(info));
    const auto filter = filters->find(numbers_of(chunk, 0).front());
    if (!filter) return duckdb_scalar_function_set_error(info, "this filter of rows is not there");
    std::vector<std::span<const std::int64_t>> columns;
    for (idx_t column = 1; column < duckdb_data_chunk_get_column_count(chunk); ++column)
        columns.push_back(numbers_of(chunk, column));
    filter->judge(columns, {static_cast<bool*>(duckdb_vector_get_data(output)), count});
}

}  // namespace

Result<> RowFilters::declare(duckdb_connection connection) {
    auto function = duckdb_create_scalar_function();
    auto whole = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT),
         truth = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
    duckdb_scalar_function_set_name(function, "passes");
    duckdb_scalar_function_set_varargs(function, whole);
    duckdb_scalar_function_set_return_type(function, truth);
    duckdb_scalar_function_set_volatile(function);
    duckdb_scalar_function_set_extra_info(function, this, nullptr);
    duckdb_scalar_function_set_function(function, ask);
    const auto state = duckdb_register_scalar_function(connection, function);
    duckdb_destroy_logical_type(&whole);
    duckdb_destroy_logical_type(&truth);
    duckdb_destroy_scalar_function(&function);
    if (state == DuckDBError) return fail(ErrorCode::internal, "the database refuses the function passes");
    return {};
}

}  // namespace suanpan::store
