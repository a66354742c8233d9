#include "platform/store/connection.h"

#include <fmt/format.h>

#include "platform/store/duckdb_types.h"
#include "platform/store/handles.h"
#include "platform/store/interrupt.h"

namespace suanpan::store {
namespace {

using Statement = duckdb_prepared_statement;

ErrorCode code_of(std::string_view message, duckdb_error_type type) {
    if (message.contains("No space left") || message.contains("not enough space")) return ErrorCode::no_space;
    if (message.contains("Permission denied") || message.contains("Read-only file system")) return ErrorCode::io;
    if (message.contains("Corrupt")) return ErrorCode::io;
    if (message.contains("Conflict") || type == DUCKDB_ERROR_TRANSACTION) return ErrorCode::conflict;
    if (message.contains("INTERRUPT")) return ErrorCode::unavailable;
    switch (type) {
        case DUCKDB_ERROR_CONSTRAINT:
        case DUCKDB_ERROR_CONVERSION:
        case DUCKDB_ERROR_OUT_OF_RANGE:
        case DUCKDB_ERROR_INVALID_INPUT:
            return ErrorCode::invalid_argument;
        case DUCKDB_ERROR_IO:
            return ErrorCode::io;
        default:
            return ErrorCode::internal;
    }
}

// Runs what executes a statement, unless the thread was asked to stop; breaks it off when it is asked meanwhile.
template <class Execute>
Result<duckdb_state> unless_stopped(duckdb_connection connection, Execute&& execute) {
    const auto& stop = stop_of_thread();
    if (!stop.stop_possible()) return execute();
    const std::stop_callback interrupt(stop, [&] { duckdb_interrupt(connection); });
    if (stop.stop_requested()) return fail(ErrorCode::unavailable, "it was asked to stop");
    return execute();
}

// The first lines of a statement, for a message.
std::string excerpt(std::string_view sql) {
    constexpr std::size_t longest = 160;
    return std::string(sql.substr(0, longest)) + (sql.size() > longest ? " …" : "");
}

// What a person can do about the disk and its files; DuckDB quotes the file that it means.
std::unexpected<Error> storage_failure(ErrorCode code, std::string_view message) {
    const auto begin = message.find('"'), end = message.find('"', begin + 1);
    std::string file(end < message.size() ? message.substr(begin + 1, end - begin - 1) : std::string_view());
    if (code == ErrorCode::no_space)
        return fail(code, "the disk is full, and this step is undone; free some space and do it again", file);
    if (message.contains("Permission denied") || message.contains("Read-only file system"))
        return fail(code, "no permission to write; check the owner and the permissions of the folder", file);
    return fail(code,
                fmt::format("the file is damaged or its disk is failing; restore a backup with: suanpan restore "
                            "BACKUP NEWSHOP ({})",
                            message),
                file);
}

bool is_storage_failure(ErrorCode code, std::string_view message) {
    if (code == ErrorCode::no_space) return true;
    return code == ErrorCode::io &&
           (message.contains("Permission denied") || message.contains("Read-only file system") ||
            message.contains("enough bytes") || message.contains("orrupt"));
}

std::unexpected<Error> failed(duckdb_result& result, std::string_view sql) {
    const char* text = duckdb_result_error(&result);
    const std::string message = text == nullptr ? "the statement failed" : text;
    const auto code = code_of(message, duckdb_result_error_type(&result));
    duckdb_destroy_result(&result);
    if (is_storage_failure(code, message)) return storage_failure(code, message);
    return fail(code, message, code == ErrorCode::internal ? excerpt(sql) : std::string());
}

duckdb_state bind(Statement statement, idx_t index, const Value& value) {
    return std::visit(
        [&]<class T>(const T& v) {
            if constexpr (std::is_same_v<T, std::nullptr_t>)
                return duckdb_bind_null(statement, index);
            else if constexpr (std::is_same_v<T, bool>)
                return duckdb_bind_boolean(statement, index, v);
            else if constexpr (std::is_same_v<T, std::int64_t>)
                return duckdb_bind_int64(statement, index, v);
            else if constexpr (std::is_same_v<T, double>)
                return duckdb_bind_double(statement, index, v);
            else if constexpr (std::is_same_v<T, std::string>)
                return duckdb_bind_varchar_length(statement, index, v.data(), v.size());
            else if constexpr (std::is_same_v<T, Day>)
                return duckdb_bind_date(statement, index, {static_cast<std::int32_t>(v.time_since_epoch().count())});
            else
                return duckdb_bind_timestamp_tz(statement, index, {v.time_since_epoch().count()});
        },
        value);
}

Result<Statement> prepared(Connection::State& state, std::string_view sql) {
    if (auto known = state.statements.find(sql); known != state.statements.end()) return known->second;
    Statement statement = nullptr;
    const std::string text(sql);
    if (duckdb_prepare(state.connection, text.c_str(), &statement) == DuckDBError) {
        const char* reason = duckdb_prepare_error(statement);
        std::string message = reason == nullptr ? "the statement cannot be prepared" : reason;
        duckdb_destroy_prepare(&statement);
        const auto code = message.contains("Conversion") ? ErrorCode::invalid_argument : ErrorCode::internal;
        return fail(code, std::move(message), excerpt(sql));
    }
    // Statements are few and written in the program; a bound keeps a caller that builds texts from growing it.
    if (state.statements.size() > 500) state.forget_statements();
    state.statements.emplace(text, statement);
    return statement;
}

}  // namespace

class Appender {
  public:
    duckdb_appender handle = nullptr;
    bool broken = false;

