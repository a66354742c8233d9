#include "areas/data/mapping_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "platform/base/time.h"

namespace suanpan::data {
namespace {

bool is_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return error == std::errc() && end == text.data() + text.size();
}

// A bound as SQL has it; empty for none.
Result<std::string> parse_bound(const YAML::Node& node, const Field& field, const Place& place) {
    if (node.IsNull()) return std::string();
    auto text = node.as<std::string>();
    const bool timed = field.type == FieldType::day || field.type == FieldType::instant;
    if (timed ? parse_day(text).has_value() : is_number(text)) return text;
    return place.wrong(node, fmt::format("\"{}\" bounds no {}; a bound is {}, or null where there is none", text,
                                         field.name, timed ? "a day such as 2011-11-14" : "a number"));
}

}  // namespace

Result<bool> parse_replaces(const YAML::Node& node, const Place& place) {
    const auto value = node.as<std::string>();
    if (value == "file" || value == "keys") return value == "file";
    return place.wrong(node, fmt::format("replaces: {} says nothing; it is `file` (a file of the same name takes the "
                                         "place of all rows of its earlier versions) or `keys` (rows of known keys "
                                         "take the place of the old ones, the rest stays)",
                                         value));
}

Result<std::vector<Range>> parse_ranges(const YAML::Node& node, const CanonicalTable& table, const Place& place) {
    std::vector<Range> ranges;
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        const auto field = std::ranges::find(table.fields, name, &Field::name);
        if (field == table.fields.end() || field->type == FieldType::text || field->type == FieldType::boolean)
            return place.wrong(
                entry.first,
                fmt::format("{} has no number, amount or day \"{}\" that could have a range", table.name, name));
        if (!entry.second.IsSequence() || entry.second.size() != 2)
            return place.wrong(entry.second, fmt::format("a range has two bounds, such as {}: [1, null]", name));
        ranges.push_back(
            {name, TRY(parse_bound(entry.second[0], *field, place)), TRY(parse_bound(entry.second[1], *field, place))});
    }
    return ranges;
}

Result<std::vector<Rate>> parse_rates(const YAML::Node& node, const Place& place) {
    std::vector<Rate> rates;
    for (const auto& entry : node) {
        Rate rate;
        for (const auto& part : entry) {
            const auto key = part.first.as<std::string>();
            const auto value = part.second.as<std::string>();
            if (key == "currency")
                rate.currency = value;
            else if (key == "from" && parse_day(value))
                rate.from_day = value;
            else if (key == "value" && is_number(value) && value.front() != '-')
                rate.value = value;
            else
                return place.wrong(part.first,
                                   fmt::format("\"{}: {}\" is no part of a rate; a rate has currency, value "
                                               "(of one unit in the shop's currency) and from (a day)",
                                               key, value));
        }
        if (rate.currency.empty() || rate.value.empty())
            return place.wrong(entry, "a rate needs a currency and a value");
        rates.push_back(std::move(rate));
    }
    return rates;
}

Result<std::vector<ShopTest>> parse_tests(const YAML::Node& node, const Place& place) {
    std::vector<ShopTest> tests;
    for (const auto& entry : node) {
        ShopTest test;
        for (const auto& part : entry) {
            const auto key = part.first.as<std::string>();
            const auto value = part.second.as<std::string>();
            if (key == "name")
                test.name = value;
            else if (key == "sql")
                test.sql = value;
            else if (key == "severity" && (value == "warn" || value == "refuse"))
                test.severity = value == "warn" ? ShopTest::Severity::warn : ShopTest::Severity::refuse;
            else
                return place.wrong(part.first,
                                   fmt::format("\"{}: {}\" is no part of a test; a test has name, sql (a "
                                               "SELECT that must give no rows) and severity (warn or refuse)",
                                               key, value));
        }
        if (test.name.empty() || test.sql.empty()) return place.wrong(entry, "a test needs a name and its sql");
        tests.push_back(std::move(test));
    }
    return tests;
}

Result<Personal::Mode> parse_personal(const YAML::Node& node, const Place& place) {
    const auto value = node.as<std::string>();
    if (value == "pseudonymise") return Personal::Mode::pseudonymise;
    if (value == "keep") return Personal::Mode::keep;
    return place.wrong(node, fmt::format("personal: {} says nothing; it is `pseudonymise` or `keep`", value));
}

Result<std::string> parse_time_zone(const YAML::Node& node, const Place& place) {
    auto name = node.as<std::string>();
    if (TimeZone::named(name)) return name;
    return place.wrong(node, fmt::format("there is no time zone \"{}\"; write it as Europe/London or UTC", name));
}

Result<bool> parse_texts(const YAML::Node& node, const Place& place) {
    const auto value = node.as<std::string>();
    if (value == "normal" || value == "as they are") return value == "normal";
    return place.wrong(node,
                       fmt::format("texts: {} says nothing; it is `normal` (Unicode's NFKC) or `as they are`", value));
}

}  // namespace suanpan::data
