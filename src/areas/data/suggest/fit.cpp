#include "areas/data/suggest/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "areas/data/load_sql.h"
#include "areas/data/suggest/words.h"

namespace suanpan::data {
namespace {

constexpr double certain_score = 0.8;
constexpr double assumed = 0.4;  // the score of a field that nothing in the file fills

// A table of sums needs at least one of these to say anything.
std::vector<std::string_view> measures_of(std::string_view table) {
    if (table == "sales") return {"units", "revenue"};
    if (table == "traffic") return {"impressions", "views", "visitors", "carts"};
    if (table == "weather") return {"temperature_c", "temperature_max_c", "rain_mm", "wind_ms", "condition"};
    if (table == "calendar") return {"title", "holiday", "closed"};
    return {};
}

// What a needed field may be assumed to be where the file has no column for it; empty: nothing will do.
std::string assumption(const TableFit& fit, std::string_view field) {
    const auto name = fit.table->name;
    if (name == "events" && field == "event_name" && fit.of_field("position") != nullptr) return "'view_item_list'";
    if (name == "reviews" && field == "review_id" && fit.of_field("body") != nullptr)
        return fmt::format("md5({})", fit.of_field("body")->expression);
    if (name == "stock" && field == "place_id") return "'all'";
    if (name == "stock" && field == "on_order") return "'0'";
    if (name == "order_lines" && field == "quantity") return "'1'";
    return "";
}

std::vector<Choice> candidates(const FileProfile& profile, const CanonicalTable& table, std::string_view time_zone) {
    std::vector<Choice> all;
    for (const auto& column : profile.columns)
        for (const auto& field : table.fields)
            if (auto choice = judge(column, table, field, time_zone); choice.score >= least_score)
                all.push_back(std::move(choice));
    const auto rank = [](const Choice& choice) {
        return std::pair(-choice.score, choice.field->need != Need::required);
    };
    std::ranges::stable_sort(all, std::less<>{}, rank);
    return all;
}

// A log of showings tells its events by a column that says whether there was a click.
void take_clicks(const FileProfile& profile, TableFit& fit) {
    if (fit.table->name != "events" || fit.of_field("event_name") != nullptr) return;
    for (const auto& column : profile.columns) {
        const auto words = header_words(column.name);
        const bool click =
            std::ranges::find(words, "click") != words.end() || std::ranges::find(words, "clicked") != words.end();
        if (!click || column.boolean < 0.98 || fit.of_column(column.name) != nullptr) continue;
        const auto* event_name = &*std::ranges::find(fit.table->fields, "event_name", &Field::name);
        auto sql = fmt::format("CASE WHEN CAST({} AS BOOLEAN) THEN 'select_item' ELSE 'view_item_list' END",
                               quote_name(column.name));
        fit.choices.push_back({event_name, column.name, std::move(sql), 0.7, "a click, or only a showing"});
        return;
    }
}

// The best pair first, each column and each field once.
TableFit assign(const FileProfile& profile, const CanonicalTable& table, std::string_view time_zone) {
    TableFit fit{.table = &table};
    for (auto& choice : candidates(profile, table, time_zone))
        if (fit.of_field(choice.field->name) == nullptr && fit.of_column(choice.column) == nullptr)
            fit.choices.push_back(std::move(choice));
    take_clicks(profile, fit);
    for (const auto& field : table.fields) {
        if (field.need != Need::required || fit.of_field(field.name) != nullptr) continue;
        if (auto guess = assumption(fit, field.name); !guess.empty())
            fit.choices.push_back({&field, "", std::move(guess), assumed, "no column tells it; an assumption"});
    }
    std::ranges::sort(fit.choices, std::less<>{}, &Choice::field);
    return fit;
}

bool can_fill(const TableFit& fit) {
    const auto has = [&](std::string_view field) { return fit.of_field(field) != nullptr; };
    for (const auto& field : fit.table->fields)
        if (field.need == Need::required && !has(field.name)) return false;
    const auto measures = measures_of(fit.table->name);
    return measures.empty() || std::ranges::any_of(measures, has);
}

// 1 where the table's key tells the rows apart, or is numbered by the load.
Result<double> key_uniqueness(Profiler& profiler, const TableFit& fit) {
    std::vector<std::string> columns;
    for (const auto key : fit.table->key) {
        if (key == "line" || key == "event_id") return 1;
        if (const auto* choice = fit.of_field(key); choice != nullptr && !choice->column.empty())
            columns.push_back(choice->column);
    }
    if (columns.empty()) return 1;
    return profiler.uniqueness(columns);
}

double mean_of_needed(const TableFit& fit) {
    double sum = 0;
    int count = 0;
    for (const auto& choice : fit.choices)
        if (choice.field->need == Need::required) sum += choice.score, ++count;
    return count == 0 ? 0 : sum / count;
}

double sum_of_columns(const TableFit& fit) {
    double sum = 0;
    for (const auto& choice : fit.choices)
        if (!choice.column.empty()) sum += choice.score;
    return sum;
}

Result<> rate(Profiler& profiler, TableFit& fit, std::size_t meaningful) {
    const auto needed = mean_of_needed(fit);
    const auto explained = sum_of_columns(fit) / double(std::max<std::size_t>(1, meaningful));
    fit.confidence = 0.6 * needed + 0.4 * explained;
    fit.reason =
        fmt::format("its needed fields {:.2f}, {:.0f}% of the columns that mean something", needed, 100 * explained);
    const auto certain = [](const Choice& choice) { return !choice.column.empty() && choice.score >= certain_score; };
    if (file_name_hints(profiler.profile().file, fit.table->name)) {
        fit.confidence += 0.1;
        fit.reason += ", the file's name";
    } else if (std::ranges::none_of(fit.choices, certain)) {
        fit.confidence *= 0.8;
        fit.reason += ", but no name is certain";
    }
    if (TRY(key_uniqueness(profiler, fit)) < 0.99) {
        fit.confidence *= 0.6;
        fit.reason += ", but its key is not unique here";
    }
    fit.confidence = std::min(fit.confidence, 1.0);
    return {};
}

}  // namespace

const Choice* TableFit::of_field(std::string_view field) const {
    const auto found = std::ranges::find_if(choices, [&](const Choice& choice) { return choice.field->name == field; });
    return found == choices.end() ? nullptr : &*found;
}

const Choice* TableFit::of_column(std::string_view column) const {
    if (column.empty()) return nullptr;
    const auto found = std::ranges::find(choices, column, &Choice::column);
    return found == choices.end() ? nullptr : &*found;
}

Result<std::vector<TableFit>> fit_tables(Profiler& profiler, std::string_view time_zone) {
    std::vector<TableFit> fits;
    std::set<std::string> meaningful;
    for (const auto& table : canonical_tables()) {
        auto fit = assign(profiler.profile(), table, time_zone);
        for (const auto& choice : fit.choices)
            if (!choice.column.empty()) meaningful.insert(choice.column);
        if (can_fill(fit)) fits.push_back(std::move(fit));
    }
    for (auto& fit : fits) TRY(rate(profiler, fit, meaningful.size()));
    std::ranges::stable_sort(fits, std::greater<>{}, &TableFit::confidence);
    return fits;
}

}  // namespace suanpan::data
