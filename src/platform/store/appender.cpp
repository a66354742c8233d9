#include "platform/store/appender.h"

#include <fmt/format.h>

#include "platform/store/failure.h"

namespace suanpan::store {
namespace {

duckdb_state append_instant(duckdb_appender handle, Instant value) {
    auto boxed = duckdb_create_timestamp_tz({value.time_since_epoch().count()});
    const auto state = duckdb_append_value(handle, boxed);
    duckdb_destroy_value(&boxed);
    return state;
}

duckdb_state append_list(duckdb_appender handle, const std::vector<double>& value) {
    auto type = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    std::vector<duckdb_value> boxed;
    boxed.reserve(value.size() + 1);  // an empty list needs an address, too
    for (const double element : value) boxed.push_back(duckdb_create_double(element));
    auto list = duckdb_create_list_value(type, boxed.data(), boxed.size());
    const auto state = duckdb_append_value(handle, list);
    duckdb_destroy_value(&list);
    for (auto& element : boxed) duckdb_destroy_value(&element);
    duckdb_destroy_logical_type(&type);
    return state;
}

template <class T>
duckdb_state append_value(duckdb_appender handle, const T& value) {
    if constexpr (std::is_same_v<T, bool>) return duckdb_append_bool(handle, value);
    if constexpr (std::is_same_v<T, std::int32_t>) return duckdb_append_int32(handle, value);
    if constexpr (std::is_same_v<T, std::int64_t>) return duckdb_append_int64(handle, value);
    if constexpr (std::is_same_v<T, double>) return duckdb_append_double(handle, value);
    if constexpr (std::is_same_v<T, std::string>)
        return duckdb_append_varchar_length(handle, value.data(), value.size());
    if constexpr (std::is_same_v<T, Day>)
        return duckdb_append_date(handle, {static_cast<std::int32_t>(value.time_since_epoch().count())});
    if constexpr (std::is_same_v<T, Instant>) return append_instant(handle, value);
    if constexpr (std::is_same_v<T, std::vector<double>>) return append_list(handle, value);
}

template <class T>
duckdb_state append_field(duckdb_appender handle, bool optional, const void* place) {
    if (!optional) return append_value(handle, *static_cast<const T*>(place));
    const auto& value = *static_cast<const std::optional<T>*>(place);
    return value ? append_value(handle, *value) : duckdb_append_null(handle);
}

duckdb_state append_field(duckdb_appender handle, const RowField& field, const void* place) {
    switch (field.type) {
        case Type::boolean:
            return append_field<bool>(handle, field.optional, place);
        case Type::int32:
            return append_field<std::int32_t>(handle, field.optional, place);
        case Type::int64:
            return append_field<std::int64_t>(handle, field.optional, place);
        case Type::real:
            return append_field<double>(handle, field.optional, place);
        case Type::text:
            return append_field<std::string>(handle, field.optional, place);
        case Type::day:
            return append_field<Day>(handle, field.optional, place);
        case Type::instant:
            return append_field<Instant>(handle, field.optional, place);
        default:
            return append_field<std::vector<double>>(handle, field.optional, place);
    }
}

}  // namespace

Result<> Appender::open(duckdb_connection connection, std::string_view schema, std::string_view table,
                        std::span<const RowField> fields) {
    if (duckdb_appender_create(connection, std::string(schema).c_str(), std::string(table).c_str(), &handle_) ==
        DuckDBError)
        return fail(ErrorCode::internal, fmt::format("no table {}.{} to append to", schema, table));
    for (const auto& field : fields)
        if (duckdb_appender_add_column(handle_, std::string(field.name).c_str()) == DuckDBError)
            return fail(ErrorCode::internal, fmt::format("table {}.{} has no column {}", schema, table, field.name));
    return {};
}

void Appender::append(std::span<const RowField> fields, const void* row) {
    for (const auto& field : fields)
        broken_ |= append_field(handle_, field, static_cast<const char*>(row) + field.offset) == DuckDBError;
    broken_ |= duckdb_appender_end_row(handle_) == DuckDBError;
}

Result<> Appender::close() {
    if (!broken_ && duckdb_appender_close(handle_) == DuckDBSuccess) return {};
    auto error = duckdb_appender_error_data(handle_);
    const char* text = duckdb_error_data_message(error);
    auto failure =
        failure_of(text == nullptr ? "the rows cannot be appended" : text, duckdb_error_data_error_type(error));
    duckdb_destroy_error_data(&error);
    return std::unexpected(std::move(failure));
}

}  // namespace suanpan::store
