#include "areas/data/erase/erase.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "areas/data/load_sql.h"
#include "areas/data/personal.h"
#include "platform/store/scrub.h"

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct TextColumn {
    std::string schema_name, table_name, column_name;
    bool nullable = false;
    bool of_people = false;  // its table has a customer_id
};

namespace {

using store::Connection;

// Tables whose texts may name anyone; the others tell of goods and places, where the same word is another thing.
constexpr auto free_texts = std::to_array<std::string_view>(
    {"data.quarantine", "data.test_result", "data.alarm", "jobs.step", "gateway.idempotency"});

std::string escaped(std::string_view text) {
    std::string pattern;
    for (const char letter : text) {
        if (std::string_view("\\.+*?()|[]{}^$").contains(letter)) pattern += '\\';
        pattern += letter;
    }
    return pattern;
}

struct Eraser {
    Connection& connection;
    const Person& person;
    ErasureReport& report;
    std::vector<std::string> needles = {};   // the texts and their pseudonyms
    std::string pattern = {};                // finds any of them as words of its own
    std::vector<std::string> task_ids = {};  // of tasks of labelling that went

    Result<> prepare();
    Result<std::vector<TextColumn>> columns() const;
    Result<> erase(const TextColumn& column);
    Result<> erase_person_column(const TextColumn& column);
    Result<> black_out(const TextColumn& column);
    Result<> search(const TextColumn& column);
    Result<> empty_reviews();
    Result<> remove_tasks();
    Result<> rewrite(const std::vector<TextColumn>& columns) const;
    void note(const TextColumn& column, std::string_view how, std::int64_t rows);
};

std::string store_name(const TextColumn& column) {
    return quote_name(column.schema_name) + "." + quote_name(column.table_name);
}

bool is_person_column(const TextColumn& column) {
    return column.column_name == "customer_id" || column.column_name == "session_id";
}

// An identifier of something else: an order, an item, a file.
bool is_other_identifier(const TextColumn& column) {
    return column.column_name.ends_with("_id") || column.column_name.ends_with("_key");
}

bool holds_free_text(const TextColumn& column) {
    const auto name = column.schema_name + "." + column.table_name;
    return column.of_people || column.schema_name == "labels" || std::ranges::contains(free_texts, name);
}

bool is_searched_only(const TextColumn& column) {
    return column.schema_name == "decisions" || column.table_name == "erased";
}

void Eraser::note(const TextColumn& column, std::string_view how, std::int64_t rows) {
    if (rows == 0) return;
    report.erased.push_back({column.schema_name + "." + column.table_name, column.column_name, std::string(how), rows});
}

Result<> Eraser::prepare() {
    TRY(connection.run("CREATE OR REPLACE TEMP TABLE needle (text VARCHAR)"));
    for (const auto& text : person.texts) {
        const auto made =
            TRY(connection.query("SELECT " + pseudonym_sql("t") + " FROM (SELECT CAST(? AS VARCHAR) AS t)", text));
        report.pseudonyms.emplace_back(made.text(0, 0, 0));
        needles.push_back(text);
        needles.push_back(report.pseudonyms.back());
    }
    std::ranges::sort(needles);
    needles.erase(std::ranges::unique(needles).begin(), needles.end());
    for (const auto& needle : needles) {
        TRY(connection.query("INSERT INTO needle VALUES (?)", needle));
        const auto as_json = TRY(connection.query("SELECT CAST(to_json(CAST(? AS VARCHAR)) AS VARCHAR)", needle));
        const auto json = as_json.text(0, 0, 0);
        pattern += (pattern.empty() ? "" : "|") + escaped(needle);
        if (const auto inner = json.substr(1, json.size() - 2); inner != needle) pattern += "|" + escaped(inner);
    }
    pattern = "(?i)(^|[^0-9A-Za-z])(" + pattern + ")([^0-9A-Za-z]|$)";
    return {};
}

Result<std::vector<TextColumn>> Eraser::columns() const {
    return connection.rows<TextColumn>(R"(
        SELECT c.schema_name, c.table_name, c.column_name, c.is_nullable AS nullable,
               bool_or(c.column_name = 'customer_id') OVER (PARTITION BY c.schema_name, c.table_name) AS of_people
        FROM duckdb_columns() AS c
        JOIN duckdb_tables() AS t USING (schema_name, table_name)
        WHERE c.database_name = current_database() AND t.database_name = current_database() AND NOT t.temporary
          AND (c.data_type LIKE '%VARCHAR%' OR c.data_type = 'JSON')
        ORDER BY ALL)");
}

// Values are compared in full, without regard to white space at their ends.
constexpr std::string_view is_needle =
    "trim({0}) IN (SELECT text FROM needle) OR normal_text(trim({0})) IN (SELECT text FROM needle)";

Result<> Eraser::erase_person_column(const TextColumn& column) {
    const auto name = quote_name(column.column_name);
    const auto where = fmt::vformat(is_needle, fmt::make_format_args(name));
    const bool about_people =
        column.schema_name == "features" || (column.schema_name == "data" && column.table_name == "customer");
    if (about_people || !column.nullable) {
        const auto done = TRY(connection.query(fmt::format("DELETE FROM {} WHERE {}", store_name(column), where)));
        note(column, "row removed", done.changed());
        return {};
    }
    const auto done =
        TRY(connection.query(fmt::format("UPDATE {} SET {} = NULL WHERE {}", store_name(column), name, where)));
    note(column, "emptied", done.changed());
    return {};
}

// Twice, since two words that share the space between them are found one at a time.
Result<> Eraser::black_out(const TextColumn& column) {
    const auto name = quote_name(column.column_name);
    std::int64_t rows = 0;
    for (int pass = 0; pass < 2; ++pass)
        rows = std::max(
            rows, TRY(connection.query(fmt::format("UPDATE {0} SET {1} = regexp_replace({1}, ?, '\\1(erased)\\3', "
                                                   "'g') WHERE regexp_matches({1}, ?)",
                                                   store_name(column), name),
                                       pattern, pattern))
                      .changed());
    note(column, "blacked out", rows);
    return {};
}

Result<> Eraser::erase(const TextColumn& column) {
    if (is_searched_only(column)) return {};
    if (is_person_column(column)) return erase_person_column(column);
    if (is_other_identifier(column) || !holds_free_text(column)) return {};
    return black_out(column);
}

// A review of the person is the person's own words.
Result<> Eraser::empty_reviews() {
    const std::string name = "customer_id";
    const auto done = TRY(connection.query(fmt::format("UPDATE data.review SET title = NULL, body = NULL WHERE {}",
                                                       fmt::vformat(is_needle, fmt::make_format_args(name)))));
    note({"data", "review", "title, body"}, "emptied", done.changed());
    return {};
}

Result<> Eraser::remove_tasks() {
    auto removed = TRY(erase_tasks(connection));
    report.erased.append_range(removed.erased);
    task_ids = std::move(removed.task_ids);
    return {};
}

// Every table that may have told of the person, now or before: what was deleted from it earlier still has its bytes
// there.
Result<> Eraser::rewrite(const std::vector<TextColumn>& columns) const {
    std::set<std::pair<std::string, std::string>> tables;
    for (const auto& column : columns)
        if (!is_searched_only(column) && (is_person_column(column) || holds_free_text(column)))
            tables.emplace(column.schema_name, column.table_name);
    for (const auto& [schema, table] : tables) TRY(store::rewrite_table(connection, {schema, table}));
    return {};
}

std::string why_left(const TextColumn& column) {
    if (column.schema_name == "decisions")
        return "decisions are bound to their texts; reject or let expire what names the person";
    if (is_other_identifier(column)) return "the same text numbers something else here";
    return "the same text describes goods or places here";
}

Result<> Eraser::search(const TextColumn& column) {
    if (column.table_name == "erased") return {};
    ++report.columns_searched;
    const auto rows =
        TRY(connection.count(fmt::format("SELECT count(*) FROM {} WHERE regexp_matches(CAST({} AS VARCHAR), ?)",
                                         store_name(column), quote_name(column.column_name)),
                             pattern));
    if (rows > 0)
        report.remaining.push_back(
            {column.schema_name + "." + column.table_name, column.column_name, rows, why_left(column)});
    return {};
}

Result<> erase_all(Eraser& eraser) {
    TRY(eraser.prepare());
    TRY(eraser.remove_tasks());
    TRY(eraser.empty_reviews());
    const auto columns = TRY(eraser.columns());
    for (const auto& column : columns) TRY(eraser.erase(column));
    TRY(eraser.rewrite(columns));
    for (const auto& pseudonym : eraser.report.pseudonyms)
        TRY(
            eraser.connection.query("INSERT INTO data.erased SELECT ?, now() WHERE ? NOT IN (SELECT pseudonym FROM "
                                    "data.erased)",
                                    pseudonym, pseudonym));
    for (const auto& column : columns) TRY(eraser.search(column));
    return eraser.connection.run("DROP TABLE needle; DROP TABLE personal_key");
}

// The exported labels of a task name it; its text may have been changed by whoever took it apart.
std::vector<std::string> texts_of_files(const Person& person, const std::vector<std::string>& task_ids) {
    auto texts = person.texts;
    for (const auto& id : task_ids) texts.push_back(fmt::format("\"task_id\":\"{}\"", id));
    return texts;
}

void overwrite(store::Shop& shop, ErasureReport& report, std::chrono::milliseconds patience) {
    const auto done = store::scrub(shop.database(), patience);
    report.overwritten = done.has_value();
    if (!done)
        report.advice = fmt::format(
            "the person is erased from the tables, but old bytes may be left in the database file: {}; erase the same "
            "person again {}",
            done.error().message, done.error().code == ErrorCode::no_space ? "then" : "when less goes on");
}

}  // namespace

Result<ErasureReport> erase_person(store::Shop& shop, const Person& person, std::chrono::milliseconds patience) {
    for (const auto& text : person.texts)
        if (text.size() < 2 || text.find_first_not_of(' ') == std::string::npos)
            return fail(ErrorCode::invalid_argument,
                        "a text of fewer than two letters is everywhere; give what tells the person from others", text);
    const auto key = TRY(personal_key(shop.folder()));
    ErasureReport report;
    std::vector<std::string> task_ids;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        report = {};
        TRY(use_key(connection, key));
        Eraser eraser{connection, person, report};
        TRY(erase_all(eraser));
        task_ids = std::move(eraser.task_ids);
        return {};
    }));
    overwrite(shop, report, patience);
    report.files = files_with(shop.folder(), texts_of_files(person, task_ids));
    return report;
}

}  // namespace suanpan::data
