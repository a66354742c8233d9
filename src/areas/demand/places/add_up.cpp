#include "areas/demand/places/add_up.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::demand {
namespace {

double window_sum(std::span<const PlaceForecast> places) {
    return std::accumulate(places.begin(), places.end(), 0.0,
                           [](double sum, const auto& one) { return sum + one.window_mean; });
}

// The variance that the quantiles have if they are those of a normal distribution, by the outermost pair.
double variance_of(const ItemNumbers& item) {
    if (item.window_quantiles.empty()) return item.window_mean;
    constexpr double normal_range = 3.97;  // between the 5 % and the 99 % quantile, in standard deviations
    const double deviation = (item.window_quantiles.back() - item.window_quantiles.front()) / normal_range;
    return std::max(deviation * deviation, item.window_mean);
}

// The part of the item that each of its units goes to with the chance `share`.
PlaceForecast part_of(const ItemNumbers& item, std::string place, double share) {
    PlaceForecast part{.item_id = item.item_id, .place_id = std::move(place), .method = "share"};
    for (const double units : item.mean) part.mean.push_back(share * units);
    part.window_mean = share * item.window_mean;
    const double variance = variance_of(item);
    const double thinned = share * share * variance + share * (1 - share) * item.window_mean;
    const double scale = variance > 0 ? std::sqrt(thinned / variance) : 0;
    for (const double units : item.window_quantiles)
        part.window_quantiles.push_back(std::max(0.0, part.window_mean + scale * (units - item.window_mean)));
    return part;
}

std::vector<PlaceForecast> spread_by_parts(std::vector<PlaceForecast> own, const ItemNumbers& item,
                                           const std::map<std::string, double>& parts) {
    std::vector<PlaceForecast> spread;
    double known = 0;  // of the places that had a forecast of the item
    for (const auto& one : own) known += parts.at(one.place_id);
    for (auto& one : own) {
        const double share = known > 0 ? parts.at(one.place_id) / known : 1 / double(own.size());
        auto part = part_of(item, std::move(one.place_id), share);
        part.baseline_mean = one.baseline_mean;
        part.error = one.error;
        part.baseline_error = one.baseline_error;
        part.judged = one.judged;
        spread.push_back(std::move(part));
    }
    if (!own.empty()) return spread;
    for (const auto& [place, share] : parts)
        if (share > 0) spread.push_back(part_of(item, place, share));
    return spread;
}

// Parts of 1 of each place: by its own forecast, its share, or both.
double part_by(Spread spread, double own, double share) {
    return spread == Spread::own ? own : spread == Spread::share ? share : (own + share) / 2;
}

}  // namespace

std::string_view name(Spread spread) {
    return spread == Spread::own ? "own" : spread == Spread::share ? "share" : "both";
}

std::map<std::string, double> parts_of_shop(std::span<const PlaceForecast> own) {
    std::map<std::string, double> parts;
    for (const auto& one : own) parts[one.place_id] += one.window_mean;
    const double all = window_sum(own);
    for (auto& [place, part] : parts) part = all > 0 ? part / all : 1 / double(parts.size());
    return parts;
}

std::vector<PlaceForecast> add_up(std::vector<PlaceForecast> own, const ItemNumbers& item, Spread spread,
                                  const std::map<std::string, double>& parts) {
    const double all = window_sum(own);
    double shares = 0;
    for (const auto& one : own) shares += one.share;
    if (all <= 0 && shares <= 0) return item.window_mean > 0 ? spread_by_parts(std::move(own), item, parts) : own;
    if (all <= 0) spread = Spread::share;
    if (shares <= 0) spread = Spread::own;
    for (std::size_t h = 0; h < item.mean.size(); ++h) {
        double sum = 0;
        for (const auto& one : own) sum += one.mean[h];
        for (auto& one : own) {
            const double proportion = sum > 0 ? one.mean[h] / sum : all > 0 ? one.window_mean / all : 0;
            one.mean[h] = item.mean[h] * part_by(spread, proportion, one.share);
        }
    }
    for (auto& one : own) {
        const double before = one.window_mean;
        one.own_window_mean = before;
        one.window_mean = item.window_mean * part_by(spread, all > 0 ? before / all : 0, one.share);
        if (before <= 0) {
            one.window_quantiles =
                part_of(item, "", item.window_mean > 0 ? one.window_mean / item.window_mean : 0).window_quantiles;
            continue;
        }
        for (double& units : one.window_quantiles) units *= one.window_mean / before;
    }
    return own;
}

ItemNumbers sum_of_places(std::span<const PlaceForecast> own, const ItemNumbers& item) {
    ItemNumbers sum{
        .item_id = item.item_id, .mean = std::vector<double>(item.mean.size()), .window_mean = window_sum(own)};
    for (const auto& one : own)
        for (std::size_t h = 0; h < sum.mean.size(); ++h) sum.mean[h] += one.mean[h];
    const double root = item.window_mean > 0 ? std::sqrt(sum.window_mean / item.window_mean) : 1;
    for (const double units : item.window_quantiles)
        sum.window_quantiles.push_back(std::max(0.0, sum.window_mean + root * (units - item.window_mean)));
    return sum;
}

}  // namespace suanpan::demand
