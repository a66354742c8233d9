#include "areas/data/mapping_check.h"

#include <fmt/format.h>

namespace suanpan::data {
namespace {

using store::Connection;

// DuckDB's sentence where the text is not one expression; empty where it is.
Result<std::string> syntax_problem(Connection& connection, const std::string& expression) {
    const auto parsed = TRY(
        connection.query("SELECT coalesce(json_extract_string(json_serialize_sql(?), '/error_message'), '') AS problem",
                         "SELECT (" + expression + "\n)"));
    return std::string(parsed.text(0, 0, 0));
}

struct Checker {
    Connection& connection;
    std::vector<MappingProblem> problems;

    Result<> expression(const std::string& source, const std::string& where, const std::string& sql) {
        if (sql.empty()) return {};
        const auto problem = TRY(syntax_problem(connection, sql));
        if (!problem.empty()) problems.push_back({source, where, sql, problem});
        return {};
    }
    Result<> target(const std::string& source, const Target& target) {
        const std::string table(target.table->name);
        TRY(expression(source, table + ".when", target.when));
        for (const auto& [field, sql] : target.fields) TRY(expression(source, table + "." + field, sql));
        for (const auto& rule : target.rules) TRY(expression(source, table + ", rule " + rule.name, rule.when));
        return {};
    }
};

}  // namespace

Result<std::vector<MappingProblem>> check_mapping(Connection& connection, const Mapping& mapping) {
    Checker checker{connection, {}};
    for (const auto& source : mapping.sources)
        for (const auto& target : source.targets) TRY(checker.target(source.name, target));
    return std::move(checker.problems);
}

}  // namespace suanpan::data
