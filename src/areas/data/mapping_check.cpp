#include "areas/data/mapping_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "areas/data/csv/table.h"
#include "areas/data/load_sql.h"

namespace suanpan::data {
namespace {

using store::Connection;

// DuckDB's sentence without the statement that it quotes after it.
std::string first_sentences(std::string message) {
    if (const auto quoted = message.find("\n\nLINE "); quoted != std::string::npos) message.resize(quoted);
    std::ranges::replace(message, '\n', ' ');
    return message;
}

// DuckDB's sentence where it refuses the statement; empty where it does not.
Result<std::string> problem_of(Connection& connection, const std::string& sql) {
    const auto done = connection.query(sql);
    if (done) return std::string();
    const auto code = done.error().code;
    if (code == ErrorCode::no_space || code == ErrorCode::unavailable || code == ErrorCode::io)
        return std::unexpected(done.error());
    return first_sentences(done.error().message);
}

// One expression of a target, by its key in Target::places.
struct Part {
    std::string key, expression;
};

std::vector<Part> parts_of(const Target& target) {
    std::vector<Part> parts;
    if (!target.when.empty()) parts.push_back({"when", target.when});
    for (const auto& [field, sql] : target.fields) parts.push_back({field, sql});
    if (!target.declared.currency.empty()) parts.push_back({"currency", target.declared.currency});
    return parts;
}

struct Checker {
    Connection& connection;
    const Source& source;
    std::vector<MappingProblem>& problems;

