#include "areas/stock/guardrails.h"

#include <fmt/format.h>

#include <cmath>

#include "platform/operations/json.h"

namespace suanpan::stock {
namespace {

double number(const operations::Json& object, std::string_view key, double otherwise) {
    const auto* value = operations::member(object, key);
    return value == nullptr ? otherwise : operations::as_number(*value);
}

struct Guarded {
    const store::Settings& settings;
    const operations::Json& evidence;
    const Money& cost;
    double units = 0;

    [[nodiscard]] double evident(std::string_view key) const { return number(evidence, key, 0); }
    [[nodiscard]] double major_cost() const {
        double unit = 1;
        for (int i = 0; i < minor_digits(cost.currency); ++i) unit *= 10;
        return static_cast<double>(cost.minor) / unit;
    }
};

decisions::Verdict units(const Guarded& g) {
    return {g.units > 0, "units", fmt::format("an order of {:g} units is none", g.units)};
}

decisions::Verdict cover(const Guarded& g) {
    const double cover = g.evident("days_of_cover_after"), longest = g.settings.number("stock.largest_cover_days", 180);
    return {cover <= longest, "cover",
            fmt::format("it would last {:.0f} days, more than the {:.0f} allowed", cover, longest)};
}

decisions::Verdict shelf_life(const Guarded& g) {
    const double life = g.evident("shelf_life_days"), cover = g.evident("days_of_cover_after");
    const double sellable = life + g.evident("lead_time_days");
    return {life <= 0 || cover <= sellable, "shelf life",
            fmt::format("it would last {:.0f} days, longer than the {:.0f} in which it can be sold", cover, sellable)};
}

decisions::Verdict room(const Guarded& g) {
    const double room = g.settings.number("stock.room", 0), volume = g.evident("volume");
    return {room <= 0 || volume <= room, "room",
            fmt::format("it takes {:g} of room where there are {:g}", volume, room)};
}

decisions::Verdict value(const Guarded& g) {
    const double dearest = g.settings.number("stock.largest_order_value", 0);
    return {dearest <= 0 || g.major_cost() <= dearest, "value",
            fmt::format("it costs {}, more than the {:g} allowed", format(g.cost), dearest)};
}

decisions::Verdict budget(const Guarded& g) {
    const double budget = g.settings.number("stock.budget", 0);
    return {budget <= 0 || g.major_cost() <= budget, "budget",
            fmt::format("it costs {}, more than the day's budget of {:g}", format(g.cost), budget)};
}

decisions::Verdict outlier(const Guarded& g) {
    const double largest = g.evident("largest_window_units"), times = g.settings.number("stock.outlier_times", 5);
    return {
        largest <= 0 || g.units <= times * largest, "outlier",
        fmt::format("{:g} units are more than {:g} times the {:g} ever sold in such a time", g.units, times, largest)};
}

}  // namespace

std::vector<decisions::Verdict> guard_order(const store::Settings& settings, const decisions::Proposal& order) {
    const auto arguments = operations::parse_json(order.arguments);
    const auto evidence = operations::parse_json(order.evidence);
    if (!arguments || !evidence) return {{false, "readable", "the order's arguments or evidence are not JSON"}};
    const Guarded guarded{settings, *evidence, order.value, number(*arguments, "units", 0)};
    return {units(guarded), cover(guarded),  shelf_life(guarded), room(guarded),
            value(guarded), budget(guarded), outlier(guarded)};
}

}  // namespace suanpan::stock
