#include "areas/demand/shared/weather.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace suanpan::demand {

struct WeatherPeriod {
    std::string place_id;
    Day period;
    std::optional<double> temperature, rain;
};

namespace {

constexpr std::string_view temperature_column = "temperature", rain_column = "rain";
constexpr double untold = std::numeric_limits<double>::quiet_NaN();

// ?1 the first day, ?2 the day after the last, ?3 whether periods are weeks.
constexpr std::string_view weather_sql = R"(
    SELECT place_id, CASE WHEN ?3 THEN date_trunc('week', day)::DATE ELSE day END AS period,
           avg(coalesce(temperature_c, (temperature_max_c + temperature_min_c) / 2)) AS temperature,
           avg(rain_mm) AS rain
    FROM data.weather WHERE day >= ?1 AND day < ?2 GROUP BY ALL ORDER BY ALL)";

// Of a column, a value a period of all that is looked at.
struct Places {
    std::map<std::string, std::vector<double>, std::less<>> by_place;
    std::vector<double> mean;  // of the places that tell of the period
};

Places places_of(const std::vector<WeatherPeriod>& rows, std::optional<double> WeatherPeriod::* column, Day first,
                 const Asking& asking) {
    const auto periods = longest_seen(asking.period) + static_cast<std::size_t>(asking.horizon);
    Places places{{}, std::vector<double>(periods, 0.0)};
    std::vector<double> told(periods, 0.0);
    for (const auto& row : rows) {
        const auto t = static_cast<std::size_t>((row.period - first) / Days(asking.period.days));
        if (!(row.*column) || t >= periods) continue;
        auto& values = places.by_place.try_emplace(row.place_id, periods, untold).first->second;
        values[t] = *(row.*column);
        places.mean[t] += values[t];
        ++told[t];
    }
    for (std::size_t t = 0; t < periods; ++t) places.mean[t] = told[t] > 0 ? places.mean[t] / told[t] : untold;
    return places;
}

bool reaches_window_end(const Places& places, const Asking& asking) {
    const auto last = longest_seen(asking.period) + static_cast<std::size_t>(asking.window) - 1;
    return std::ranges::any_of(places.mean.begin() + static_cast<std::ptrdiff_t>(last), places.mean.end(),
                               [](double value) { return std::isfinite(value); });
}

void close_gaps(Places& places, int step_days) {
    for (auto& [place, values] : places.by_place) {
        for (std::size_t t = 0; t < values.size(); ++t)
            if (!std::isfinite(values[t])) values[t] = places.mean[t];
        values = without_gaps(values, step_days);
    }
    places.mean = without_gaps(places.mean, step_days);
}

void put(const Places& places, const History& history, std::string_view name, Dataset& dataset) {
    dataset.known_names.emplace_back(name);
    for (std::size_t i = 0; i < dataset.series.size(); ++i) {
        auto& series = dataset.series[i];
        const auto found =
            history.spots.empty() ? places.by_place.end() : places.by_place.find(history.spots[i].place_id);
        const auto& values = found == places.by_place.end() ? places.mean : found->second;
        const auto count = series.values.size() + series.horizon();
        series.known.emplace_back(values.end() - static_cast<std::ptrdiff_t>(count), values.end());
    }
}

// The mean of those that are known among [from, to); NaN where none is.
double mean_of_known(const std::vector<double>& values, std::ptrdiff_t from, std::ptrdiff_t to) {
    double sum = 0;
    int count = 0;
    for (auto t = std::max<std::ptrdiff_t>(from, 0); t < std::min(to, std::ssize(values)); ++t)
        if (const double value = values[static_cast<std::size_t>(t)]; std::isfinite(value)) {
            sum += value;
            ++count;
        }
    return count == 0 ? untold : sum / count;
}

}  // namespace

std::vector<double> without_gaps(const std::vector<double>& values, int step_days) {
    const std::ptrdiff_t year = 364 / step_days, week = 7 / step_days, four_weeks = 28 / step_days;
    const double all = mean_of_known(values, 0, std::ssize(values));
    auto closed = values;
    for (std::ptrdiff_t t = 0; t < std::ssize(values); ++t) {
        auto& value = closed[static_cast<std::size_t>(t)];
        if (std::isfinite(value)) continue;
        for (auto then = t - year; then >= 0 && !std::isfinite(value); then -= year)
            value = mean_of_known(values, then - week, then + week + 1);
        if (!std::isfinite(value)) {
            auto newest = t;
            while (newest > 0 && !std::isfinite(values[static_cast<std::size_t>(newest - 1)])) --newest;
            value = mean_of_known(values, newest - four_weeks, newest);
        }
        if (!std::isfinite(value)) value = all;
    }
    return closed;
}

Covariates without_weather(Covariates covariates) {
    auto& names = covariates.dataset.known_names;
    for (const auto name : {temperature_column, rain_column})
        if (const auto place = known_place(covariates.dataset, name)) {
            const auto at = static_cast<std::ptrdiff_t>(*place);
            names.erase(names.begin() + at);
            for (auto& series : covariates.dataset.series) series.known.erase(series.known.begin() + at);
        }
    return covariates;
}

std::vector<std::string> names_without_weather(const Covariates& covariates) {
    auto names = names_of(covariates);
    std::erase_if(names, [](const std::string& name) { return name == temperature_column || name == rain_column; });
    return names;
}

std::size_t longest_seen(const Period& period) {
    return period.days == 7 ? 208 : 800;
}

Result<> add_weather(store::Connection& connection, const History& history, const Asking& asking, Dataset& dataset) {
    const Days step(asking.period.days);
    const Day first = history.end - step * static_cast<std::int64_t>(longest_seen(asking.period));
    const auto rows = TRY(connection.rows<WeatherPeriod>(weather_sql, first, history.end + step * asking.horizon,
                                                         asking.period.days == 7));
    for (const auto& [name, column] :
         {std::pair(temperature_column, &WeatherPeriod::temperature), std::pair(rain_column, &WeatherPeriod::rain)}) {
        auto places = places_of(rows, column, first, asking);
        if (!reaches_window_end(places, asking)) continue;
        close_gaps(places, asking.period.days);
        put(places, history, name, dataset);
    }
    return {};
}

}  // namespace suanpan::demand
