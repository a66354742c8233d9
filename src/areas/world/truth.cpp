#include "areas/world/truth.h"

#include <fmt/format.h>

#include <numeric>

#include "areas/world/csv.h"

namespace suanpan::world {
namespace {

// [a, b, c] of the texts that `each` makes of the values.
template <class Values, class Each>
std::string list(const Values& values, Each each) {
    std::string text = "[";
    for (const auto& value : values) {
        if (text.size() > 1) text += ',';
        text += each(value);
    }
    return text + "]";
}

std::string promotions(const World& world, const TrueItem& item) {
    return list(item.promotions, [&](const Promotion& promotion) {
        return fmt::format(R"({{"from":"{}","to":"{}","uplift":{:.6f}}})", suanpan::format(world.day(promotion.first)),
                           suanpan::format(world.day(promotion.last)), uplift(item, promotion));
    });
}

// All regions together, a number a day.
std::string expected_demand(const World& world, const TrueItem& item) {
    std::vector<int> days(static_cast<std::size_t>(world.options.days));
    std::iota(days.begin(), days.end(), 0);
    return list(days, [&](int day) {
        const auto units = world.demand(item, day);
        return fmt::format("{:.4f}", std::accumulate(units.begin(), units.end(), 0.0));
    });
}

}  // namespace

void Truth::add(const DayResult& day) {
    for (std::size_t i = 0; i < day.items.size(); ++i)
        if (day.items[i].lost > 0) lost_[i].emplace_back(day.day, day.items[i].lost);
}

std::string Truth::item(const TrueItem& item) const {
    const auto parameters = fmt::format(
        R"("sku":"{}","rate":{:.6f},"dispersion":{:.6f},"trend":{:.6f},"season":{:.6f},"season_peak":{:.3f},)"
        R"("elasticity":{:.6f},"cross_elasticity":{:.6f},"weather_per_degree":{:.6f},"listed":"{}")",
        item.sku, item.rate, item.dispersion, item.trend, item.season, item.season_peak, item.elasticity,
        item.cross_elasticity, item.weather, suanpan::format(world_.day(item.listed)));
    const auto lost = list(lost_[static_cast<std::size_t>(item.index)],
                           [](const auto& day) { return fmt::format("[{},{}]", day.first, day.second); });
    return fmt::format("\n{{{},\"promotions\":{},\"expected\":{},\"lost\":{}}}", parameters, promotions(world_, item),
                       expected_demand(world_, item), lost);
}

Result<> Truth::write(const std::filesystem::path& file, const ExportReport& report) const {
    auto json = TRY(begin(file, ""));
    json << fmt::format(
        "{{\"seed\":{},\"first_day\":\"{}\",\"last_day\":\"{}\",\n"
        "\"order_lines\":{},\"returns\":{},\"sold_units\":{},\"lost_units\":{},\n"
        "\"dirt\":{{\"duplicated_lines\":{},\"bad_numbers\":{},\"missing_codes\":{}}},\n\"items\":",
        world_.options.seed, suanpan::format(world_.day(0)), suanpan::format(world_.options.last_day),
        report.order_lines, report.returns, report.sold_units, report.lost_units, report.duplicated_lines,
        report.bad_numbers, report.missing_codes);
    json << list(world_.items, [&](const TrueItem& each) { return item(each); }) << "}\n";
    return finish(json, file);
}

}  // namespace suanpan::world
