#include "areas/data/load.h"

#include <chrono>
#include <format>

#include "areas/data/fingerprint.h"
#include "areas/data/load_sql.h"
#include "areas/data/merge.h"
#include "areas/data/plain_file.h"
#include "platform/base/money.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using store::Connection;

struct Loader {
    Connection& connection;
    const store::Shop& shop;
    const Source& source;
    FileReport& report;
    std::int64_t load_id = 0;
    std::vector<std::string> columns;

    Result<> read(const fs::path& file);
    Result<> name_columns();
    Result<> number_lines();
    Result<> find_duplicates();
    Result<> quarantine_unreadable();
    Result<> quarantine_unrouted();
    Result<> quarantine_duplicates();
    Result<> load_target(std::size_t index);
    Result<> quarantine_faults(const Target& target, const TargetSql& sql);
    Result<> count_mends(const TargetSql& sql);
    Result<> count_rules();
    [[nodiscard]] std::string raw_json() const;
};

std::string list_of(const std::vector<std::string>& columns) {
    std::string names;
    for (const auto& column : columns) names += (names.empty() ? "" : ", ") + quote_name(column);
    return names;
}

std::string Loader::raw_json() const {
    std::string sql = "json_object(";
    for (const auto& column : columns)
        sql += std::format("{}{}, raw.{}", sql.ends_with('(') ? "" : ", ", quote_text(column), quote_name(column));
    return "CAST(" + sql + ") AS VARCHAR)";
}

Result<> Loader::read(const fs::path& file) {
    const auto plain = TRY(PlainFile::of(file));
    auto done = connection.query(read_sql({source.delimiter, source.null_texts}), plain.path());
    if (!done)
        return fail(done.error().code == ErrorCode::no_space ? ErrorCode::no_space : ErrorCode::invalid_argument,
                    "the file cannot be read as a table: " + done.error().message, file.string());
    TRY(number_lines());
    TRY(name_columns());
    TRY(find_duplicates());
    report.read =
        TRY(connection.count("SELECT (SELECT count(*) FROM raw) + (SELECT count(DISTINCT line) FROM reject_errors)"));
    return quarantine_unreadable();
}

// A row's line is its place among the rows and the header before them. Rows that the reader rejected are not among
// them; the lines after those move down by one for each.
Result<> Loader::number_lines() {
    if (TRY(connection.count("SELECT count(*) FROM reject_errors")) == 0)
        return connection.run(
            "CREATE OR REPLACE TEMP VIEW raw AS "
            "SELECT rowid - (SELECT min(rowid) FROM raw_rows) + 2 AS source_line, * FROM raw_rows");
    return connection.run(R"(
        CREATE OR REPLACE TEMP TABLE numbered AS SELECT row_number() OVER () + 1 AS source_line, * FROM raw_rows;
        UPDATE numbered SET source_line = source_line + moved.rows
        FROM (SELECT r.source_line AS was, max(x.nth) AS rows
              FROM numbered AS r
              JOIN (SELECT line, row_number() OVER (ORDER BY line) AS nth
                    FROM (SELECT DISTINCT line FROM reject_errors)) AS x
                ON x.line - x.nth < r.source_line
              GROUP BY ALL) AS moved
        WHERE source_line = moved.was;
        CREATE OR REPLACE TEMP TABLE raw_rows AS FROM numbered;
        DROP TABLE numbered;
        CREATE OR REPLACE TEMP VIEW raw AS FROM raw_rows)");
}

Result<> Loader::name_columns() {
    const auto table = TRY(connection.query("SELECT * FROM raw LIMIT 0"));
    for (std::size_t i = 1; i < table.columns(); ++i) columns.push_back(table.name(i));
    return {};
}

Result<> Loader::find_duplicates() {
    auto routed = connection.query(std::format("SELECT {} FROM raw LIMIT 0", route_sql(source)));
    if (!routed)
        return fail(
            ErrorCode::invalid_argument,
            std::format("`when` of source \"{}\" does not fit the file: {}", source.name, routed.error().message),
            report.file);
    const bool refuse = std::ranges::any_of(source.targets, &Target::refuse_duplicates);
    // Only rows that share a hash with another are compared in full.
    return connection.run(std::format(R"(
        CREATE OR REPLACE TEMP TABLE duplicates AS
        SELECT source_line
        FROM (SELECT source_line, row_number() OVER (PARTITION BY {0} ORDER BY source_line) AS nth
              FROM raw
              WHERE {1} AND hash({0}) IN (SELECT hash({0}) AS h FROM raw GROUP BY h HAVING count(*) > 1))
        WHERE nth > 1)",
                                      list_of(columns), refuse ? "true" : "false"));
}

Result<> Loader::quarantine_unreadable() {
    TRY(connection.query(R"(
        INSERT INTO data.quarantine
        SELECT ?, line, coalesce(any_value(column_name), ''), 'unreadable row', any_value(error_message),
               any_value(csv_line)
        FROM reject_errors GROUP BY line)",
                         load_id));
    TRY(connection.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans"));
    return {};
}

Result<> Loader::quarantine_unrouted() {
    TRY(connection.query(std::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, '', 'no table takes it', 'no `when` of the mapping holds for this row', {}
        FROM raw ANTI JOIN duplicates USING (source_line) WHERE ({}) IS NULL)",
                                     raw_json(), route_sql(source)),
                         load_id));
    return {};
}

