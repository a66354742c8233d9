#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "areas/data/load_sql.h"
#include "areas/data/suggest/dates.h"
#include "areas/data/suggest/fit.h"
#include "areas/data/suggest/words.h"

namespace suanpan::data {
namespace {

struct Evidence {
    double factor = 1;  // on the header's score
    std::string reason;
};

constexpr double almost_all = 0.9;

Evidence refuse(std::string_view what) {
    return {0, fmt::format("its values are not {}", what)};
}

Evidence date_evidence(const ColumnProfile& column, FieldType type) {
    if (column.dated < almost_all) return refuse("dates");
    const bool timed = column.timed > 0.01;
    auto reason = fmt::format("dates, {}", column.date_form);
    if (column.ambiguous_date) reason += ", but day and month may be the other way round";
    if (type == FieldType::instant && !timed) return {0.9, reason + ", without a time of day"};
    if (type == FieldType::day && timed) return {0.9, reason + ", with a time of day"};
    return {1, reason};
}

Evidence number_evidence(const ColumnProfile& column, FieldType type) {
    if (type == FieldType::whole) return column.whole >= 0.98 ? Evidence{1, "whole numbers"} : refuse("whole numbers");
    if (type == FieldType::money && column.amount > 0 && column.real + column.amount >= almost_all)
        return {1, "amounts with a sign or separators"};
    if (column.real < almost_all) return refuse("numbers");
    return {1, column.decimals > 0 ? "numbers with decimals" : "numbers"};
}

Evidence text_evidence(const ColumnProfile& column, std::string_view field) {
    const bool number = field.ends_with("_id");
    if (number && column.real >= almost_all && column.decimals > 0.5) return {0.3, "but its values have decimals"};
    if (column.dated >= almost_all) return {0.3, "but its values are dates"};
    if (number && column.length > 60) return {0.3, "but its values are long texts"};
    if (number && column.link > 0.5) return {0.2, "but its values are links"};
    if (number && column.distinct <= 2 && column.boolean >= almost_all) return {0.4, "but it has only two values"};
    const bool words = field == "title" || field == "body" || field == "category" || field == "condition";
    if (words && column.real >= almost_all && field != "category") return {0.3, "but its values are numbers"};
    if (field == "body" && column.length < 4) return {0.5, "but its values are short"};
    if (field == "country" && column.country >= 0.5) return {1, "names of countries"};
    if (field == "title" && column.link > 0.5) return {0.2, "but its values are links"};
    return {1, number ? fmt::format("{} values", column.distinct) : "texts"};
}

Evidence type_evidence(const ColumnProfile& column, const Field& field) {
    switch (field.type) {
        case FieldType::text:
            return text_evidence(column, field.name);
        case FieldType::boolean:
            return column.boolean >= 0.98 ? Evidence{1, "yes and no"} : refuse("yes or no");
        case FieldType::day:
        case FieldType::instant:
            return date_evidence(column, field.type);
        default:
            return number_evidence(column, field.type);
    }
}

double number_of(const std::string& text) {
    return std::strtod(text.c_str(), nullptr);
}

bool in_fahrenheit(const ColumnProfile& column, const Field& field) {
    return field.name.starts_with("temperature") && number_of(column.greatest) > 60;
}

// "sales" are units in one shop and money in another: decimals and size decide.
Evidence field_evidence(const ColumnProfile& column, const Field& field) {
    const bool like_money = column.decimals > 0.02 || number_of(column.greatest) >= 10'000;
    if (field.name == "units" && like_money) return {0.7, "as large as money"};
    if (field.name == "revenue" && !like_money) return {0.6, "but small and whole like units"};
    const bool share = field.name == "propensity" || field.name == "discount" || field.name == "promoted";
    if (share && column.unit_interval < almost_all) return {0.5, "but not between 0 and 1"};
    if (in_fahrenheit(column, field)) return {1, "above 60, so taken for Fahrenheit"};
    if (field.name == "position" && column.negative > 0) return {0.3, "but some are negative"};
    return {};
}

// Values that speak for themselves, whatever the header says.
Evidence values_alone(const ColumnProfile& column, std::string_view field) {
    if (field == "customer_id" && column.email >= almost_all) return {0.55, "e-mail addresses"};
    if ((field == "country" || field == "place_id") && column.country >= almost_all) return {0.5, "names of countries"};
    return {0, ""};
}

void join(std::string& reason, std::string_view more) {
    if (!more.empty()) reason += (reason.empty() ? "" : ", ") + std::string(more);
}

std::string expression_of(const ColumnProfile& column, const Field& field, std::string_view time_zone) {
    const auto name = quote_name(column.name);
    const auto* form = find_date_form(column.date_form);
    if (in_fahrenheit(column, field)) return fmt::format("(TRY_CAST({} AS DOUBLE) - 32) / 1.8", name);
    if (field.type == FieldType::day && column.date_form == "iso" && column.timed == 0) return name;
    if (field.type == FieldType::day && form != nullptr) return day_expression(*form, name, time_zone);
    if (field.type == FieldType::instant && form != nullptr) return instant_expression(*form, name, time_zone);
    if (field.type == FieldType::money && column.amount > 0)
        return fmt::format("regexp_replace({}, '[^0-9.-]', '', 'g')", name);
    return name;
}

}  // namespace

Choice judge(const ColumnProfile& column, const CanonicalTable& table, const Field& field, std::string_view time_zone) {
    Choice choice{.field = &field, .column = column.name};
    if (column.filled == 0) return choice;
    const auto header = header_fit(column.name, table.name, field.name);
    const auto alone = values_alone(column, field.name);
    if (header.score == 0 && alone.factor == 0) return choice;
    const auto type = type_evidence(column, field);
    const auto special = field_evidence(column, field);
    choice.score = std::max(header.score, alone.factor) * type.factor * special.factor;
    if (header.score > 0)
        choice.reason = header.score == 1 ? "a known name"
                        : header.whole    ? "a name that may mean something else"
                                          : fmt::format("the name has \"{}\"", header.word);
    join(choice.reason, type.reason);
    join(choice.reason, special.reason);
    if (header.score < alone.factor) join(choice.reason, alone.reason);
    choice.expression = expression_of(column, field, time_zone);
    return choice;
}

}  // namespace suanpan::data
