#include "areas/selection/item_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace suanpan::selection {
namespace {

constexpr std::array windows = {7, 14, 28, 56, 91, 182, 364};
constexpr std::array names = {
    "revenue_7",   "revenue_14",   "revenue_28",   "revenue_56",   "revenue_91",   "revenue_182",   "revenue_364",
    "units_7",     "units_14",     "units_28",     "units_56",     "units_91",     "units_182",     "units_364",
    "orders_7",    "orders_14",    "orders_28",    "orders_56",    "orders_91",    "orders_182",    "orders_364",
    "days_sold_7", "days_sold_14", "days_sold_28", "days_sold_56", "days_sold_91", "days_sold_182", "days_sold_364"};
constexpr int weeks = 13;
constexpr std::array half_lives = {7, 21, 60};
constexpr int longest = 364;
static_assert(windows.back() == longest);

std::span<const ItemDay> between(const Item& item, Day from, Day to) {
    const auto begin = std::ranges::lower_bound(item.days, from, {}, &ItemDay::day);
    const auto end = std::ranges::lower_bound(begin, item.days.end(), to, {}, &ItemDay::day);
    return {begin, end};
}

// Amounts are whole numbers, so that their sums are exact in any order; a basket is not, and is summed by itself.
struct Sum {
    double net = 0, gross = 0, units = 0, orders = 0, customers = 0, days = 0, largest = 0, returned = 0;
    void add(const ItemDay& d) {
        net += d.net();
        gross += d.revenue;
        units += d.units - d.returned_units;
        orders += d.orders;
        customers += d.customers;
        days += d.units > 0;
        largest = std::max(largest, d.net());
        returned += d.returned_value;
    }
};

Sum sum(std::span<const ItemDay> days) {
    Sum s;
    for (const auto& d : days) s.add(d);
    return s;
}

int age(const ItemDay& d, Day origin) {
    return static_cast<int>((origin - d.day).count());
}

using Windows = std::array<Sum, windows.size()>;

// Of all windows at once, from the newest day back.
Windows window_sums(std::span<const ItemDay> days, Day origin) {
    Windows sums;
    Sum all;
    std::size_t window = 0;
    for (auto d = days.rbegin(); d != days.rend(); ++d) {
        for (; age(*d, origin) > windows[window]; ++window) sums[window] = all;
        all.add(*d);
    }
    for (; window < windows.size(); ++window) sums[window] = all;
    return sums;
}

// Lines of the orders of the days.
double basket(std::span<const ItemDay> days) {
    double lines = 0;
    for (const auto& d : days) lines += d.basket * d.orders;
    return lines;
}

double fading(int half_life) {
    return std::numbers::ln2 / half_life;
}

// What is left of net revenue by age, for each half-life.
using Left = std::array<std::array<double, longest + 1>, half_lives.size()>;
const Left& left() {
    static const auto made = [] {
        Left all{};
        for (std::size_t half = 0; half < half_lives.size(); ++half)
            for (int days = 0; days <= longest; ++days)
                all[half][static_cast<std::size_t>(days)] =
                    std::exp(-fading(half_lives[half]) * static_cast<double>(days));
        return all;
    }();
    return made;
}

// Net revenue that fades with age, a day.
std::array<double, half_lives.size()> faded(std::span<const ItemDay> days, Day origin) {
    std::array<double, half_lives.size()> total{};
    const auto& shares = left();
    for (const auto& d : days)
        for (std::size_t half = 0; half < total.size(); ++half)
            total[half] += d.net() * shares[half][static_cast<std::size_t>(age(d, origin))];
    for (std::size_t half = 0; half < total.size(); ++half) total[half] *= fading(half_lives[half]);
    return total;
}

void sales_features(const Windows& sums, Sink& sink) {
    std::size_t name = 0;
    for (const auto& s : sums) sink.add(names[name++], Topic::sales, squeezed(s.net));
    for (const auto& s : sums) sink.add(names[name++], Topic::sales, squeezed(s.units));
    for (const auto& s : sums) sink.add(names[name++], Topic::sales, squeezed(s.orders));
    for (const auto& s : sums) sink.add(names[name++], Topic::steadiness, s.days);
}

// days: of the last weeks.
void steadiness_features(std::span<const ItemDay> days, Day origin, Sink& sink) {
    std::array<double, weeks> weekly{};
    for (const auto& d : days) weekly[static_cast<std::size_t>(age(d, origin) - 1) / 7] += d.net();
    double mean = 0, square = 0, active = 0, level = 0, slope = 0;
    for (std::size_t w = 0; w < weeks; ++w) {
        mean += weekly[w] / weeks;
        square += weekly[w] * weekly[w] / weeks;
        active += weekly[w] > 0;
        slope += squeezed(weekly[w]) * (weeks / 2 - static_cast<double>(w));
        level = std::max(level, weekly[w]);
    }
    auto sorted = weekly;
    std::ranges::nth_element(sorted, sorted.begin() + weeks / 2);
    sink.add("weeks_sold_13", Topic::steadiness, active);
    sink.add("weekly_spread", Topic::steadiness,
             mean > 0 ? std::sqrt(std::max(0.0, square - mean * mean)) / mean : unknown);
    sink.add("median_week", Topic::sales, squeezed(sorted[weeks / 2]));
    sink.add("weekly_slope", Topic::trend, slope);
    sink.add("largest_week", Topic::steadiness, squeezed(level));
}

void season_features(const Item& item, const Moment& moment, Sink& sink) {
    const Day year = moment.origin - Days(364);
    const bool seen = year >= moment.first_day;
    const auto then = seen ? sum(between(item, year, std::min(year + Days(moment.horizon), moment.origin))) : Sum{};
    const auto before = seen ? sum(between(item, year - Days(28), year)) : Sum{};
    sink.add("revenue_last_year", Topic::season, seen ? squeezed(then.net) : unknown);
    sink.add("rise_last_year", Topic::season,
             seen && year - Days(28) >= moment.first_day ? log_ratio(then.net, before.net, 1000) : unknown);
    const double turn =
        2 * std::numbers::pi *
        static_cast<double>((moment.origin - std::chrono::sys_days(std::chrono::year(2000) / 1 / 1)).count()) / 365.25;
    sink.add("season_sine", Topic::season, std::sin(turn));
    sink.add("season_cosine", Topic::season, std::cos(turn));
}

void novelty_features(const Item& item, std::span<const ItemDay> past, Day origin, Sink& sink) {
    const auto ago = [&](Day day) { return static_cast<double>((origin - day).count()); };
    double since = unknown, last = unknown;
    if (!past.empty()) since = ago(past.front().day);
    if (item.listed && item.listed_on < origin) since = ago(item.listed_on);
    for (auto d = past.rbegin(); d != past.rend() && std::isnan(last); ++d)
        if (d->units > 0) last = ago(d->day);
    sink.add("age_days", Topic::novelty, since);
    sink.add("days_since_sale", Topic::steadiness, last);
}

void price_features(const Item& item, const Sum& month, const Sum& half, Sink& sink) {
    const double now = month.units > 0 ? month.net / month.units : unknown;
    const double usual = half.units > 0 ? half.net / half.units : unknown;
    sink.add("price", Topic::price, std::log1p(std::isnan(now) ? usual : std::max(0.0, now)));
    sink.add("price_to_usual", Topic::price, now > 0 && usual > 0 ? std::log(now / usual) : unknown);
    sink.add("margin_share", Topic::price, item.unit_cost > 0 && usual > 0 ? 1 - item.unit_cost / usual : unknown);
}

}  // namespace

