#pragma once

#include <duckdb.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/store/table.h"

// The C handles behind Table, Connection and Database; only this folder's .cpp files include it.
namespace suanpan::store {

struct Table::State {
    duckdb_result result{};
    std::vector<duckdb_data_chunk> chunks;
    std::vector<std::vector<duckdb_vector>> vectors;  // [chunk][column]
    std::vector<std::string> names;
    std::vector<Type> types;
    std::vector<std::string> type_names;
    std::size_t rows = 0;
    std::int64_t changed = 0;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        for (auto& chunk : chunks) duckdb_destroy_data_chunk(&chunk);
        duckdb_destroy_result(&result);
    }
};

// Takes the result over, fetches its chunks and names its columns.
Table make_table(duckdb_result result);

}  // namespace suanpan::store
