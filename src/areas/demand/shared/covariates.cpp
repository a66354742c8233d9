#include "areas/demand/shared/covariates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "areas/demand/shared/weather.h"
#include "platform/models/card.h"

namespace suanpan::demand {

struct PromotedPeriod {
    std::string item_id;
    Day period;
    std::int64_t days = 0;
    double discount = 0;
};

struct PricedPeriod {
    std::string item_id;
    Day period;
    double price = 0;
};

// Days of one period that the calendar speaks of, and the number of the event among all, by the day it first came.
struct CalendarPeriod {
    Day period;
    std::int64_t holidays = 0, closed = 0, event = 0;
};

struct ItemCategory {
    std::string item_id;
    std::string category;
};

namespace {

using store::Connection;

constexpr float unobserved = std::numeric_limits<float>::quiet_NaN();

// ?1 the first day, ?2 the day after the last, ?3 whether periods are weeks.
constexpr std::string_view promotions_sql = R"(
    WITH days AS (
        SELECT item_id, unnest(range(greatest(from_day, ?1::DATE), least(to_day, ?2::DATE - 1) + 1,
                                     INTERVAL 1 DAY))::DATE AS day, coalesce(discount, 0) AS discount
        FROM data.promotion WHERE to_day >= ?1 AND from_day < ?2
    )
    SELECT item_id, CASE WHEN ?3 THEN date_trunc('week', day)::DATE ELSE day END AS period,
           count(DISTINCT day) AS days, max(discount)::DOUBLE AS discount
    FROM days GROUP BY ALL ORDER BY ALL)";

constexpr std::string_view prices_sql = R"(
    SELECT item_id, CASE WHEN ?3 THEN date_trunc('week', day)::DATE ELSE day END AS period,
           avg(unit_price)::DOUBLE AS price
    FROM data.price WHERE day >= ?1 AND day < ?2 GROUP BY ALL ORDER BY ALL)";

constexpr std::string_view calendar_sql = R"(
    WITH events AS (
        SELECT title, row_number() OVER (ORDER BY min(day), title) AS number
        FROM data.calendar WHERE title IS NOT NULL GROUP BY title
    )
    SELECT CASE WHEN ?3 THEN date_trunc('week', day)::DATE ELSE day END AS period,
           count(DISTINCT day) FILTER (holiday) AS holidays, count(DISTINCT day) FILTER (closed) AS closed,
           coalesce(max(number), 0) AS event
    FROM data.calendar LEFT JOIN events USING (title)
    WHERE day >= ?1 AND day < ?2 GROUP BY ALL ORDER BY ALL)";

constexpr std::string_view categories_sql = R"(
    SELECT item_id, category FROM data.product WHERE category IS NOT NULL ORDER BY item_id)";

// Puts columns beside the series of a data set, one value a period.
class Columns {
  public:
    Columns(Covariates& covariates, const History& history, const Asking& asking)
        : dataset_(covariates.dataset), end_(history.end), asking_(asking) {
        for (std::size_t i = 0; i < history.series.size(); ++i) by_item_[history.item(i)].push_back(i);
    }
    [[nodiscard]] Day first() const { return end_ - step() * static_cast<std::int64_t>(longest_seen(asking_.period)); }
    [[nodiscard]] Day last() const { return end_ + step() * asking_.horizon; }
    [[nodiscard]] bool weekly() const { return asking_.period.days == 7; }

    // A column known in the future, too: 0 where nothing else is said.
    std::size_t add_known(const std::string& name) {
        dataset_.known_names.push_back(name);
        for (auto& series : dataset_.series)
            series.known.emplace_back(series.values.size() + static_cast<std::size_t>(asking_.horizon), 0.0F);
        return dataset_.known_names.size() - 1;
    }
    std::size_t add_observed(const std::string& name) {
        dataset_.observed_names.push_back(name);
        for (auto& series : dataset_.series) series.observed.emplace_back(series.values.size(), unobserved);
        return dataset_.observed_names.size() - 1;
    }
    // Of an item, everywhere.
    template <class Function>
    void for_series_of(const std::string& item, Function&& function) {
        const auto found = by_item_.find(item);
        if (found == by_item_.end()) return;
        for (const auto i : found->second) function(dataset_.series[i]);
    }
    // The place of a period in the series' columns; -1 where it came before.
    [[nodiscard]] std::ptrdiff_t place(const SeriesRecord& series, Day period) const {
        return period < series.first ? -1 : (period - series.first) / step();
    }