    void add(const Target& target, const Part& part, std::string problem, bool is_sql) {
        const auto place = target.places.find(part.key);
        const std::string_view joint = part.key.starts_with("rule ") ? ", " : ".";
        problems.push_back({source.name, fmt::format("{}{}{}", target.table->name, joint, part.key),
                            place == target.places.end() ? "" : place->second, part.expression, std::move(problem),
                            is_sql});
    }
    Result<> parse(const Target& target);
    Result<> name_columns(const Target& target, std::vector<std::string>& columns) const;
    Result<> bind(const Target& target, const std::vector<std::string>& columns);
    Result<> bind_rules(const Target& target, const std::vector<std::string>& columns);
};

std::vector<Part> rules_of(const Target& target) {
    std::vector<Part> rules;
    for (const auto& rule : target.rules) rules.push_back({"rule " + rule.name, rule.when});
    return rules;
}

Result<> Checker::parse(const Target& target) {
    auto parts = parts_of(target);
    parts.append_range(rules_of(target));
    for (const auto& part : parts) {
        const auto parsed = TRY(connection.query(
            "SELECT coalesce(json_extract_string(json_serialize_sql(?), '/error_message'), '') AS problem",
            "SELECT (" + part.expression + "\n)"));
        if (const auto problem = parsed.text(0, 0, 0); !problem.empty()) add(target, part, std::string(problem), false);
    }
    return {};
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

// Adds the columns that the expressions name.
Result<> Checker::name_columns(const Target& target, std::vector<std::string>& columns) const {
    for (const auto& part : parts_of(target)) {
        const auto named =
            TRY(connection.query("SELECT DISTINCT json_extract_string(name, '$[0]') AS name "
                                 "FROM (SELECT unnest(json_extract(json_serialize_sql(?), '$..column_names')) AS name)",
                                 "SELECT (" + part.expression + "\n)"));
        for (std::size_t chunk = 0; chunk < named.chunks(); ++chunk)
            for (std::size_t row = 0; row < named.chunk_rows(chunk); ++row) {
                const auto name = named.text(chunk, 0, row);
                const auto is_it = [&](std::string_view other) { return same_name(name, other); };
                if (std::ranges::none_of(columns, is_it) && std::ranges::none_of(own_names, is_it))
                    columns.emplace_back(name);
            }
    }
    return {};
}

// A table `unread` with the columns and no rows, in place of the file.
Result<> make_unread(Connection& connection, const std::vector<std::string>& columns) {
    std::string list;
    for (const auto name : own_names) list += fmt::format("{}{} BIGINT", list.empty() ? "" : ", ", name);
    for (const auto& name : columns) list += fmt::format(", {} VARCHAR", quote_name(name));
    return connection.run(fmt::format("CREATE OR REPLACE TEMP TABLE unread ({})", list));
}

Result<> Checker::bind(const Target& target, const std::vector<std::string>& columns) {
    const auto before = problems.size();
    for (const auto& part : parts_of(target)) {
        // source_line beside it, so that a sum over all rows is none of a row.
        const auto sql =
            part.key == "when"
                ? fmt::format("SELECT source_line, CASE WHEN ({}\n) THEN 1 END FROM unread LIMIT 0", part.expression)
                : fmt::format("SELECT source_line, CAST(({}\n) AS VARCHAR) FROM unread LIMIT 0", part.expression);
        if (auto problem = TRY(problem_of(connection, sql)); !problem.empty())
            add(target, part, std::move(problem), true);
    }
    return problems.size() == before ? bind_rules(target, columns) : Result<>();
}

// Rules see the fields as they were read, so these must be sound before.
Result<> Checker::bind_rules(const Target& target, const std::vector<std::string>& columns) {
    if (target.table == &nothing_table()) return {};
    const auto rows =
        typed_rows_sql(target, {.columns = {.all = columns}, .time_zone = "UTC", .currency = "GBP"}, "unread");
    for (const auto& part : rules_of(target)) {
        const auto sql =
            fmt::format("{} SELECT source_line, CASE WHEN ({}\n) THEN 1 END FROM typed LIMIT 0", rows, part.expression);
        if (auto problem = TRY(problem_of(connection, sql)); !problem.empty())
            add(target, part, std::move(problem), true);
    }
    return {};
}

Result<> check_named(Checker& checker) {
    const auto before = checker.problems.size();
    std::vector<std::string> columns;
    for (const auto& target : checker.source.targets) TRY(checker.parse(target));
    if (checker.problems.size() > before) return {};
    for (const auto& target : checker.source.targets) TRY(checker.name_columns(target, columns));
    TRY(make_unread(checker.connection, columns));
    for (const auto& target : checker.source.targets) TRY(checker.bind(target, columns));
    return {};
}

}  // namespace

Result<std::vector<MappingProblem>> check_mapping(Connection& connection, const Mapping& mapping) {
    std::vector<MappingProblem> problems;
    for (const auto& source : mapping.sources) {
        Checker checker{connection, source, problems};
        TRY(check_named(checker));
    }
    return problems;
}

Result<std::vector<MappingProblem>> check_source(Connection& connection, const Source& source,
                                                 const std::vector<std::string>& columns) {
    std::vector<MappingProblem> problems;
    Checker checker{connection, source, problems};
    TRY(make_unread(connection, columns));
    for (const auto& target : source.targets) TRY(checker.bind(target, columns));
    return problems;
}

namespace {

// "order" alone is a word of SQL; in quotes it is a column.
std::string hint(const MappingProblem& problem) {
    const bool bare = !problem.expression.empty() && std::ranges::all_of(problem.expression, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_';
    });
    if (!bare || !problem.problem.contains("syntax error")) return {};
    return fmt::format("; a column whose name is a word of SQL is written '\"{}\"'", problem.expression);
}

}  // namespace

Result<> refuse_problems(const std::vector<MappingProblem>& problems, std::string_view what, std::string_view ending) {
    if (problems.empty()) return {};
    const auto& [source, where, place, expression, problem, is_sql] = problems.front();
    const auto note = hint(problems.front());
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" {}: {}{}{}{}", expression, is_sql ? what : "is no SQL expression", problem, note,
                            problems.size() == 1 ? "" : fmt::format(" (and {} more)", problems.size() - 1), ending),
                fmt::format("{}{}source {}, {}", place, place.empty() ? "" : ", ", source, where));
}

}  // namespace suanpan::data
