#include "areas/data/load_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/personal.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

std::string text_name(std::string_view field) {
    return quote_name("text of " + std::string(field));
}

struct Typing {
    const Target& target;
    const TypedOptions& options;
};

int minor_units(const TypedOptions& options) {
    return options.minor_digits == 0 ? 1 : options.minor_digits == 2 ? 100 : 1000;
}

const std::string& zone_of(const Typing& typing) {
    const auto& declared = typing.target.declared.time_zone;
    return declared.empty() ? typing.options.time_zone : declared;
}

// The value of a field from its text; NULL where the text does not fit.
std::string typed_value(const Field& field, const std::string& text, const Typing& typing) {
    const auto& options = typing.options;
    const auto& declared = typing.target.declared;
    switch (field.type) {
        case FieldType::text:
            return declared.normal_texts && field.name != "body" ? fmt::format("normal_text({})", text) : text;
        case FieldType::money:
            if (!declared.currency.empty())
                return fmt::format("TRY_CAST(round(TRY_CAST({} AS DECIMAL(18, 4)) * \"rate of row\" * {}) AS BIGINT)",
                                   text, minor_units(options));
            return fmt::format("CAST(round(TRY_CAST({} AS DECIMAL(18, 4)) * {}) AS BIGINT)", text,
                               minor_units(options));
        case FieldType::instant:
            return fmt::format("instant_of({0}, TRY_CAST({0} AS TIMESTAMP), {1})", text, quote_text(zone_of(typing)));
        default:
            return fmt::format("TRY_CAST({} AS {})", text, sql_type(field.type));
    }
}

// Columns of a row's currency and of what one unit of it is worth.
std::string currency_columns(const Typing& typing) {
    const auto& [target, options] = typing;
    if (target.declared.currency.empty()) return "";
    std::string day = "CAST(NULL AS DATE)";
    for (const auto& field : target.table->fields)
        if (target.expression(field.name) != nullptr && tells_the_past(target.table->name, field))
            day = fmt::format("TRY_CAST({} AS DATE)", text_name(field.name));
    return fmt::format(",\n    upper(trim(CAST(({}) AS VARCHAR))) AS \"currency of row\",\n    {} AS \"rate of row\"",
                       target.declared.currency,
                       rate_sql(target.declared.rates, {"\"currency of row\"", day, options.currency}));
}

void add_past_fault(std::vector<Fault>& faults, const Field& field) {
    const std::string column(field.name);
    faults.push_back({column, "future " + column,
                      "lies in the future; correct it, or replay the row once its day has come",
                      fmt::format("{} > {}", quote_name(column),
                                  field.type == FieldType::day ? "current_date() + 1" : "now() + INTERVAL 1 DAY"),
                      text_name(column)});
}

void add_range_faults(std::vector<Fault>& faults, const Typing& typing) {
    for (const auto& range : typing.target.declared.ranges) {
        const auto type = std::ranges::find(typing.target.table->fields, range.field, &Field::name)->type;
        const auto bound = [&](const std::string& text) {
            if (type == FieldType::day || type == FieldType::instant) return "DATE " + quote_text(text);
            return type == FieldType::money ? fmt::format("{} * {}", text, minor_units(typing.options)) : text;
        };
        std::string outside;
        if (!range.low.empty()) outside = fmt::format("{} < {}", quote_name(range.field), bound(range.low));
        if (!range.high.empty())
            outside +=
                fmt::format("{}{} > {}", outside.empty() ? "" : " OR ", quote_name(range.field), bound(range.high));
        if (outside.empty() || typing.target.expression(range.field) == nullptr) continue;
        faults.push_back({range.field, range.field + " out of range",
                          fmt::format("is not within {} to {}", range.low.empty() ? "any" : range.low,
                                      range.high.empty() ? "any" : range.high),
                          outside, text_name(range.field)});
    }
}

std::vector<Fault> faults_of(const Typing& typing) {
    const auto& target = typing.target;
    std::vector<Fault> faults;
    for (const auto& field : target.table->fields) {
        if (target.expression(field.name) == nullptr) continue;
        const std::string column(field.name);
        if (field.need == Need::required)
            faults.push_back({column, "missing " + column, "a row needs this field, and it is empty",
                              text_name(column) + " IS NULL", ""});
        if (field.type == FieldType::money && !target.declared.currency.empty())
            faults.push_back({column, "unknown currency",
                              "is a currency without a rate; add it to `rates` of the mapping",
                              text_name(column) + " IS NOT NULL AND \"rate of row\" IS NULL", "\"currency of row\""});
        if (field.type != FieldType::text)
            faults.push_back({column, "unreadable " + column, fmt::format("is not {}", description(field.type)),
                              fmt::format("{} IS NOT NULL AND {} IS NULL", text_name(column), quote_name(column)),
                              text_name(column)});
        if (tells_the_past(target.table->name, field)) add_past_fault(faults, field);
    }
    add_range_faults(faults, typing);
    for (const auto& rule : target.rules)
        if (rule.action == Rule::Action::quarantine)
            faults.push_back({"", rule.name, rule.reason.empty() ? rule.when : rule.reason, rule.when, ""});
    return faults;
}

