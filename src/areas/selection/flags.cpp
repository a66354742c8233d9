#include "areas/selection/flags.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t longest_title = 2000;
constexpr double longest_attributes = 50'000, jump = 1.6;
constexpr int least_rivals = 10;
constexpr std::size_t flag_slices = 16;

bool has_sign_before(const Item& item, Day origin) {
    return !item.signs.empty() && item.signs.front().day < origin;
}

bool sold_before(const Item& item, Day origin) {
    return !item.days.empty() && item.days.front().day < origin;
}

bool free_of_charge(const Item& item, Day origin) {
    double units = 0, revenue = 0, price = -1;
    auto d = std::ranges::lower_bound(item.days, origin - Days(91), {}, &ItemDay::day);
    for (; d != item.days.end() && d->day < origin; ++d) {
        units += d->units;
        revenue += d->revenue;
    }
    for (const auto& s : item.signs)
        if (s.sign == Sign::own_price && s.day < origin) price = s.value;
    return (units > 0 && revenue <= 0) || price == 0;
}

// The newest competitor's price over the median of those of the four weeks before; 0 where there are not both.
double rival_move(const Item& item, Day newest, Day origin) {
    std::vector<double> before;
    double last = 0;
    for (const auto& s : item.signs) {
        if (s.sign != Sign::competitor_price || s.day >= origin || s.day < newest - Days(28)) continue;
        if (s.day >= newest)
            last = s.value;
        else
            before.push_back(s.value);
    }
    if (before.empty() || last <= 0) return 0;
    std::ranges::nth_element(before, before.begin() + std::ssize(before) / 2);
    const double usual = before[before.size() / 2];
    return usual > 0 ? last / usual : 0;
}

Day newest_rival_day(const History& history, Day origin) {
    Day newest{};
    for (const auto& item : history.items)
        for (const auto& s : item.signs)
            if (s.sign == Sign::competitor_price && s.day < origin) newest = std::max(newest, s.day);
    return newest;
}

bool rivals_jumped(const History& history, Day origin) {
    const Day newest = newest_rival_day(history, origin);
    int seen = 0, up = 0, down = 0;
    for (const auto& item : history.items) {
        const double move = rival_move(item, newest, origin);
        if (move <= 0) continue;
        ++seen;
        up += move >= jump;
        down += move <= 1 / jump;
    }
    return seen >= least_rivals && 2 * std::max(up, down) > seen;
}

std::map<std::string, int> sold_by_category(const History& history, Day origin) {
    std::map<std::string, int> sold;
    for (const auto& item : history.items) sold[item.category] += sold_before(item, origin);
    return sold;
}

bool has_rival(const Item& item, Day origin) {
    return std::ranges::any_of(item.signs,
                               [&](const SignDay& s) { return s.sign == Sign::competitor_price && s.day < origin; });
}

}  // namespace

std::string_view name(Flag flag) {
    constexpr std::string_view all[] = {"nothing known",       "price of zero", "title too long",
                                        "attributes too long", "new category",  "competitors jumped"};
    return all[static_cast<std::size_t>(flag)];
}

std::string_view name_zh(Flag flag) {
    constexpr std::string_view all[] = {"一无所知", "价格为零", "标题过长", "属性过长", "全新类目", "竞品价格异常跳变"};
    return all[static_cast<std::size_t>(flag)];
}

bool hides_all(Flag flag) {
    return flag < Flag::new_category;
}

std::string names(const std::vector<Flag>& flags) {
    std::string text;
    for (const auto flag : flags) text += (text.empty() ? "" : ", ") + std::string(name(flag));
    return text;
}

std::vector<std::vector<Flag>> flags_of(const History& history, const Snapshot& snapshot) {
    const Day origin = snapshot.origin;
    const bool jumped = rivals_jumped(history, origin);
    const auto sold = sold_by_category(history, origin);
    std::vector<std::vector<Flag>> all(snapshot.count());
    in_slices(all.size(), flag_slices, [&](std::size_t, std::size_t first, std::size_t last) {
        for (auto row = first; row < last; ++row) {
            const auto& item = history.items[snapshot.items[row]];
            const bool was_sold = sold_before(item, origin);
            const auto raise = [&](Flag flag, bool raised) {
                if (raised) all[row].push_back(flag);
            };
            raise(Flag::nothing_known,
                  !was_sold && item.title.empty() && item.category.empty() && !has_sign_before(item, origin));
            raise(Flag::price_of_zero, free_of_charge(item, origin));
            raise(Flag::title_too_long, item.title.size() + item.category.size() > longest_title);
            raise(Flag::attributes_too_long, item.attribute_bytes > longest_attributes);
            raise(Flag::new_category, !item.category.empty() && sold.at(item.category) == (was_sold ? 1 : 0));
            raise(Flag::rivals_jumped, jumped && has_rival(item, origin));
        }
    });
    return all;
}

void forget_rivals(Snapshot& snapshot, const std::vector<std::vector<Flag>>& flags) {
    const std::array forgotten = {column("price_to_rival"), column("rivals_seen")};
    for (std::size_t row = 0; row < snapshot.count(); ++row)
        if (std::ranges::contains(flags[row], Flag::rivals_jumped))
            for (const auto c : forgotten)
                snapshot.values[row * columns().size() + c] = std::numeric_limits<float>::quiet_NaN();
}

}  // namespace suanpan::selection
