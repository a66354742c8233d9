#pragma once

#include <duckdb.h>

#include <span>
#include <string_view>

#include "platform/store/rows.h"

namespace suanpan::store {

// DuckDB's appender, for rows whose fields meet the table's columns by name. Errors show when it is closed.
class Appender {
  public:
    Appender() = default;
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;
    ~Appender() { duckdb_appender_destroy(&handle_); }

    [[nodiscard]] Result<> open(duckdb_connection connection, std::string_view schema, std::string_view table,
                                std::span<const RowField> fields);
    void append(std::span<const RowField> fields, const void* row);
    [[nodiscard]] Result<> close();

  private:
    duckdb_appender handle_ = nullptr;
    bool broken_ = false;
};

}  // namespace suanpan::store