std::string case_of(const std::vector<Fault>& faults, bool values) {
    std::string sql = "CASE";
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (values && faults[i].value.empty()) continue;
        sql += values ? fmt::format(" WHEN fault = {} THEN {}", i + 1, faults[i].value)
                      : fmt::format(" WHEN {} THEN {}", faults[i].condition, i + 1);
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
        sql.texts += fmt::format(",\n    CAST(({}) AS VARCHAR) AS {}", expression, text);
        sql.values += fmt::format(",\n    {} AS {}", typed_value(field, text, {target, options}), quote_name(name));
        sql.names += ", " + quote_name(name);
        if (field.type != FieldType::instant) continue;
        sql.names +=
            fmt::format(", day_in({}, {}) AS {}", quote_name(name), quote_text(options.time_zone), day_name(name));
    }
    sql.texts += currency_columns({target, options});
    return sql;
}

// Rows with a text in another form than the shop keeps it.
std::string text_changed(const Target& target) {
    if (!target.declared.normal_texts) return "";
    std::string sql;
    for (const auto& [name, expression] : target.fields)
        if (std::ranges::find(target.table->fields, name, &Field::name)->type == FieldType::text && name != "body")
            sql +=
                fmt::format("{}{} IS DISTINCT FROM {}", sql.empty() ? "" : " OR ", text_name(name), quote_name(name));
    return sql;
}

std::string offered(const FileColumns& columns) {
    std::string kept;
    for (const auto& column : columns.personal)
        kept += fmt::format("{}{} AS {}", kept.empty() ? "" : ", ", guarded_sql(quote_name(column), columns.mode),
                            quote_name(column));
    return kept.empty() ? "offered_rows(?)" : fmt::format("(SELECT * REPLACE ({}) FROM offered_rows(?))", kept);
}

std::string source_struct(const std::vector<std::string>& columns) {
    std::string sql = "struct_pack(";
    for (const auto& column : columns)
        sql += fmt::format("{}{} := {}", sql.ends_with('(') ? "" : ", ", quote_name(column), quote_name(column));
    return sql + ")";
}

// Beside source_line, what the merging of rows needs.
std::string own_columns(const Target& target) {
    return numbers_lines(target) ? ", source_row, source_place" : ", source_row";
}

}  // namespace

std::string day_name(std::string_view instant) {
    return quote_name("day of " + std::string(instant));
}

std::string raw_sql(const FileColumns& columns) {
    std::string pairs;
    for (const auto& column : columns.all)
        pairs +=
            fmt::format("{}{}, {}", pairs.empty() ? "" : ", ", quote_text(column),
                        std::ranges::contains(columns.personal, column) ? guarded_sql(quote_name(column), columns.mode)
                                                                        : quote_name(column));
    return fmt::format("CAST(json_object({}) AS VARCHAR)", pairs);
}

std::string route_sql(const Source& source) {
    std::string sql = "CASE";
    for (std::size_t i = 0; i < source.targets.size(); ++i)
        sql += fmt::format(" WHEN {} THEN {}", source.targets[i].when.empty() ? "true" : source.targets[i].when, i);
    return sql + " END";
}

std::string typed_rows_sql(const Target& target, const TypedOptions& options, std::string_view from) {
    const auto fields = fields_sql(target, options);
    return fmt::format(R"(
        WITH texts AS (
            SELECT source_line{}, {} AS source{}
            FROM {}
        ), typed AS (
            SELECT *{}
            FROM texts
        ))",
                       own_columns(target), source_struct(options.columns.all), fields.texts, from, fields.values);
}

TargetSql typed_sql(const Target& target, const TypedOptions& options) {
    TargetSql sql{.faults = faults_of({target, options})};
    std::string mends, mend_names;
    const auto add_mend = [&](const std::string& rule, const std::string& when) {
        const auto name = fmt::format("mend_{}", sql.mends.size());
        mends += fmt::format(",\n    coalesce({}, false) AS {}", when, name);
        mend_names += ", " + name;
        sql.mends.push_back(rule);
    };
    for (const auto& rule : target.rules)
        if (rule.action == Rule::Action::mended) add_mend(rule.name, rule.when);
    if (const auto changed = text_changed(target); !changed.empty()) add_mend("text in normal form", changed);
    sql.typed = typed_rows_sql(target, options, offered(options.columns)) +
                fmt::format(R"(, judged AS (
            SELECT *, {} AS fault{}
            FROM typed
        )
        SELECT source_line{}{}, fault, {} AS fault_value{},
               CASE WHEN fault IS NOT NULL THEN CAST(to_json(source) AS VARCHAR) END AS raw
        FROM judged)",
                            case_of(sql.faults, false), mends, own_columns(target), fields_sql(target, options).names,
                            case_of(sql.faults, true), mend_names);
    return sql;
}

}  // namespace suanpan::data
