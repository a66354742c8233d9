#include "areas/data/sources/server_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "areas/data/load_sql.h"
#include "areas/data/sources/csv_text.h"

namespace suanpan::data {
namespace {

constexpr Oid boolean_type = 16, instant_type = 1184;  // pg_type.dat

std::string one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace(line, '\n', ' ');
    while (line.ends_with(' ')) line.pop_back();
    return line;
}

// libpq's messages name host, user and database, and no password.
std::unexpected<Error> unreachable(PGconn* connection, const std::string& about) {
    return fail(
        ErrorCode::unavailable,
        fmt::format("the PostgreSQL server cannot be reached or went away ({}); what was read by now is loaded, "
                    "call data.pull again to go on from there",
                    one_line(PQerrorMessage(connection))),
        about);
}

// The session is in the shop's zone, so what follows the seconds tells nothing more.
std::string_view without_offset(std::string_view instant) {
    const auto sign = instant.find_last_of("+-");
    return sign != std::string_view::npos && sign > 10 ? instant.substr(0, sign) : instant;
}

}  // namespace

Result<> ServerReader::connect() {
    const auto text = TRY(connection_text(server_, shop_.folder()));
    // What is wrong with it is not repeated: it may be the password.
    PQconninfoOption* parsed = PQconninfoParse(text.c_str(), nullptr);
    if (parsed == nullptr)
        return fail(ErrorCode::invalid_argument,
                    "what is there is no connection string; it looks like \"host=db dbname=shop user=reader "
                    "password=…\" or postgresql://…",
                    server_.connect);
    PQconninfoFree(parsed);
    const std::array keys = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding",
                             static_cast<const char*>(nullptr)};
    const std::array values = {"10", "suanpan", text.c_str(), "UTF8", static_cast<const char*>(nullptr)};
    link_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    if (PQstatus(link_.get()) != CONNECTION_OK) return unreachable(link_.get(), source_.name);
    for (const auto& setting :
         {std::string("default_transaction_read_only = on"), std::string("DateStyle = 'ISO, YMD'"),
          "TimeZone = " + quote_text(shop_.settings().time_zone)})
        (void)TRY(run("SET " + setting, nullptr));
    return {};
}

Result<ServerRows> ServerReader::next(const std::optional<std::string>& after) {
    return run(fmt::format("{} FETCH FIRST {} ROWS WITH TIES", select(after.has_value()), server_.batch),
               after ? after->c_str() : nullptr);
}

Result<> ServerReader::begin_all() {
    for (const auto& step : {std::string("BEGIN"), "DECLARE every_row CURSOR FOR " + select(false)})
        (void)TRY(run(step, nullptr));
    return {};
}
Result<ServerRows> ServerReader::next_of_all() {
    return run(fmt::format("FETCH {} FROM every_row", server_.batch), nullptr);
}
Result<> ServerReader::end_all() {
    (void)TRY(run("COMMIT", nullptr));
    return {};
}

Result<std::string> ServerReader::step_back(const std::string& key) {
    if (server_.overlap.empty()) return key;
    const auto rows = TRY(run("SELECT $1::timestamptz - " + quote_text(server_.overlap) + "::interval", key.c_str()));
    return std::string(PQgetvalue(rows.get(), 0, 0));
}

// In the order of the key; those above $1 or all.
std::string ServerReader::select(bool after) const {
    const auto from = server_.query.empty() ? table_name() : "(" + server_.query + ")";
    return fmt::format("SELECT * FROM {0} AS source WHERE {1} {2} ORDER BY {1}", from, quote_name(server_.key),
                       after ? "> $1" : "IS NOT NULL");
}

std::string ServerReader::table_name() const {
    const auto dot = server_.table.find('.');
    if (dot == std::string::npos) return quote_name(server_.table);
    return quote_name(server_.table.substr(0, dot)) + "." + quote_name(server_.table.substr(dot + 1));
}

Result<ServerRows> ServerReader::run(const std::string& sql, const char* value) {
    ServerRows rows(
        PQexecParams(link_.get(), sql.c_str(), value == nullptr ? 0 : 1, nullptr, &value, nullptr, nullptr, 0));
    const auto status = PQresultStatus(rows.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
    if (PQstatus(link_.get()) != CONNECTION_OK) return unreachable(link_.get(), source_.name);
    const std::string_view state = PQresultErrorField(rows.get(), PG_DIAG_SQLSTATE) == nullptr
                                       ? ""
                                       : PQresultErrorField(rows.get(), PG_DIAG_SQLSTATE);
    if (state.starts_with("57P") || state.starts_with("08")) return unreachable(link_.get(), source_.name);
    return fail(ErrorCode::invalid_argument,
                fmt::format("the PostgreSQL server refuses: {}; mend table, query or key of the source",
                            one_line(PQerrorMessage(link_.get()))),
                source_.name);
}

std::string header_of(const PGresult* rows) {
    std::string text;
    for (int column = 0; column < PQnfields(rows); ++column) {
        if (column > 0) text += ',';
        add_cell(PQfname(rows, column), text);
    }
    return text + '\n';
}

std::string csv_of(const PGresult* rows) {
    std::string text;
    const int columns = PQnfields(rows);
    for (int row = 0; row < PQntuples(rows); ++row) {
        const auto begin = text.size();
        for (int column = 0; column < columns; ++column) {
            if (column > 0) text += ',';
            if (PQgetisnull(rows, row, column) != 0) continue;
            const std::string_view value(PQgetvalue(rows, row, column),
                                         static_cast<std::size_t>(PQgetlength(rows, row, column)));
            const auto type = PQftype(rows, column);
            if (type == boolean_type)
                text += value == "t" ? "true" : "false";
            else
                add_cell(type == instant_type ? without_offset(value) : value, text);
        }
        if (text.size() == begin) text += "\"\"";
        text += '\n';
    }
    return text;
}

Result<std::string> last_key(const PGresult* rows, const Server& server) {
    const int column = PQfnumber(rows, quote_name(server.key).c_str());
    if (column < 0)
        return fail(ErrorCode::invalid_argument, "the rows have no such column; it is the key they are read by",
                    server.key);
    return std::string(PQgetvalue(rows, PQntuples(rows) - 1, column));
}

}  // namespace suanpan::data
