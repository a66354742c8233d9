#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "areas/data/load_sql.h"
#include "areas/data/sources/csv_text.h"
#include "areas/data/sources/server.h"

namespace suanpan::data {
namespace {

constexpr Oid boolean_type = 16, instant_type = 1184;  // pg_type.dat

struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};
using Link = std::unique_ptr<PGconn, Close>;
using Rows = std::unique_ptr<PGresult, Close>;

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

class Reader {
  public:
    Reader(const store::Shop& shop, const Source& source, const Server& server)
        : shop_(shop), source_(source), server_(server) {}

    Result<> connect() {
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

    // Those after the key, with all that have the last one's; from the beginning where there is none.
    Result<Rows> next(const std::optional<std::string>& after) {
        const auto from = server_.query.empty() ? table_name() : "(" + server_.query + ")";
        const auto key = quote_name(server_.key);
        const auto sql = fmt::format(
            "SELECT * FROM {} AS source {} ORDER BY {} FETCH FIRST {} ROWS WITH TIES", from,
            after ? fmt::format("WHERE {} > $1", key) : fmt::format("WHERE {} IS NOT NULL", key), key, server_.batch);
        return run(sql, after ? after->c_str() : nullptr);
    }

    // The key that lies before this one by the overlap.
    Result<std::string> step_back(const std::string& key) {
        if (server_.overlap.empty()) return key;
        const auto rows =
            TRY(run("SELECT $1::timestamptz - " + quote_text(server_.overlap) + "::interval", key.c_str()));
        return std::string(PQgetvalue(rows.get(), 0, 0));
    }

  private:
    [[nodiscard]] std::string table_name() const {
        const auto dot = server_.table.find('.');
        if (dot == std::string::npos) return quote_name(server_.table);
        return quote_name(server_.table.substr(0, dot)) + "." + quote_name(server_.table.substr(dot + 1));
    }

    Result<Rows> run(const std::string& sql, const char* value) {
        Rows rows(
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

    const store::Shop& shop_;
    const Source& source_;
    const Server& server_;
    Link link_;
};

// The session is in the shop's zone, so what follows the seconds tells nothing more.
std::string_view without_offset(std::string_view instant) {
    const auto sign = instant.find_last_of("+-");
    return sign != std::string_view::npos && sign > 10 ? instant.substr(0, sign) : instant;
}

std::string csv_of(const PGresult* rows) {
    std::string text;
    const int columns = PQnfields(rows);
    for (int column = 0; column < columns; ++column) {
        if (column > 0) text += ',';
        add_cell(PQfname(rows, column), text);
    }
    text += '\n';
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

// The key of the last row as it was sent, offset and all.
Result<std::string> last_key(const PGresult* rows, const Server& server) {
    const int column = PQfnumber(rows, quote_name(server.key).c_str());
    if (column < 0)
        return fail(ErrorCode::invalid_argument, "the rows have no such column; it is the key they are read by",
                    server.key);
    return std::string(PQgetvalue(rows, PQntuples(rows) - 1, column));
}

Result<std::optional<std::string>> known_key(const store::Shop& shop, const std::string& source) {
    return shop.database().read([&](store::Connection& connection) -> Result<std::optional<std::string>> {
        const auto table = TRY(connection.query("SELECT up_to FROM sources.pull WHERE source = ?", source));
        if (table.rows() == 0) return std::nullopt;
        return std::string(table.text(0, 0, 0));
    });
}

Result<> keep_key(store::Connection& connection, const std::string& source, const std::string& key) {
    (void)TRY(connection.query("DELETE FROM sources.pull WHERE source = ?", source));
    (void)TRY(connection.query("INSERT INTO sources.pull VALUES (?, ?, ?)", source, key, now()));
    return {};
}

void add(FileReport& sum, const FileReport& one) {
    sum.read += one.read;
    sum.loaded += one.loaded;
    sum.mended += one.mended;
    sum.quarantined += one.quarantined;
    sum.unchanged += one.unchanged;
    sum.seconds += one.seconds;
}

Result<FileReport> load_batch(store::Shop& shop, const Source& source, const PGresult* rows, const std::string& up_to) {
    const auto open = [&]() -> Result<OpenedText> {
        OpenedText opened{.bytes = bytes_of(csv_of(rows))};
        *opened.told = {.format = "postgres", .encoding = "", .first_record = 1};
        return opened;
    };
    const auto name = fmt::format("{} up to {}", source.name, up_to);
    return load_input(
        shop, source,
        {.name = name,
         .about = source.name,
         .identity = fmt::format("pull {} {}", name, format(now())),
         .open = open,
         .along = [&](store::Connection& connection) { return keep_key(connection, source.name, up_to); }},
        {});
}

}  // namespace

Result<PullReport> pull(store::Shop& shop, const Source& source, const Server& server, const PullOptions& options) {
    Reader reader(shop, source, server);
    TRY(reader.connect());
    auto after = TRY(known_key(shop, source.name));
    PullReport report{.sum = {.file = source.name, .source = source.name, .format = "postgres"},
                      .up_to = after.value_or("")};
    if (after) after = TRY(reader.step_back(*after));
    while (!options.stop.stop_requested()) {
        const auto rows = TRY(reader.next(after));
        const auto count = PQntuples(rows.get());
        if (count == 0) break;
        report.up_to = TRY(last_key(rows.get(), server));
        add(report.sum, TRY(load_batch(shop, source, rows.get(), report.up_to)));
        ++report.batches;
        options.progress(report.sum.read);
        if (count < server.batch) break;
        after = report.up_to;
    }
    return report;
}

store::Schema sources_schema() {
    static constexpr char sql[] =
#include "areas/data/sources/schema.sql.inc"
        ;
    return {"sources", sql};
}

}  // namespace suanpan::data
