#include "areas/selection/radar/trends.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "areas/selection/title_words.h"

namespace suanpan::selection {
namespace {

using Weeks = std::vector<double>;

struct Group {
    Weeks counts;
    std::vector<std::size_t> items;
};
using Groups = std::map<std::pair<Grouping, std::string>, Group>;

struct Counted {
    std::vector<Weeks> items;
    std::vector<double> price;  // mean, 0: none
    Weeks total;
};

Counted count_weeks(const History& history, Day begin, Day morning) {
    const auto weeks = static_cast<std::size_t>((morning - begin).count() / 7);
    Counted counted{std::vector<Weeks>(history.items.size()), std::vector<double>(history.items.size()), Weeks(weeks)};
    for (std::size_t i = 0; i < history.items.size(); ++i) {
        double units = 0, revenue = 0;
        const auto& days = history.items[i].days;
        for (auto d = std::ranges::lower_bound(days, begin, {}, &ItemDay::day); d != days.end() && d->day < morning;
             ++d) {
            const auto week = static_cast<std::size_t>((d->day - begin).count() / 7);
            const double orders = d->orders > 0 ? d->orders : std::max(0.0F, d->units);
            if (counted.items[i].empty()) counted.items[i].resize(weeks);
            counted.items[i][week] += orders;
            counted.total[week] += orders;
            units += d->units;
            revenue += d->revenue;
        }
        if (units > 0 && revenue > 0) counted.price[i] = revenue / units;
    }
    return counted;
}

void join(Group& group, std::size_t item, const Weeks& weeks) {
    group.counts.resize(weeks.size());
    for (std::size_t w = 0; w < weeks.size(); ++w) group.counts[w] += weeks[w];
    group.items.push_back(item);
}

std::string band_of(double price) {
    const int power = std::clamp(static_cast<int>(std::floor(std::log2(std::max(1.0, price)))), 0, 40);
    return fmt::format("{} to {}", std::int64_t{1} << power, std::int64_t{1} << (power + 1));
}

Groups groups_of(const History& history, const Counted& counted) {
    Groups groups;
    for (std::size_t i = 0; i < history.items.size(); ++i) {
        const auto& weeks = counted.items[i];
        const auto& item = history.items[i];
        if (weeks.empty()) continue;
        if (!item.category.empty()) join(groups[{Grouping::category, item.category}], i, weeks);
        if (counted.price[i] > 0) join(groups[{Grouping::price_band, band_of(counted.price[i])}], i, weeks);
        const auto words = title_words(item.title);
        for (const auto& word : std::set<std::string>(words.begin(), words.end()))
            join(groups[{Grouping::word, word}], i, weeks);
    }
    return groups;
}

std::vector<std::size_t> examples_of(const Group& group, const Counted& counted, std::size_t week) {
    const auto since = [&](std::size_t item) {
        const auto& weeks = counted.items[item];
        return std::accumulate(weeks.begin() + static_cast<std::ptrdiff_t>(week), weeks.end(), 0.0);
    };
    auto items = group.items;
    std::ranges::stable_sort(items, std::greater(), since);
    items.resize(std::min<std::size_t>(3, items.size()));
    return items;
}

bool large(const Change& change, double times) {
    return change.after >= times * change.before || change.before >= times * change.after;
}

}  // namespace

std::string_view name(Grouping grouping) {
    constexpr std::string_view names[] = {"category", "word", "price band"};
    return names[static_cast<std::size_t>(grouping)];
}

Trends find_trends(const History& history, Day morning, const TrendOptions& options) {
    const Day begin = std::max(morning - Days(7 * options.weeks),
                               morning - Days(7 * std::max<std::int64_t>(0, (morning - history.first).count() / 7)));
    const auto counted = count_weeks(history, begin, morning);
    const auto groups = groups_of(history, counted);
    std::vector<Trend> all;
    std::vector<double> chances;
    for (const auto& [key, group] : groups) {
        const double orders = std::accumulate(group.counts.begin(), group.counts.end(), 0.0);
        if (orders < options.least_orders || group.items.size() < options.least_items) continue;
        const auto change = find_change(group.counts, counted.total, options.change);
        all.push_back({key.first,
                       key.second,
                       group.items.size(),
                       orders,
                       change,
                       begin + Days(7 * static_cast<int>(change.week)),
                       1,
                       {}});
        chances.push_back(large(change, options.smallest_change) ? change.p : 1);
    }
    const auto q = q_values(chances);
    Trends trends{.tested = all.size(), .found = {}};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (chances[i] >= 1 || q[i] > options.discovery_share) continue;
        all[i].q = q[i];
        all[i].examples = examples_of(groups.at({all[i].grouping, all[i].group}), counted, all[i].change.week);
        trends.found.push_back(std::move(all[i]));
    }
    std::ranges::stable_sort(trends.found, {}, [](const Trend& t) { return t.change.p; });
    return trends;
}

}  // namespace suanpan::selection