  private:
    [[nodiscard]] Days step() const { return Days(asking_.period.days); }

    Dataset& dataset_;
    Day end_;
    const Asking& asking_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_item_;
};

void set(std::vector<float>& column, std::ptrdiff_t place, double value) {
    if (place >= 0 && place < std::ssize(column)) column[static_cast<std::size_t>(place)] = static_cast<float>(value);
}

Result<> add_promotions(Connection& connection, Columns& columns) {
    const auto rows =
        TRY(connection.rows<PromotedPeriod>(promotions_sql, columns.first(), columns.last(), columns.weekly()));
    if (rows.empty()) return {};
    const auto days = columns.add_known(std::string(promoted_column)), discount = columns.add_known("discount");
    for (const auto& row : rows)
        columns.for_series_of(row.item_id, [&](SeriesRecord& series) {
            const auto place = columns.place(series, row.period);
            set(series.known[days], place, double(row.days));
            set(series.known[discount], place, row.discount);
        });
    return {};
}

Result<> add_calendar(Connection& connection, Columns& columns, Dataset& dataset) {
    const auto rows =
        TRY(connection.rows<CalendarPeriod>(calendar_sql, columns.first(), columns.last(), columns.weekly()));
    if (rows.empty()) return {};
    const auto holidays = columns.add_known("holidays"), closed = columns.add_known(std::string(closed_column)),
               event = columns.add_known("event");
    for (auto& series : dataset.series)
        for (const auto& row : rows) {
            const auto place = columns.place(series, row.period);
            set(series.known[holidays], place, double(row.holidays));
            set(series.known[closed], place, double(row.closed));
            set(series.known[event], place, double(row.event));
            if (!columns.weekly() && row.closed > 0 && place >= 0 && place < std::ssize(series.values))
                series.values[static_cast<std::size_t>(place)] = double(unobserved);
        }
    return {};
}

// A price holds until the next one.
Result<> add_prices(Connection& connection, Columns& columns, Dataset& dataset) {
    const auto rows = TRY(connection.rows<PricedPeriod>(prices_sql, columns.first(), columns.last(), columns.weekly()));
    if (rows.empty()) return {};
    const auto price = columns.add_observed("price");
    for (const auto& row : rows)
        columns.for_series_of(row.item_id, [&](SeriesRecord& series) {
            set(series.observed[price], columns.place(series, row.period), row.price);
        });
    for (auto& series : dataset.series) {
        auto& column = series.observed[price];
        for (std::size_t t = 1; t < column.size(); ++t)
            if (!std::isfinite(column[t])) column[t] = column[t - 1];
    }
    return {};
}

// The place of a text among sorted ones; one past the last where it is not there.
int place_among(const std::vector<std::string>& texts, const std::string& text) {
    const auto found = std::ranges::lower_bound(texts, text);
    return static_cast<int>((found != texts.end() && *found == text ? found : texts.end()) - texts.begin());
}

// A category of every series; `texts` are all there are, in any order.
void add_kind(Covariates& covariates, std::string name, std::vector<std::string> texts,
              const std::vector<const std::string*>& of_series) {
    std::ranges::sort(texts);
    texts.erase(std::ranges::unique(texts).begin(), texts.end());
    auto& dataset = covariates.dataset;
    for (std::size_t i = 0; i < of_series.size(); ++i)
        dataset.series[i].category.push_back(of_series[i] == nullptr ? static_cast<int>(texts.size())
                                                                     : place_among(texts, *of_series[i]));
    dataset.category_names.push_back(name);
    covariates.kinds.push_back({std::move(name), std::move(texts)});
}

Result<> add_categories(Connection& connection, const History& history, Covariates& covariates) {
    const auto rows = TRY(connection.rows<ItemCategory>(categories_sql));
    if (rows.empty()) return {};
    std::unordered_map<std::string_view, const std::string*> by_item;
    std::vector<std::string> texts;
    for (const auto& row : rows) {
        by_item.emplace(row.item_id, &row.category);
        texts.push_back(row.category);
    }
    std::vector<const std::string*> of_series;
    for (std::size_t i = 0; i < history.series.size(); ++i) {
        const auto found = by_item.find(history.item(i));
        of_series.push_back(found == by_item.end() ? nullptr : found->second);
    }
    add_kind(covariates, "category", std::move(texts), of_series);
    return {};
}

