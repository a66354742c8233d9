#pragma once

#include <duckdb.h>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/store/connection.h"
#include "platform/store/offers.h"
#include "platform/store/row_filters.h"

namespace suanpan::store {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct Connection::State {
    duckdb_connection connection = nullptr;
    Offers* offers = nullptr;  // the database's, as is the next
    RowFilters* filters = nullptr;
    std::unordered_map<std::string, duckdb_prepared_statement, TextHash, std::equal_to<>> statements;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        forget_statements();
        duckdb_disconnect(&connection);
    }

    void forget_statements() {
        for (auto& [text, statement] : statements) duckdb_destroy_prepare(&statement);
        statements.clear();
    }
};

}  // namespace suanpan::store
