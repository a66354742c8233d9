#include "areas/stock/guardrails.h"

#include <cmath>
#include <format>

#include "platform/operations/json.h"

namespace suanpan::stock {
namespace {

double number(const operations::Json& object, std::string_view key, double otherwise) {
    const auto* value = operations::member(object, key);
    return value == nullptr ? otherwise : operations::as_number(*value);
}

}  // namespace

std::vector<decisions::Verdict> guard_order(const store::Settings& settings, const decisions::Proposal& order) {
    const auto arguments = operations::parse_json(order.arguments);
    const auto evidence = operations::parse_json(order.evidence);
    if (!arguments || !evidence) return {{false, "readable", "the order's arguments or evidence are not JSON"}};
    std::vector<decisions::Verdict> verdicts;
    const double units = number(*arguments, "units", 0);
    verdicts.push_back({units > 0, "units", std::format("an order of {:g} units is none", units)});

    const double cover = number(*evidence, "days_of_cover_after", 0);
    const double longest = settings.number("stock.largest_cover_days", 180);
    verdicts.push_back({cover <= longest, "cover",
                        std::format("it would last {:.0f} days, more than the {:.0f} allowed", cover, longest)});

    const double life = number(*evidence, "shelf_life_days", 0);
    const double sellable = life + number(*evidence, "lead_time_days", 0);
    verdicts.push_back(
        {life <= 0 || cover <= sellable, "shelf life",
         std::format("it would last {:.0f} days, longer than the {:.0f} in which it can be sold", cover, sellable)});

    const double room = settings.number("stock.room", 0), volume = number(*evidence, "volume", 0);
    verdicts.push_back(
        {room <= 0 || volume <= room, "room", std::format("it takes {:g} of room where there are {:g}", volume, room)});

    double unit = 1;
    for (int i = 0; i < minor_digits(order.value.currency); ++i) unit *= 10;
    const double value = static_cast<double>(order.value.minor) / unit;
    const double dearest = settings.number("stock.largest_order_value", 0);
    verdicts.push_back({dearest <= 0 || value <= dearest, "value",
                        std::format("it costs {}, more than the {:g} allowed", format(order.value), dearest)});

    const double budget = settings.number("stock.budget", 0);
    verdicts.push_back({budget <= 0 || value <= budget, "budget",
                        std::format("it costs {}, more than the day's budget of {:g}", format(order.value), budget)});

    const double largest = number(*evidence, "largest_window_units", 0);
    const double times = settings.number("stock.outlier_times", 5);
    verdicts.push_back(
        {largest <= 0 || units <= times * largest, "outlier",
         std::format("{:g} units are more than {:g} times the {:g} ever sold in such a time", units, times, largest)});
    return verdicts;
}

}  // namespace suanpan::stock
