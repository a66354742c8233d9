#include "areas/data/features/dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace suanpan::features {
namespace {

using namespace std::string_view_literals;

// Of the same name, arguments and result in DuckDB 1.x and Spark 3.4 and later.
constexpr auto shared_functions = std::to_array<std::string_view>(
    {"abs",       "avg",    "cast",  "ceil",    "coalesce", "concat",   "count", "day",  "exp",        "floor",
     "greatest",  "hour",   "last",  "least",   "length",   "ln",       "lower", "max",  "min",        "minute",
     "month",     "nullif", "power", "quarter", "replace",  "second",   "sign",  "sqrt", "stddev_pop", "stddev_samp",
     "substring", "sum",    "trim",  "upper",   "var_pop",  "var_samp", "year"});

// Words that may stand before a bracket without being a function.
constexpr auto keywords = std::to_array<std::string_view>(
    {"and",    "as",   "between", "by",    "case",   "distinct", "else",  "exists", "filter",
     "from",   "in",   "is",      "join",  "like",   "not",      "on",    "or",     "over",
     "select", "then", "union",   "using", "values", "when",     "where", "with"});

// What the engines call differently: DuckDB's name, and what stands before and after its argument in Spark.
struct Translated {
    std::string_view duckdb, before, after;
};
constexpr auto translated = std::to_array<Translated>({
    {"epoch", "(unix_micros(", ") / 1e6)"},  // seconds since 1970, a double
    {"dayofweek", "(dayofweek(", ") - 1)"},  // Spark's Sunday is 1
});

bool is_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

std::string lower(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

bool before_bracket(std::string_view sql, std::size_t at) {
    while (at < sql.size() && sql[at] == ' ') ++at;
    return at < sql.size() && sql[at] == '(';
}

bool is_fraction(std::string_view word) {
    return word.contains('.') && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) || c == '.'; });
}

// Calls `on_word` with each word outside of quotes, whether a bracket follows, and copies what lies between.
template <class OnWord, class OnOther>
void each_word(std::string_view sql, OnWord on_word, OnOther on_other) {
    for (std::size_t at = 0; at < sql.size();) {
        if (const auto quoted = end_of_quote(sql, at); quoted > at) {
            on_other(sql.substr(at, quoted - at));
            at = quoted;
        } else if (is_letter(sql[at])) {
            auto end = at;
            while (end < sql.size() && is_letter(sql[end])) ++end;
            on_word(sql.substr(at, end - at), before_bracket(sql, end));
            at = end;
        } else {
            on_other(sql.substr(at++, 1));
        }
    }
}

// Brackets that were opened by a translated function wait here for what closes it.
struct Speaking {
    std::string out;
    std::vector<std::string_view> open;  // for each open bracket, what stands for it
    const Translated* pending = nullptr;

    void word(std::string_view text, bool called) {
        const auto found = called ? std::ranges::find(translated, lower(text), &Translated::duckdb) : translated.end();
        if (found != translated.end()) {
            pending = &*found;
            out += found->before;
        } else {
            out += text;
            if (is_fraction(text)) out += 'D';
        }
    }
    void other(std::string_view text) {
        if (text == "(") {
            open.push_back(pending == nullptr ? ")" : pending->after);
            if (pending == nullptr) out += text;
            pending = nullptr;
        } else if (text == ")" && !open.empty()) {
            out += open.back();
            open.pop_back();
        } else if (pending == nullptr || text != " ") {
            out += text;
        }
    }
};

}  // namespace

Result<Dialect> parse_dialect(std::string_view name) {
    if (name == "duckdb") return Dialect::duckdb;
    if (name == "spark") return Dialect::spark;
    return fail(ErrorCode::invalid_argument,
                fmt::format("there is no dialect \"{}\"; there are duckdb and spark", name), "dialect");
}

std::string_view sql_type(ValueType type, Dialect dialect) {
    if (dialect == Dialect::duckdb) return sql_type(type);
    constexpr std::array names = {"BIGINT"sv, "DOUBLE"sv, "BOOLEAN"sv, "STRING"sv, "TIMESTAMP"sv};
    return names.at(static_cast<std::size_t>(type));
}

std::string instant_literal(Instant instant, Dialect dialect) {
    return fmt::format("{} '{}'", dialect == Dialect::duckdb ? "TIMESTAMPTZ" : "TIMESTAMP", format(instant));
}

std::string in_zone(const std::string& timestamp, const std::string& zone, Dialect dialect) {
    if (dialect == Dialect::duckdb) return fmt::format("timezone({}, {})", zone, timestamp);
    return fmt::format("to_utc_timestamp({}, {})", timestamp, zone);
}

std::string pair_sql(const std::string& seen, const std::string& value, Dialect dialect) {
    if (dialect == Dialect::duckdb) return fmt::format("struct_pack(seen := {}, value := {})", seen, value);
    return fmt::format("named_struct('seen', {}, 'value', {})", seen, value);
}

std::string member_sql(const std::string& pair, std::string_view member, Dialect dialect) {
    if (dialect == Dialect::duckdb) return fmt::format("struct_extract({}, '{}')", pair, member);
    return fmt::format("({}).{}", pair, member);
}

std::string spoken(std::string_view sql, Dialect dialect) {
    if (dialect == Dialect::duckdb) return std::string(sql);
    Speaking speaking;
    each_word(
        sql, [&](std::string_view word, bool called) { speaking.word(word, called); },
        [&](std::string_view text) { speaking.other(text); });
    return speaking.out;
}

std::vector<std::string> unshared_functions(std::string_view sql) {
    std::vector<std::string> found;
    each_word(
        sql,
        [&](std::string_view word, bool called) {
            auto name = lower(word);
            if (called && !std::ranges::contains(shared_functions, name) && !std::ranges::contains(keywords, name) &&
                !std::ranges::contains(translated, name, &Translated::duckdb) && !std::ranges::contains(found, name))
                found.push_back(std::move(name));
        },
        [](std::string_view) {});
    return found;
}

}  // namespace suanpan::features
