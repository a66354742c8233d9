#pragma once

#include <duckdb.h>

#include <span>
#include <string_view>
#include <vector>

#include "platform/store/rows.h"

namespace suanpan::store {

// DuckDB's appender, for rows whose fields meet the table's columns by name: column by column, a chunk of rows at a
// time.
class Appender {
  public:
    Appender() = default;
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;
    ~Appender();

    // The fields outlive the appender.
    [[nodiscard]] Result<> open(duckdb_connection connection, std::string_view schema, std::string_view table,
                                std::span<const RowField> fields);
    // Of structs one after the other, `size` bytes each. Errors: invalid_argument for a text that is not UTF-8.
    struct Rows {
        const char* first;
        std::size_t count, size;
    };
    [[nodiscard]] Result<> append(const Rows& rows);
    [[nodiscard]] Result<> close();

  private:
    [[nodiscard]] Result<> append_chunk(const Rows& rows);
    [[nodiscard]] Error failure() const;

    std::span<const RowField> fields_;
    duckdb_appender handle_ = nullptr;
    duckdb_data_chunk chunk_ = nullptr;
};

}  // namespace suanpan::store