Result<> Loader::quarantine_duplicates() {
    TRY(connection.query(std::format(R"(
        INSERT INTO data.quarantine
        SELECT ?, source_line, '', 'duplicate', 'an earlier line of the file is the same in every column', {}
        FROM raw SEMI JOIN duplicates USING (source_line))",
                                     raw_json()),
                         load_id));
    return {};
}

Result<> Loader::quarantine_faults(const Target& target, const TargetSql& sql) {
    for (std::size_t i = 0; i < sql.faults.size(); ++i) {
        const auto& fault = sql.faults[i];
        const auto* expression = fault.column.empty() ? nullptr : target.expression(fault.column);
        const auto column = expression == nullptr ? fault.column : *expression;
        TRY(connection.query(std::format(R"(
            INSERT INTO data.quarantine
            SELECT ?, source_line, ?, ?, coalesce('"' || fault_value || '" ', '') || ?, {}
            FROM typed JOIN raw USING (source_line) WHERE fault = ?)",
                                         raw_json()),
                             load_id, column, fault.rule, fault.reason, i + 1));
    }
    return {};
}

Result<> Loader::count_mends(const TargetSql& sql) {
    if (sql.mends.empty()) return {};
    std::string any;
    for (std::size_t i = 0; i < sql.mends.size(); ++i) {
        TRY(connection.query(std::format(R"(
            INSERT INTO data.mend
            SELECT ?, ?, count(*) FROM typed WHERE mend_{} AND fault IS NULL HAVING count(*) > 0)",
                                         i),
                             load_id, sql.mends[i]));
        any += std::format("{}mend_{}", any.empty() ? "" : " OR ", i);
    }
    report.mended += TRY(connection.count("SELECT count(*) FROM typed WHERE fault IS NULL AND (" + any + ")"));
    return {};
}

Result<> Loader::load_target(std::size_t index) {
    const auto& target = source.targets[index];
    const auto sql = typed_sql(target, {.target = std::format("({}) = {}", route_sql(source), index),
                                        .columns = columns,
                                        .time_zone = shop.settings().time_zone,
                                        .minor_digits = minor_digits(shop.settings().currency)});
    if (auto done = connection.query("CREATE OR REPLACE TEMP TABLE typed AS " + sql.typed); !done)
        return fail(
            ErrorCode::invalid_argument,
            std::format("the mapping of {} does not fit the file: {}", target.table->name, done.error().message),
            report.file);
    TRY(quarantine_faults(target, sql));
    TRY(count_mends(sql));
    const auto merged = TRY(merge(connection, target, {load_id, shop.settings().time_zone}));
    report.loaded += merged.written;
    report.unchanged += merged.unchanged;
    return {};
}

struct Counted {
    std::string rule;
    std::string action;
    std::int64_t rows = 0;
};

Result<> Loader::count_rules() {
    for (const auto& row : TRY(connection.rows<Counted>(R"(
        SELECT rule, 'quarantine' AS action, count(*) AS rows FROM data.quarantine WHERE load_id = ? GROUP BY ALL
        UNION ALL
        SELECT rule, 'mended', rows FROM data.mend WHERE load_id = ?
        ORDER BY action DESC, rows DESC, rule)",
                                                        load_id, load_id)))
        report.rules.push_back({row.rule, row.action, row.rows});
    report.quarantined = TRY(connection.count("SELECT count(*) FROM data.quarantine WHERE load_id = ?", load_id));
    return {};
}

Result<> load_rows(Loader& loader, const fs::path& file, const LoadOptions& options) {
    auto& connection = loader.connection;
    loader.load_id = TRY(connection.count("SELECT coalesce(max(load_id), 0) + 1 FROM data.load"));
    options.progress({"reading", 0, 3});
    TRY(loader.read(file));
    options.progress({"checking", 1, 3});
    TRY(loader.quarantine_unrouted());
    TRY(loader.quarantine_duplicates());
    options.progress({"writing", 2, 3});
    for (std::size_t i = 0; i < loader.source.targets.size(); ++i) TRY(loader.load_target(i));
    TRY(match_returns(connection, loader.load_id));
    TRY(loader.count_rules());
    options.progress({"writing", 3, 3});
    return connection.run("DROP VIEW raw; DROP TABLE raw_rows; DROP TABLE typed; DROP TABLE duplicates");
}

}  // namespace

Result<FileReport> load_file(store::Shop& shop, const Mapping& mapping, const fs::path& file,
                             const LoadOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const auto* source = TRY(source_for(mapping, file.filename().string()));
    const auto identity = TRY(fingerprint(file, mapping.text));
    FileReport report;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        report = {.file = file.filename().string(), .source = source->name};
        const auto known =
            TRY(connection.query("SELECT \"read\" FROM data.load WHERE fingerprint = ? LIMIT 1", identity));
        if (known.rows() == 1) {
            report.read = report.unchanged = known.values<std::int64_t>(0, 0)[0];
            return {};
        }
        Loader loader{connection, shop, *source, report, 0, {}};
        TRY(load_rows(loader, file, options));
        TRY(connection.query("INSERT INTO data.load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", loader.load_id,
                             source->name, report.file, identity, now(), report.read, report.loaded, report.mended,
                             report.quarantined, report.unchanged));
        return {};
    }));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return report;
}

}  // namespace suanpan::data
