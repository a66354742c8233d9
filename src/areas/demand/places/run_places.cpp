#include "areas/demand/places/run_places.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "areas/demand/day_model.h"

namespace suanpan::demand {
namespace {

using store::Connection;
using OfItems = std::unordered_map<std::string_view, std::vector<PlaceForecast>>;

// Series by place that are forecast without being asked to.
constexpr std::int64_t most_spots = 1'000'000;

bool is_one_place(const History& history) {
    return std::ranges::all_of(history.spots,
                               [&](const Spot& spot) { return spot.place_id == history.spots[0].place_id; });
}

PlaceForecast own_forecast(ItemForecast&& forecast, const Spot& spot, Day as_of, const std::string& version) {
    return {.as_of = as_of,
            .item_id = spot.item_id,
            .place_id = spot.place_id,
            .method = std::move(forecast.method),
            .mean = std::move(forecast.mean),
            .window_mean = forecast.window_mean,
            .window_quantiles = std::move(forecast.window_quantiles),
            .own_window_mean = forecast.window_mean,
            .baseline_mean = forecast.baseline_mean,
            .error = forecast.error,
            .baseline_error = forecast.baseline_error,
            .judged = forecast.judged,
            .model_version = version};
}

// What a series sold in the newest eight weeks.
double newest_units(const Series& series, const Period& period) {
    const auto count = std::min(series.values.size(), static_cast<std::size_t>(56 / period.days));
    return std::accumulate(series.values.end() - static_cast<std::ptrdiff_t>(count), series.values.end(), 0.0);
}

void put_shares(std::vector<PlaceForecast>& own, const Training& training) {
    std::unordered_map<std::string_view, double> of_item;
    for (std::size_t i = 0; i < own.size(); ++i) {
        own[i].share = newest_units(training.history.series[i], training.period);
        of_item[own[i].item_id] += own[i].share;
    }
    for (auto& one : own)
        if (const double all = of_item[one.item_id]; all > 0) one.share /= all;
}

bool is_moved(const Ways& ways, const ItemNumbers& item, const std::vector<PlaceForecast>& own) {
    return ways.bottom_up && !item.is_new &&
           std::ranges::any_of(own, [](const PlaceForecast& one) { return one.window_mean > 0; });
}

}  // namespace

Result<bool> wants_places(const store::Shop& shop) {
    const auto wish = shop.settings().text("demand.by_place", "auto");
    if (wish != "auto") return wish == "on";
    return shop.database().read([](Connection& connection) -> Result<bool> {
        return TRY(connection.count("SELECT count(DISTINCT place_id) FROM data.stock")) > 1 &&
               TRY(connection.count("SELECT count(*) FROM (SELECT DISTINCT item_id, place_id FROM data.stock)")) <=
                   most_spots;
    });
}

Result<Places> forecast_places(operations::Context& context, Day as_of, std::span<const ItemNumbers> items) {
    Places places;
    auto training = training_of(context, as_of, Grain::place);
    if (!training && training.error().code == ErrorCode::not_found) return places;  // no units are told by place
    if (!training) return std::unexpected(training.error());
    const auto& spots = training->history.spots;
    if (is_one_place(training->history)) return places;
    auto day = TRY(forecast_day(context, *training, as_of));
    places.ways = TRY(context.shop.database().read(
        [&](Connection& connection) { return choose_ways(connection, training->period, training->history.end); }));
    std::vector<PlaceForecast> own;
    for (std::size_t i = 0; i < spots.size(); ++i)
        own.push_back(own_forecast(std::move(day.forecasts[i]), spots[i], as_of, day.model.model_version));
    put_shares(own, *training);
    const auto parts = parts_of_shop(own);
    OfItems of_items;
    for (std::size_t i = 0; i < spots.size(); ++i) of_items[spots[i].item_id].push_back(std::move(own[i]));
    for (const auto& item : items) {
        auto& at_places = of_items[item.item_id];
        const bool moved = is_moved(places.ways, item, at_places);
        if (moved) places.moved.push_back(sum_of_places(at_places, item));
        for (auto& one : add_up(std::move(at_places), moved ? places.moved.back() : item, places.ways.spread, parts)) {
            one.as_of = as_of;
            one.model_version = day.model.model_version;
            places.forecasts.push_back(std::move(one));
        }
    }
    return places;
}

Result<> keep_places(Connection& connection, Day as_of, std::span<const PlaceForecast> places) {
    TRY(connection.query("DELETE FROM demand.place_forecast WHERE as_of = ?", as_of));
    return connection.append<PlaceForecast>("demand", "place_forecast", places);
}

}  // namespace suanpan::demand
