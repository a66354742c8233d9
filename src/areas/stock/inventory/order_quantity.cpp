#include "areas/stock/inventory/order_quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace suanpan::stock {
namespace {

bool above_zero(double value) {
    return value > 0 && std::isfinite(value);
}

Result<> check(std::span<const PriceBreak> breaks) {
    if (breaks.empty() || breaks.front().from != 0)
        return fail(ErrorCode::invalid_argument, "the first price must hold from 0 units");
    for (std::size_t i = 0; i < breaks.size(); ++i) {
        if (!above_zero(breaks[i].price) || !std::isfinite(breaks[i].from))
            return fail(ErrorCode::invalid_argument, fmt::format("{:g} is not a price above zero", breaks[i].price));
        if (i > 0 && (breaks[i].from <= breaks[i - 1].from || breaks[i].price >= breaks[i - 1].price))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the price break at {:g} units must come later and be cheaper than the one before",
                                    breaks[i].from));
    }
    return {};
}

// What the units before tier i cost more than its own price would, (3.18): the fixed part of an incremental price.
double dearer_before(std::span<const PriceBreak> breaks, std::size_t tier) {
    double extra = 0;
    for (std::size_t i = 1; i <= tier; ++i) extra += (breaks[i - 1].price - breaks[i].price) * breaks[i].from;
    return extra;
}

double end_of(std::span<const PriceBreak> breaks, std::size_t tier) {
    return tier + 1 < breaks.size() ? breaks[tier + 1].from : std::numeric_limits<double>::infinity();
}

std::size_t tier_of(double units, std::span<const PriceBreak> breaks) {
    std::size_t tier = 0;
    while (tier + 1 < breaks.size() && units >= breaks[tier + 1].from) ++tier;
    return tier;
}

Result<> check(const Need& need) {
    const bool sound = need.units >= 0 && need.pack >= 1 && need.a_day >= 0 && need.review_days >= 0 &&
                       need.holding_rate >= 0 && need.most_cost >= 0 && std::isfinite(need.most_units) &&
                       std::isfinite(need.a_day + need.review_days + need.holding_rate);
    if (sound) return {};
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("{} units in packs of {}, {:g} a day, a review of {:g} days and holding of {:g} a year must "
                    "be finite and not negative, a pack at least 1",
                    need.units, need.pack, need.a_day, need.review_days, need.holding_rate));
}

// Units of a tier, from what is needed on, where the saving of a unit is largest.
double best_within(const Need& need, std::span<const PriceBreak> breaks, std::size_t tier) {
    const auto needed = static_cast<double>(need.units);
    const double low = std::max(needed, breaks[tier].from);
    const double high = std::max(low, std::min(need.most_units, end_of(breaks, tier)));
    const double a_day = need.holding_rate * breaks[tier].price / 365;  // of holding a unit
    if (a_day == 0) return high;
    const double square =
        2 * need.a_day * dearer_before(breaks, tier) / a_day + needed * (needed - need.a_day * need.review_days);
    return std::clamp(std::sqrt(std::max(0.0, square)), low, high);
}

}  // namespace

Result<Lot> economic_order_quantity(const LotCosts& c) {
    if (!above_zero(c.fixed) || !above_zero(c.rate) || !above_zero(c.holding))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("an order's cost {:g}, demand {:g} and holding {:g} must all be above zero", c.fixed,
                                c.rate, c.holding));
    return Lot{std::sqrt(2 * c.fixed * c.rate / c.holding), std::sqrt(2 * c.fixed * c.rate * c.holding), 0};
}

Result<Lot> economic_order_quantity(const LotCosts& c, std::span<const PriceBreak> breaks, Discount discount) {
    TRY(check(breaks));
    if (!above_zero(c.fixed) || !above_zero(c.rate) || !above_zero(c.holding_rate))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("an order's cost {:g}, demand {:g} and holding rate {:g} must all be above zero",
                                c.fixed, c.rate, c.holding_rate));
    Lot best{0, std::numeric_limits<double>::infinity(), 0};
    for (std::size_t tier = 0; tier < breaks.size(); ++tier) {
        const double price = breaks[tier].price;
        const double extra = discount == Discount::incremental ? dearer_before(breaks, tier) : 0;
        const double fixed = c.fixed + extra;
        double units = std::sqrt(2 * fixed * c.rate / (c.holding_rate * price));
        if (units < breaks[tier].from && discount == Discount::all_units) units = breaks[tier].from;
        if (units < breaks[tier].from || units >= end_of(breaks, tier)) continue;
        const double cost =
            price * c.rate + c.holding_rate * extra / 2 + fixed * c.rate / units + c.holding_rate * price * units / 2;
        if (cost < best.cost) best = {units, cost, tier};
    }
    return best;
}

Result<double> cheapest_at_least(double units, std::span<const PriceBreak> breaks, Discount discount) {
    TRY(check(breaks));
    if (!(units >= 0 && std::isfinite(units)))
        return fail(ErrorCode::invalid_argument, fmt::format("{:g} units cannot be bought", units));
    // With incremental prices more never costs less.
    if (discount == Discount::incremental || units == 0) return units;
    double best = units, least = std::numeric_limits<double>::infinity();
    for (std::size_t tier = 0; tier < breaks.size(); ++tier) {
        const double bought = std::max(units, breaks[tier].from);
        if (bought >= end_of(breaks, tier)) continue;
        if (const double cost = bought * breaks[tier].price; cost < least) {
            least = cost;
            best = bought;
        }
    }
    return best;
}

double price_of_last(double units, std::span<const PriceBreak> breaks) {
    return breaks[tier_of(units, breaks)].price;
}

double cost_of(double units, std::span<const PriceBreak> breaks, Discount discount) {
    const auto tier = tier_of(units, breaks);
    return units * breaks[tier].price + (discount == Discount::incremental ? dearer_before(breaks, tier) : 0);
}

double saving_of(const Need& need, double units, std::span<const PriceBreak> breaks, Discount discount) {
    const auto needed = static_cast<double>(need.units);
    const double beyond = units - needed;
    if (needed <= 0 || beyond <= 0 || need.a_day <= 0) return 0;
    const double later = beyond * cost_of(needed, breaks, discount) / needed;
    const double more = cost_of(units, breaks, discount) - cost_of(needed, breaks, discount);
    const double days = need.review_days / 2 + beyond / (2 * need.a_day);
    return later - more - need.holding_rate * price_of_last(units, breaks) * beyond * days / 365;
}

Result<BoughtAhead> buy_ahead(const Need& need, std::span<const PriceBreak> breaks, Discount discount) {
    TRY(check(breaks));
    TRY(check(need));
    BoughtAhead best{.units = need.units};
    const auto pack = static_cast<double>(need.pack);
    const auto consider = [&](double units) {
        if (units > need.most_units || cost_of(units, breaks, discount) > need.most_cost) return;
        const double saving = saving_of(need, units, breaks, discount);
        if (saving > 1e-9 && saving / units > best.saving / static_cast<double>(std::max<std::int64_t>(1, best.units)))
            best = {static_cast<std::int64_t>(units), breaks[tier_of(units, breaks)].from, saving};
    };
    for (std::size_t tier = 0; tier < breaks.size() && need.units > 0; ++tier) {
        if (end_of(breaks, tier) <= static_cast<double>(need.units)) continue;
        const double at = discount == Discount::all_units ? breaks[tier].from : best_within(need, breaks, tier);
        consider(std::floor(at / pack) * pack);
        consider(std::ceil(at / pack) * pack);
    }
    return best;
}

}  // namespace suanpan::stock
