#include "areas/data/labels/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "areas/data/labels/predicate.h"

namespace suanpan::data::labels {
namespace {

using store::Connection;

struct RuleRow {
    std::string set_name;
    std::int64_t version = 0, position = 0;
    std::string name, label, regex, field, predicate;
};

struct TaskTruth {
    std::string task_id;
    std::optional<std::string> gold;
};

struct MatchedTask {
    std::string task_id;
};

struct GuessRow {
    std::string set_name;
    std::int64_t version = 0;
    std::string task_id, label;
    double confidence = 0;
};

std::string about(const Rule& rule) {
    return fmt::format("rule \"{}\"", rule.name);
}

// A column of a rule's condition: of the task itself, else a field of its record.
bool is_own(std::string_view column) {
    return column == "task_id" || column == "text" || column == "picture";
}

// The tasks that a rule matches. Fields of the record are texts; number(field) makes a number of one.
Result<std::vector<MatchedTask>> matches(Connection& connection, const LabelSet& set, const Predicate& predicate) {
    std::string columns;
    std::vector<store::Value> values;
    for (const auto& column : predicate.columns) {
        if (is_own(column)) continue;
        columns += fmt::format(", json_extract_string(record, ?) AS \"{}\"", column);
        values.emplace_back(fmt::format("$.\"{}\"", column));
    }
    values.emplace_back(set.name);
    values.insert(values.end(), predicate.values.begin(), predicate.values.end());
    const auto sql = fmt::format(
        "SELECT task_id FROM (SELECT task_id, text, picture{} FROM labels.task WHERE set_name = ?) WHERE {}", columns,
        predicate.sql);
    const auto table = connection.query_values(sql, values);
    if (!table) return fail(ErrorCode::invalid_argument, "the rule cannot be applied: " + table.error().message);
    return store::read_rows<MatchedTask>(*table);
}

Result<Predicate> predicate_of(const Rule& rule) {
    if (rule.regex.empty() == rule.where.empty())
        return fail(ErrorCode::invalid_argument, "a rule has either a regex or a condition (where)");
    if (rule.regex.empty()) return parse_predicate(rule.where, {});
    const auto field = TRY(parse_predicate("\"" + rule.field + "\" IS NOT NULL", {}));
    return Predicate{.sql = fmt::format("(regexp_matches(\"{}\", ?))", rule.field),
                     .values = {rule.regex},
                     .columns = field.columns};
}

Result<> check(const LabelSet& set, std::span<const Rule> rules) {
    std::set<std::string> names;
    for (const auto& rule : rules) {
        if (rule.name.empty() || !names.insert(rule.name).second)
            return fail(ErrorCode::invalid_argument, "each rule needs a name of its own", about(rule));
        if (const auto known = class_of(set, rule.label); !known)
            return fail(known.error().code, known.error().message, about(rule));
    }
    return {};
}

Result<> replace_rules(Connection& connection, const LabelSet& set, std::span<const Rule> rules) {
    TRY(check(set, rules));
    TRY(connection.query("DELETE FROM labels.rule WHERE set_name = ? AND version = ?", set.name, set.version));
    std::vector<RuleRow> rows;
    for (const auto& rule : rules)
        rows.push_back(
            {set.name, set.version, std::ssize(rows), rule.name, rule.label, rule.regex, rule.field, rule.where});
    return connection.append<RuleRow>("labels", "rule", rows);
}

Result<std::vector<Rule>> stored_rules(Connection& connection, const LabelSet& set) {
    return connection.rows<Rule>(R"(
        SELECT name, label, regex, predicate AS "where", field
        FROM labels.rule
        WHERE set_name = ? AND version = ?
        ORDER BY position)",
                                 set.name, set.version);
}

Result<Votes> votes_of(Connection& connection, const LabelSet& set, std::span<const Rule> rules,
                       std::span<const TaskTruth> tasks) {
    Votes votes(tasks.size(), std::vector<Vote>(rules.size()));
    std::unordered_map<std::string_view, std::size_t> places;
    for (const auto& task : tasks) places.emplace(task.task_id, places.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto predicate = predicate_of(rules[i]);
        const auto matched = predicate ? matches(connection, set, *predicate) : std::unexpected(predicate.error());
        if (!matched) return fail(matched.error().code, matched.error().message, about(rules[i]));
        for (const auto& task : *matched) votes[places.at(task.task_id)][i] = set.class_index(rules[i].label);
    }
    return votes;
}

Result<std::int64_t> write_guesses(Connection& connection, const LabelSet& set, std::span<const TaskTruth> tasks,
                                   const Guesses& guesses) {
    TRY(connection.query("DELETE FROM labels.guess WHERE set_name = ? AND version = ?", set.name, set.version));
    std::vector<GuessRow> rows;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        if (const auto& made = guesses.guesses[i])
            rows.push_back(
                {set.name, set.version, tasks[i].task_id, set.definition.classes[made->label], made->confidence});
    TRY(connection.append<GuessRow>("labels", "guess", rows));
    return std::ssize(rows);
}

}  // namespace

Result<RuleReport> apply_rules(Connection& connection, const LabelSet& set, std::span<const Rule> rules) {
    if (!rules.empty()) TRY(replace_rules(connection, set, rules));
    RuleReport report{.rules = TRY(stored_rules(connection, set))};
    const auto tasks = TRY(connection.rows<TaskTruth>(R"(
        SELECT t.task_id, g.label AS gold
        FROM labels.task AS t
        LEFT JOIN labels.gold AS g ON g.set_name = t.set_name AND g.version = ? AND g.task_id = t.task_id
        WHERE t.set_name = ?
        ORDER BY t.number)",
                                                      set.version, set.name));
    std::vector<Vote> truth;
    for (const auto& task : tasks) truth.push_back(task.gold ? set.class_index(*task.gold) : std::nullopt);
    const auto votes = TRY(votes_of(connection, set, report.rules, tasks));
    const auto guesses = guess(votes, truth, set.definition.classes.size());
    report.tasks = std::ssize(tasks);
    report.guessed = TRY(write_guesses(connection, set, tasks, guesses));
    report.quality = guesses.rules;
    report.guesses = guesses.quality;
    report.quality.resize(report.rules.size());
    return report;
}

}  // namespace suanpan::data::labels
