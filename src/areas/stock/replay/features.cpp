#include "areas/stock/replay/features.h"

#include <array>
#include <cmath>
#include <numbers>

namespace suanpan::stock {
namespace {

using namespace std::chrono;

constexpr int year_waves = 6, month_waves = 3;
// Days from Easter on which shops of many countries sell otherwise: the holy week, Ascension, Whitsun, Corpus Christi
// and what lies around them.
constexpr std::array<int, 23> easter_days = {-8, -7, -6, -5, -4, -3, -2, -1, 2,  3,  36, 37,
                                             38, 40, 46, 47, 48, 51, 52, 57, 58, 59, 61};
constexpr std::array<int, 5> december_begins = {1, 8, 15, 19, 25};
constexpr std::array<int, 5> closure_shifts = {1, 2, -1, -2, -3};

class Rows {
  public:
    Rows(const DailyPanel& panel, std::size_t series) : panel_(panel), series_(series) {
        learn_open_weekdays();
        for (std::size_t day = 0; day < panel.days; ++day) {
            rows_.begin.push_back(static_cast<std::uint32_t>(rows_.index.size()));
            next_ = 0;
            add_day(day);
        }
        rows_.begin.push_back(static_cast<std::uint32_t>(rows_.index.size()));
        rows_.width = next_;
    }
    [[nodiscard]] FeatureRows take() { return std::move(rows_); }

  private:
    void add(double value) {
        if (value != 0) {
            rows_.index.push_back(static_cast<std::uint16_t>(next_));
            rows_.value.push_back(static_cast<float>(value));
        }
        ++next_;
    }
    [[nodiscard]] static unsigned weekday_of(Day day) { return weekday(day).iso_encoding() - 1; }

    void learn_open_weekdays() {
        std::array<int, 7> open{}, all{};
        for (std::size_t d = 0; d < panel_.days; ++d) {
            const auto w = weekday_of(panel_.first + Days(static_cast<int>(d)));
            open[w] += panel_.open[panel_.at(series_, d)] != 0;
            ++all[w];
        }
        for (std::size_t w = 0; w < 7; ++w) usually_open_[w] = 2 * open[w] > all[w];
    }
    // Closed on a weekday that is usually open.
    [[nodiscard]] bool closed_out_of_order(std::int64_t day) const {
        if (day < 0 || day >= static_cast<std::int64_t>(panel_.days)) return false;
        return !panel_.open[panel_.at(series_, static_cast<std::size_t>(day))] &&
               usually_open_[weekday_of(panel_.first + Days(static_cast<int>(day)))];
    }
    [[nodiscard]] double driver(const Driver& driver, std::int64_t day) const {
        return day < 0 ? 0 : driver.values[panel_.at(series_, static_cast<std::size_t>(day))];
    }

    void add_drivers(std::int64_t day, unsigned weekday) {
        for (const auto& d : panel_.drivers) {
            const double now = driver(d, day);
            if (!d.by_weekday) {
                add(now);
                continue;
            }
            const double week_ago = driver(d, day - 7);
            for (unsigned w = 0; w < 7; ++w) add(w == weekday ? now : 0);
            add(week_ago);
            add(now * week_ago);
            add(week_ago * driver(d, day - 14));
        }
    }

    void add_waves(double place, int waves) {
        for (int k = 1; k <= waves; ++k) {
            add(std::sin(2 * std::numbers::pi * k * place));
            add(std::cos(2 * std::numbers::pi * k * place));
        }
    }

    void add_calendar(Day day) {
        const year_month_day date(day);
        const auto of_month = static_cast<int>(static_cast<unsigned>(date.day()));
        const auto of_year = (day - sys_days(date.year() / January / 1)).count() + 1;
        add_waves(static_cast<double>(of_year) / 365.25, year_waves);
        add_waves(of_month / 30.5, month_waves);
        for (std::size_t i = 0; i < december_begins.size(); ++i) {
            const int end = i + 1 < december_begins.size() ? december_begins[i + 1] : 32;
            add(date.month() == December && of_month >= december_begins[i] && of_month < end);
        }
        const auto from_easter = (day - easter_sunday(static_cast<int>(date.year()))).count();
        for (const int offset : easter_days) add(from_easter == offset);
    }

    void add_day(std::size_t at) {
        const auto day = static_cast<std::int64_t>(at);
        const auto date = panel_.first + Days(static_cast<int>(at));
        const auto w = weekday_of(date);
        for (unsigned k = 0; k < 7; ++k) add(k == w);
        add_drivers(day, w);
        add_calendar(date);
        for (const int shift : closure_shifts) add(closed_out_of_order(day - shift));
        add(static_cast<double>(day) / 365.25);
    }

    const DailyPanel& panel_;
    std::size_t series_;
    std::array<bool, 7> usually_open_{};
    FeatureRows rows_;
    std::size_t next_ = 0;
};

}  // namespace

FeatureRows features_of(const DailyPanel& panel, std::size_t series) {
    return Rows(panel, series).take();
}

// Meeus, Jones and Butcher.
Day easter_sunday(int y) {
    const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return sys_days(year(y) / (n / 31) / (n % 31 + 1));
}

}  // namespace suanpan::stock
