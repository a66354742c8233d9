#include "platform/store/appender.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/utf8.h"
#include "platform/store/failure.h"
#include "platform/store/lists.h"

namespace suanpan::store {
namespace {

duckdb_type duckdb_type_of(Type type) {
    switch (type) {
        case Type::boolean:
            return DUCKDB_TYPE_BOOLEAN;
        case Type::int32:
            return DUCKDB_TYPE_INTEGER;
        case Type::int64:
            return DUCKDB_TYPE_BIGINT;
        case Type::real:
            return DUCKDB_TYPE_DOUBLE;
        case Type::text:
            return DUCKDB_TYPE_VARCHAR;
        case Type::day:
            return DUCKDB_TYPE_DATE;
        default:
            return DUCKDB_TYPE_TIMESTAMP_TZ;
    }
}

duckdb_logical_type logical_type(Type type) {
    if (type != Type::real_list) return duckdb_create_logical_type(duckdb_type_of(type));
    auto element = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    auto list = duckdb_create_list_type(element);
    duckdb_destroy_logical_type(&element);
    return list;
}

// One column of a chunk.
class Column {
  public:
    Column(const RowField& field, duckdb_vector vector)
        : field_(field), vector_(vector), data_(duckdb_vector_get_data(vector)) {
        if (!field.optional) return;
        duckdb_vector_ensure_validity_writable(vector);
        validity_ = duckdb_vector_get_validity(vector);
    }

    template <class T>
    Result<> fill(const Appender::Rows& rows) {
        const char* place = rows.first + field_.offset;
        for (std::size_t row = 0; row < rows.count; ++row, place += rows.size)
            if (const T* value = value_at<T>(place); value != nullptr)
                TRY(put(row, *value));
            else
                duckdb_validity_set_row_invalid(validity_, row);
        return {};
    }

  private:
    template <class T>
    const T* value_at(const char* place) const {
        if (!field_.optional) return reinterpret_cast<const T*>(place);
        const auto& value = *reinterpret_cast<const std::optional<T>*>(place);
        return value ? &*value : nullptr;
    }

    template <class T>
    Result<> put(std::size_t row, const T& value) {
        static_cast<T*>(data_)[row] = value;
        return {};
    }
    Result<> put(std::size_t row, Day value) {
        static_cast<duckdb_date*>(data_)[row] = {static_cast<std::int32_t>(value.time_since_epoch().count())};
        return {};
    }
    Result<> put(std::size_t row, Instant value) {
        static_cast<duckdb_timestamp*>(data_)[row] = {value.time_since_epoch().count()};
        return {};
    }

    Result<> put(std::size_t row, const std::string& value) {
        if (!is_utf8(value))
            return fail(ErrorCode::invalid_argument, "the text is not UTF-8; write it in that encoding",
                        std::string(field_.name));
        duckdb_unsafe_vector_assign_string_element_len(vector_, row, value.data(), value.size());
        return {};
    }

    Result<> put(std::size_t row, const std::vector<double>& value) {
        if (put_list<double>(vector_, row, value)) return {};
        return fail(ErrorCode::internal, "no room for a list of numbers", std::string(field_.name));
    }

    const RowField& field_;
    duckdb_vector vector_;
    void* data_;
    std::uint64_t* validity_ = nullptr;
};

Result<> fill_column(const RowField& field, duckdb_vector vector, const Appender::Rows& rows) {
    Column column(field, vector);
    switch (field.type) {
        case Type::boolean:
            return column.fill<bool>(rows);
        case Type::int32:
            return column.fill<std::int32_t>(rows);
        case Type::int64:
            return column.fill<std::int64_t>(rows);
        case Type::real:
            return column.fill<double>(rows);
        case Type::text:
            return column.fill<std::string>(rows);
        case Type::day:
            return column.fill<Day>(rows);
        case Type::instant:
            return column.fill<Instant>(rows);
        default:
            return column.fill<std::vector<double>>(rows);
    }
}

}  // namespace

Appender::~Appender() {
    duckdb_destroy_data_chunk(&chunk_);
    duckdb_appender_destroy(&handle_);
}

Result<> Appender::open(duckdb_connection connection, std::string_view schema, std::string_view table,
                        std::span<const RowField> fields) {
    fields_ = fields;
    if (duckdb_appender_create(connection, std::string(schema).c_str(), std::string(table).c_str(), &handle_) ==
        DuckDBError)
        return fail(ErrorCode::internal, fmt::format("no table {}.{} to append to", schema, table));
    for (const auto& field : fields)
        if (duckdb_appender_add_column(handle_, std::string(field.name).c_str()) == DuckDBError)
            return fail(ErrorCode::internal, fmt::format("table {}.{} has no column {}", schema, table, field.name));
    std::vector<duckdb_logical_type> types;
    for (const auto& field : fields) types.push_back(logical_type(field.type));
    chunk_ = duckdb_create_data_chunk(types.data(), types.size());
    for (auto& type : types) duckdb_destroy_logical_type(&type);
    return {};
}

Result<> Appender::append(const Rows& rows) {
    const std::size_t most = duckdb_vector_size();
    for (std::size_t from = 0; from < rows.count; from += most)
        TRY(append_chunk({rows.first + from * rows.size, std::min(most, rows.count - from), rows.size}));
    return {};
}

Result<> Appender::append_chunk(const Rows& rows) {
    duckdb_data_chunk_reset(chunk_);
    for (std::size_t column = 0; column < fields_.size(); ++column)
        TRY(fill_column(fields_[column], duckdb_data_chunk_get_vector(chunk_, column), rows));
    duckdb_data_chunk_set_size(chunk_, rows.count);
    if (duckdb_append_data_chunk(handle_, chunk_) == DuckDBError) return std::unexpected(failure());
    return {};
}

Result<> Appender::close() {
    if (duckdb_appender_close(handle_) == DuckDBError) return std::unexpected(failure());
    return {};
}

Error Appender::failure() const {
    auto error = duckdb_appender_error_data(handle_);
    const char* text = duckdb_error_data_message(error);
    auto found =
        failure_of(text == nullptr ? "the rows cannot be appended" : text, duckdb_error_data_error_type(error));
    duckdb_destroy_error_data(&error);
    return found;
}

}  // namespace suanpan::store