double squeezed(double x) {
    return std::copysign(std::log1p(std::abs(x)), x);
}

double log_ratio(double above, double below, double calm) {
    return std::log((std::max(0.0, above) + calm) / (std::max(0.0, below) + calm));
}

bool known(const Item& item, Day origin) {
    return (item.listed && item.listed_on < origin) || (!item.days.empty() && item.days.front().day < origin) ||
           (!item.signs.empty() && item.signs.front().day < origin);
}

Recent recent(const Item& item, Day origin) {
    Recent found;
    for (const auto& d : between(item, origin - Days(91), origin)) {
        found.net91 += d.net();
        if (age(d, origin) <= 28)
            found.net28 += d.net();
        else if (age(d, origin) <= 56)
            found.previous28 += d.net();
    }
    return found;
}

void item_features(const Item& item, const Moment& moment, Sink& sink) {
    const Day origin = moment.origin;
    const std::span past(item.days.begin(), std::ranges::lower_bound(item.days, origin, {}, &ItemDay::day));
    const auto near = between(item, origin - Days(longest), origin), last = between(item, origin - Days(91), origin);
    static_assert(7 * weeks == 91);
    const auto sums = window_sums(near, origin);
    sales_features(sums, sink);
    const auto [faded_7, faded_21, faded_60] = faded(near, origin);
    sink.add("faded_7", Topic::sales, squeezed(28 * faded_7));
    sink.add("faded_21", Topic::sales, squeezed(28 * faded_21));
    sink.add("faded_60", Topic::sales, squeezed(28 * faded_60));
    const auto &week = sums[0], &month = sums[2], &two = sums[3], &quarter = sums[4], &half = sums[5];
    sink.add("rise_7_28", Topic::trend, log_ratio(4 * week.net, month.net, 1000));
    sink.add("rise_28_28", Topic::trend, log_ratio(month.net, two.net - month.net, 1000));
    sink.add("rise_28_91", Topic::trend, log_ratio(month.net * 91 / 28, quarter.net, 1000));
    sink.add("rise_91_91", Topic::trend, log_ratio(quarter.net, half.net - quarter.net, 1000));
    sink.add("largest_day_share", Topic::steadiness, quarter.net > 0 ? quarter.largest / quarter.net : unknown);
    sink.add("revenue_but_largest_28", Topic::sales, squeezed(month.net - month.largest));
    sink.add("revenue_but_largest_91", Topic::sales, squeezed(quarter.net - quarter.largest));
    steadiness_features(last, origin, sink);
    season_features(item, moment, sink);
    novelty_features(item, past, origin, sink);
    price_features(item, month, half, sink);
    sink.add("return_share", Topic::returns, quarter.gross > 0 ? quarter.returned / quarter.gross : unknown);
    sink.add("customers_28", Topic::customers, squeezed(month.customers));
    sink.add("customers_91", Topic::customers, squeezed(quarter.customers));
    sink.add("units_an_order", Topic::customers,
             quarter.orders > 0 ? squeezed(quarter.units / quarter.orders) : unknown);
    sink.add("lines_an_order", Topic::customers,
             quarter.orders > 0 ? squeezed(basket(last) / quarter.orders) : unknown);
}