    Appender() = default;
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;
    ~Appender() { duckdb_appender_destroy(&handle); }

    void check(duckdb_state state) { broken |= state == DuckDBError; }
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Table> Connection::query_values(std::string_view sql, std::span<const Value> values) {
    auto* statement = TRY(prepared(*state_, sql));
    if (duckdb_nparams(statement) != values.size())
        return fail(ErrorCode::internal,
                    fmt::format("{} values for {} parameters", values.size(), duckdb_nparams(statement)), excerpt(sql));
    for (std::size_t i = 0; i < values.size(); ++i)
        if (bind(statement, i + 1, values[i]) == DuckDBError)
            return fail(ErrorCode::internal, fmt::format("value {} cannot be bound", i + 1), excerpt(sql));
    duckdb_result result;
    const auto done =
        TRY(unless_stopped(state_->connection, [&] { return duckdb_execute_prepared(statement, &result); }));
    if (done == DuckDBError) return failed(result, sql);
    return make_table(result);
}

Result<> Connection::run(std::string_view script) {
    duckdb_result result;
    const auto execute = [&] { return duckdb_query(state_->connection, std::string(script).c_str(), &result); };
    // What is stopped still has to be undone.
    const auto done = script == "ROLLBACK" ? execute() : TRY(unless_stopped(state_->connection, execute));
    if (done == DuckDBError) return failed(result, script);
    duckdb_destroy_result(&result);
    return {};
}

Offer Connection::offer(std::shared_ptr<const RowSource> source) {
    return state_->offers->add(std::move(source));
}

void Connection::interrupt() {
    duckdb_interrupt(state_->connection);
}

Result<std::unique_ptr<Appender, void (*)(Appender*)>> Connection::open_appender(
    std::string_view schema, std::string_view table, std::span<const std::string_view> columns) {
    std::unique_ptr<Appender, void (*)(Appender*)> appender(new Appender, [](Appender* a) { delete a; });
    if (duckdb_appender_create(state_->connection, std::string(schema).c_str(), std::string(table).c_str(),
                               &appender->handle) == DuckDBError)
        return fail(ErrorCode::internal, fmt::format("no table {}.{} to append to", schema, table));
    for (const auto column : columns)
        if (duckdb_appender_add_column(appender->handle, std::string(column).c_str()) == DuckDBError)
            return fail(ErrorCode::internal, fmt::format("table {}.{} has no column {}", schema, table, column));
    return appender;
}

Result<> Connection::close_appender(Appender& appender) {
    if (!appender.broken && duckdb_appender_close(appender.handle) == DuckDBSuccess) return {};
    auto error = duckdb_appender_error_data(appender.handle);
    const char* text = duckdb_error_data_message(error);
    const std::string message = text == nullptr ? "the rows cannot be appended" : text;
    const auto code = code_of(message, duckdb_error_data_error_type(error));
    duckdb_destroy_error_data(&error);
    if (is_storage_failure(code, message)) return storage_failure(code, message);
    return fail(code, message);
}

void append_null(Appender& appender) {
    appender.check(duckdb_append_null(appender.handle));
}
void append_value(Appender& appender, bool value) {
    appender.check(duckdb_append_bool(appender.handle, value));
}
void append_value(Appender& appender, std::int32_t value) {
    appender.check(duckdb_append_int32(appender.handle, value));
}
void append_value(Appender& appender, std::int64_t value) {
    appender.check(duckdb_append_int64(appender.handle, value));
}
void append_value(Appender& appender, double value) {
    appender.check(duckdb_append_double(appender.handle, value));
}
void append_value(Appender& appender, std::string_view value) {
    appender.check(duckdb_append_varchar_length(appender.handle, value.data(), value.size()));
}
void append_value(Appender& appender, Day value) {
    appender.check(duckdb_append_date(appender.handle, {static_cast<std::int32_t>(value.time_since_epoch().count())}));
}
void append_value(Appender& appender, Instant value) {
    auto boxed = duckdb_create_timestamp_tz({value.time_since_epoch().count()});
    appender.check(duckdb_append_value(appender.handle, boxed));
    duckdb_destroy_value(&boxed);
}
void append_value(Appender& appender, const std::vector<double>& value) {
    auto type = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    std::vector<duckdb_value> boxed;
    boxed.reserve(value.size() + 1);  // an empty list needs an address, too
    for (const double element : value) boxed.push_back(duckdb_create_double(element));
    auto list = duckdb_create_list_value(type, boxed.data(), boxed.size());
    appender.check(duckdb_append_value(appender.handle, list));
    duckdb_destroy_value(&list);
    for (auto& element : boxed) duckdb_destroy_value(&element);
    duckdb_destroy_logical_type(&type);
}
void end_row(Appender& appender) {
    appender.check(duckdb_appender_end_row(appender.handle));
}

}  // namespace suanpan::store
