#include "platform/store/connection.h"

#include <fmt/format.h>

#include "platform/store/appender.h"
#include "platform/store/duckdb_types.h"
#include "platform/store/failure.h"
#include "platform/store/handles.h"
#include "platform/store/interrupt.h"

namespace suanpan::store {
namespace {

using Statement = duckdb_prepared_statement;

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

std::unexpected<Error> failed(duckdb_result& result, std::string_view sql) {
    const char* text = duckdb_result_error(&result);
    const std::string message = text == nullptr ? "the statement failed" : text;
    const auto type = duckdb_result_error_type(&result);
    duckdb_destroy_result(&result);
    auto error = failure_of(message, type);
    if (error.code == ErrorCode::internal) error.about = excerpt(sql);
    return std::unexpected(std::move(error));
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

Offer Connection::offer(std::shared_ptr<RowFilter> filter) {
    return state_->filters->add(std::move(filter));
}

void Connection::interrupt() {
    duckdb_interrupt(state_->connection);
}

Result<> Connection::append_rows(std::string_view schema, std::string_view table, std::span<const RowField> fields,
                                 const StoredRows& rows) {
    Appender appender;
    TRY(appender.open(state_->connection, schema, table, fields));
    TRY(appender.append({static_cast<const char*>(rows.first), rows.count, rows.size}));
    return appender.close();
}

}  // namespace suanpan::store