namespace {

struct SignSum {
    double value = 0, weighted = 0, count = 0, last = unknown;
    Day last_day;
};

SignSum gather(const Item& item, Sign sign, Day from, Day to) {
    SignSum s;
    for (const auto& d : item.signs) {
        if (d.sign != sign || d.day < from || d.day >= to) continue;
        s.value += d.value;
        s.weighted += d.value * d.count;
        s.count += d.count;
        s.last = d.value;
        s.last_day = d.day;
    }
    return s;
}

// Forecasts that serve nobody, and the names of their columns.
struct Signal {
    Sign sign;
    std::string_view units, rise;
};
constexpr std::array signals = {Signal{Sign::prophet, "prophet_units", "prophet_rise"},
                                Signal{Sign::lstm, "lstm_units", "lstm_rise"}};

}  // namespace

void sign_features(const Item& item, const Moment& moment, Sink& sink) {
    const Day origin = moment.origin, month = origin - Days(28), quarter = origin - Days(91);
    const auto rival = gather(item, Sign::competitor_price, month, origin);
    const auto own = gather(item, Sign::own_price, Day{}, origin);
    const auto forecast = gather(item, Sign::forecast, month, origin).last;
    const bool is_forecast = !std::isnan(forecast);
    // Only what is asked for is worked out: most items of most shops have no signs.
    const auto usual_price = [&] {
        const auto sold = sum(between(item, quarter, origin));
        return sold.units > 0 ? sold.net / sold.units : unknown;
    };
    const double price = own.last > 0 ? own.last : rival.last > 0 || is_forecast ? usual_price() : unknown;
    sink.add("price_to_rival", Topic::rivals, rival.last > 0 && price > 0 ? std::log(price / rival.last) : unknown);
    sink.add("rivals_seen", Topic::rivals, rival.count);
    const auto rated = gather(item, Sign::rating, Day{}, origin), lately = gather(item, Sign::rating, quarter, origin);
    sink.add("rating", Topic::customers, rated.count > 0 ? rated.weighted / rated.count : unknown);
    sink.add("reviews", Topic::customers, squeezed(rated.count));
    sink.add("reviews_91", Topic::customers, squeezed(lately.count));
    const auto views = gather(item, Sign::view, month, origin), carts = gather(item, Sign::cart, month, origin);
    const double orders = views.value > 0 ? sum(between(item, month, origin)).orders : 0;
    sink.add("views_28", Topic::visits, squeezed(views.value));
    sink.add("carts_28", Topic::visits, squeezed(carts.value));
    sink.add("orders_a_view", Topic::visits, views.value > 0 ? orders / views.value : unknown);
    const auto stock = gather(item, Sign::stock, month, origin);
    sink.add("stock", Topic::stock, std::isnan(stock.last) ? unknown : squeezed(stock.last));
    sink.add("forecast_units", Topic::forecast, is_forecast ? squeezed(forecast) : unknown);
    sink.add("forecast_revenue", Topic::forecast, is_forecast && price > 0 ? squeezed(forecast * price) : unknown);
    const double sold_lately = sum(between(item, month, origin)).units;
    sink.add("forecast_rise", Topic::forecast, is_forecast ? log_ratio(forecast, sold_lately, 2) : unknown);
    for (const auto& [sign, name, rise] : signals) {
        const double units = gather(item, sign, month, origin).last;
        sink.add(name, Topic::forecast, std::isnan(units) ? unknown : squeezed(units));
        sink.add(rise, Topic::forecast, std::isnan(units) ? unknown : log_ratio(units, sold_lately, 2));
    }
}

}  // namespace suanpan::selection
