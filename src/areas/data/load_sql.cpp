#include "areas/data/load_sql.h"

#include <algorithm>
#include <format>

#include "areas/data/route.h"

namespace suanpan::data {
namespace {

std::string doubled(std::string_view text, char mark) {
    std::string quoted(1, mark);
    for (const char letter : text) {
        quoted += letter;
        if (letter == mark) quoted += mark;
    }
    return quoted + mark;
}

// The value of a field from its text; NULL where the text does not fit.
std::string typed_value(const Field& field, const std::string& text, const TypedOptions& options) {
    switch (field.type) {
        case FieldType::text:
            return text;
        case FieldType::money:
            return std::format("CAST(round(TRY_CAST({} AS DECIMAL(18, 4)) * {}) AS BIGINT)", text,
                               options.minor_digits == 0   ? 1
                               : options.minor_digits == 2 ? 100
                                                           : 1000);
        case FieldType::instant:
            return std::format("instant_of({0}, TRY_CAST({0} AS TIMESTAMP), {1})", text, quote_text(options.time_zone));
        default:
            return std::format("TRY_CAST({} AS {})", text, sql_type(field.type));
    }
}

std::string text_name(std::string_view field) {
    return quote_name("text of " + std::string(field));
}

std::vector<Fault> faults_of(const Target& target) {
    std::vector<Fault> faults;
    for (const auto& field : target.table->fields) {
        if (target.expression(field.name) == nullptr) continue;
        const std::string column(field.name);
        if (field.need == Need::required)
            faults.push_back({column, "missing " + column, "a row needs this field, and it is empty",
                              text_name(column) + " IS NULL", ""});
        if (field.type != FieldType::text)
            faults.push_back({column, "unreadable " + column, std::format("is not {}", description(field.type)),
                              std::format("{} IS NOT NULL AND {} IS NULL", text_name(column), quote_name(column)),
                              text_name(column)});
    }
    for (const auto& rule : target.rules)
        if (rule.action == Rule::Action::quarantine)
            faults.push_back({"", rule.name, rule.reason.empty() ? rule.when : rule.reason, rule.when, ""});
    return faults;
}

std::string case_of(const std::vector<Fault>& faults, bool values) {
    std::string sql = "CASE";
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (values && faults[i].value.empty()) continue;
        sql += values ? std::format(" WHEN fault = {} THEN {}", i + 1, faults[i].value)
                      : std::format(" WHEN {} THEN {}", faults[i].condition, i + 1);
    }
    if (sql == "CASE") return "NULL";
    return sql + " END";
}

struct FieldsSql {
    std::string texts, values, names;  // lists that begin with a comma
};

FieldsSql fields_sql(const Target& target, const TypedOptions& options) {
    FieldsSql sql;
    for (const auto& [name, expression] : target.fields) {
        const auto text = text_name(name);
        const auto& field = *std::ranges::find(target.table->fields, name, &Field::name);
        sql.texts += std::format(",\n    CAST(({}) AS VARCHAR) AS {}", expression, text);
        sql.values += std::format(",\n    {} AS {}", typed_value(field, text, options), quote_name(name));
        sql.names += ", " + quote_name(name);
        if (field.type != FieldType::instant) continue;
        sql.names +=
            std::format(", day_in({}, {}) AS {}", quote_name(name), quote_text(options.time_zone), day_name(name));
    }
    return sql;
}

std::string source_struct(const std::vector<std::string>& columns) {
    std::string sql = "struct_pack(";
    for (const auto& column : columns)
        sql += std::format("{}{} := {}", sql.ends_with('(') ? "" : ", ", quote_name(column), quote_name(column));
    return sql + ")";
}

}  // namespace

std::string quote_text(std::string_view text) {
    return doubled(text, '\'');
}
std::string quote_name(std::string_view name) {
    return doubled(name, '"');
}

std::string day_name(std::string_view instant) {
    return quote_name("day of " + std::string(instant));
}

std::string raw_sql(const std::vector<std::string>& columns) {
    std::string pairs;
    for (const auto& column : columns)
        pairs += std::format("{}{}, {}", pairs.empty() ? "" : ", ", quote_text(column), quote_name(column));
    return std::format("CAST(json_object({}) AS VARCHAR)", pairs);
}

std::string route_sql(const Source& source) {
    std::string sql = "CASE";
    for (std::size_t i = 0; i < source.targets.size(); ++i)
        sql += std::format(" WHEN {} THEN {}", source.targets[i].when.empty() ? "true" : source.targets[i].when, i);
    return sql + " END";
}

TargetSql typed_sql(const Target& target, const TypedOptions& options) {
    TargetSql sql{.faults = faults_of(target)};
    const auto fields = fields_sql(target, options);
    const std::string_view place = numbers_lines(target) ? ", source_place" : "";
    std::string mends, mend_names;
    for (const auto& rule : target.rules) {
        if (rule.action != Rule::Action::mended) continue;
        const auto name = std::format("mend_{}", sql.mends.size());
        mends += std::format(",\n    coalesce({}, false) AS {}", rule.when, name);
        mend_names += ", " + name;
        sql.mends.push_back(rule.name);
    }
    sql.typed =
        std::format(R"(
        WITH texts AS (
            SELECT source_line{}, {} AS source{}
            FROM offered_rows(?)
        ), typed AS (
            SELECT *{}
            FROM texts
        ), judged AS (
            SELECT *, {} AS fault{}
            FROM typed
        )
        SELECT source_line{}{}, fault, {} AS fault_value{},
               CASE WHEN fault IS NOT NULL THEN CAST(to_json(source) AS VARCHAR) END AS raw
        FROM judged)",
                    place, source_struct(options.columns), fields.texts, fields.values, case_of(sql.faults, false),
                    mends, place, fields.names, case_of(sql.faults, true), mend_names);
    return sql;
}

}  // namespace suanpan::data
