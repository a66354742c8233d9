#pragma once

#include <duckdb.h>

#include <algorithm>
#include <span>

namespace suanpan::store {

// A list of numbers as the vector's value of a row; the rows of a chunk are put in order, from 0. False: no room.
template <class Number>
bool put_list(duckdb_vector vector, std::size_t row, std::span<const Number> numbers) {
    const auto before = row == 0 ? 0 : duckdb_list_vector_get_size(vector), after = before + numbers.size();
    if (duckdb_list_vector_reserve(vector, after) == DuckDBError) return false;
    duckdb_list_vector_set_size(vector, after);
    auto* const elements = static_cast<Number*>(duckdb_vector_get_data(duckdb_list_vector_get_child(vector)));
    std::ranges::copy(numbers, elements + before);
    static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))[row] = {before, numbers.size()};
    return true;
}

}  // namespace suanpan::store
