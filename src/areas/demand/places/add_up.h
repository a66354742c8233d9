#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "areas/demand/panel.h"
#include "platform/base/time.h"

namespace suanpan::demand {

// The numbers of an item that those of its places have to add up to.
struct ItemNumbers {
    std::string item_id;
    std::vector<double> mean;  // a value a period
    double window_mean = 0;
    std::vector<double> window_quantiles;
    bool is_new = false;  // forecast by how other items began
};

// What a place is forecast to sell of an item: a row of demand.place_forecast.
struct PlaceForecast {
    Day as_of;
    std::string item_id, place_id;
    std::string method;  // of the place's own forecast; "share" where it had none
    std::vector<double> mean;
    double window_mean = 0;
    std::vector<double> window_quantiles;
    double own_window_mean = 0;  // before it was made to add up
    double share = 0;            // of the item's newest eight weeks; 0 for all places where it sold nothing in them
    double baseline_mean = 0, error = 0, baseline_error = 0;
    std::int64_t judged = 0;
    std::string model_version;
};

// How an item's number is spread over its places: by their own forecasts, by their shares of the newest eight weeks, or
// by the mean of both.
enum class Spread { own, both, share };
[[nodiscard]] std::string_view name(Spread spread);

// Each place's part of all that the shop is forecast to sell, by the places' own forecasts; they sum to 1.
[[nodiscard]] std::map<std::string, double> parts_of_shop(std::span<const PlaceForecast> own);

// Places' forecasts of one item that add up to the item's numbers in every period and over the window (top-down by
// forecast proportions, Athanasopoulos, Ahmed and Hyndman 2009, or by those of the past); quantiles are scaled as the
// window is. Where nothing is known of the places (a new item), `parts` say how it is spread: each unit goes to a place
// with that chance, independently of the others, which gives the variance.
[[nodiscard]] std::vector<PlaceForecast> add_up(std::vector<PlaceForecast> own, const ItemNumbers& item, Spread spread,
                                                const std::map<std::string, double>& parts);

// The item's numbers as the sum of its places' own (bottom-up). Quantiles keep their distance from the mean, times the
// root of how much it moved.
[[nodiscard]] ItemNumbers sum_of_places(std::span<const PlaceForecast> own, const ItemNumbers& item);

}  // namespace suanpan::demand