void add_spots(const History& history, Covariates& covariates) {
    for (const auto& [name, part] : {std::pair("place", &Spot::place_id), std::pair("item", &Spot::item_id)}) {
        std::vector<std::string> texts;
        std::vector<const std::string*> of_series;
        for (const auto& spot : history.spots) {
            texts.push_back(spot.*part);
            of_series.push_back(&(spot.*part));
        }
        if (!texts.empty()) add_kind(covariates, name, std::move(texts), of_series);
    }
}

}  // namespace

Result<Covariates> read_covariates(Connection& connection, const History& history, const Asking& asking) {
    Covariates covariates{{.step_days = asking.period.days}, {}};
    auto& dataset = covariates.dataset;
    for (const auto& [id, values] : history.series) {
        const auto count = std::min(values.size(), longest_seen(asking.period));
        auto& series = dataset.series.emplace_back(SeriesRecord{.id = id, .season = asking.period.season});
        series.first = history.end - Days(asking.period.days) * static_cast<std::int64_t>(count);
        series.values.assign(values.end() - static_cast<std::ptrdiff_t>(count), values.end());
        series.actual.assign(static_cast<std::size_t>(asking.horizon), std::numeric_limits<double>::quiet_NaN());
        series.weight.assign(series.actual.size(), 0);
    }
    Columns columns(covariates, history, asking);
    TRY(add_promotions(connection, columns));
    TRY(add_calendar(connection, columns, dataset));
    TRY(add_prices(connection, columns, dataset));
    TRY(add_weather(connection, history, asking, dataset));
    TRY(add_categories(connection, history, covariates));
    add_spots(history, covariates);
    return covariates;
}

Result<> number_by(Covariates& covariates, const std::vector<Kind>& kinds) {
    auto& dataset = covariates.dataset;
    if (kinds.size() != covariates.kinds.size())
        return fail(ErrorCode::conflict,
                    "the model of all items learned from other kinds of categories; train it again");
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        std::vector<int> numbers;
        for (const auto& text : covariates.kinds[k].texts) numbers.push_back(place_among(kinds[k].texts, text));
        numbers.push_back(static_cast<int>(kinds[k].texts.size()));
        for (auto& series : dataset.series) series.category[k] = numbers[static_cast<std::size_t>(series.category[k])];
    }
    covariates.kinds = kinds;
    return {};
}

std::vector<std::string> names_of(const Covariates& covariates) {
    auto names = covariates.dataset.known_names;
    for (const auto* more : {&covariates.dataset.observed_names, &covariates.dataset.category_names})
        names.insert(names.end(), more->begin(), more->end());
    return names;
}

bool is_promoted(const Dataset& dataset, std::size_t series, std::size_t periods) {
    const auto promoted = known_place(dataset, promoted_column);
    if (!promoted) return false;
    const auto& one = dataset.series[series];
    const auto& days = one.known[*promoted];
    return std::ranges::any_of(std::span(days).subspan(one.values.size(), periods), [](float d) { return d > 0; });
}

Result<bool> has_covariates(Connection& connection) {
    return TRY(connection.count(R"(
        SELECT count(*) FROM (
            (SELECT 1 FROM data.promotion LIMIT 1) UNION ALL (SELECT 1 FROM data.calendar WHERE holiday LIMIT 1)
            UNION ALL (SELECT 1 FROM data.weather LIMIT 1)
        ))")) > 0;
}

std::string fingerprint(const Covariates& covariates) {
    std::string sums;
    const auto add = [&](const std::vector<std::vector<float>>& columns) {
        for (const auto& column : columns)
            sums += models::checksum({reinterpret_cast<const char*>(column.data()), column.size() * sizeof(float)});
    };
    for (const auto& series : covariates.dataset.series) {
        add(series.known);
        add(series.observed);
        for (const int category : series.category) sums += std::to_string(category) + "\n";
    }
    return models::checksum(sums);
}

}  // namespace suanpan::demand
