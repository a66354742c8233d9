#include "areas/demand/trees/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <set>

namespace suanpan::demand {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

constexpr std::size_t least_of_group = 2;
constexpr std::size_t most_values_of_code = 12;  // distinct values of a known column that count as a condition

std::vector<std::size_t> windows_of(const Dataset& dataset) {
    if (dataset.step_days == 1) return {7, 14, 28, 56, 91, 182, 364};
    return {2, 4, 8, 13, 26, 52};
}

std::size_t level_window(const Dataset& dataset) {
    return dataset.step_days == 1 ? 56 : 12;
}

}  // namespace

// One row; the first that is ever made names the columns.
class FeatureMaker::Row {
  public:
    Row(std::vector<float>& values, std::vector<std::string>* names) : values_(values), names_(names) {}
    void push(double value, const char* name, std::size_t number = 0) {
        values_.push_back(std::isfinite(value) ? static_cast<float>(std::clamp(value, -1e9, 1e9)) : unknown);
        if (names_ != nullptr) names_->push_back(number == 0 ? name : fmt::format("{} {}", name, number));
    }
    [[nodiscard]] std::vector<std::string>* names() const { return names_; }

  private:
    std::vector<float>& values_;
    std::vector<std::string>* names_;
};

FeatureMaker::History FeatureMaker::history_of(std::vector<double> values, std::size_t begin) {
    History history{.values = std::move(values), .begin = begin};
    history.sums.assign(1, 0);
    history.squares.assign(1, 0);
    history.counts.assign(1, 0);
    history.zeros.assign(1, 0);
    for (const double value : history.values) {
        const bool observed = std::isfinite(value);
        history.sums.push_back(history.sums.back() + (observed ? value : 0));
        history.squares.push_back(history.squares.back() + (observed ? value * value : 0));
        history.counts.push_back(history.counts.back() + (observed ? 1 : 0));
        history.zeros.push_back(history.zeros.back() + (value == 0 ? 1 : 0));
    }
    return history;
}

// Mean of what was observed in [from, to); NaN where that is nothing.
double FeatureMaker::mean(const Window& window) {
    const auto to = std::min(window.to, window.history.values.size()), from = std::min(window.from, to);
    const double count = window.history.counts[to] - window.history.counts[from];
    return count > 0 ? (window.history.sums[to] - window.history.sums[from]) / count : nothing;
}

FeatureMaker::FeatureMaker(const Dataset& dataset) : dataset_(dataset) {
    Day first{Days(0)};
    for (std::size_t s = 0; s < dataset.series.size(); ++s)
        if (s == 0 || dataset.series[s].first < first) first = dataset.series[s].first;
    for (const auto& series : dataset.series) {
        const auto begin =
            dataset.step_days > 0 ? static_cast<std::size_t>((series.first - first).count() / dataset.step_days) : 0;
        histories_.push_back(history_of(series.values, begin));
    }
    if (dataset.step_days == 1) {
        year_ = 364;
        step_ = 3;
    } else if (dataset.step_days == 7) {
        year_ = 52;
        step_ = 1;
    } else if (!dataset.series.empty() && dataset.series[0].season > 1) {
        year_ = static_cast<std::size_t>(dataset.series[0].season);
    }
    add_groups();
    add_codes();
    if (dataset.series.empty()) return;
    std::vector<float> row;
    Row naming(row, &names_);
    const Asked asked{0, std::max<std::size_t>(1, dataset.series[0].values.size()), dataset.series[0].values.size(), 1};
    push_recent(naming, asked);
    push_cycle(naming, asked);
    push_year(naming, asked);
    push_calendar(naming, asked);
    push_known(naming, asked);
    push_observed(naming, asked);
    push_alike(naming, asked);
    push_group(naming, asked);
    for (std::size_t k = 0; k < dataset.category_names.size(); ++k) {
        categorical_.push_back(static_cast<int>(names_.size()));
        names_.push_back(dataset.category_names[k]);
    }
}

// All series of a category together, and all of the data, where that is more than one.
void FeatureMaker::add_groups() {
    for (std::size_t kind = 0; kind <= dataset_.category_names.size(); ++kind) {
        const bool all = kind == dataset_.category_names.size();
        const auto group_of = [&](std::size_t s) { return all ? 0 : dataset_.series[s].category[kind]; };
        std::map<int, std::size_t> sizes;
        std::size_t periods = 0;
        for (std::size_t s = 0; s < dataset_.series.size(); ++s) {
            ++sizes[group_of(s)];
            periods = std::max(periods, histories_[s].begin + histories_[s].values.size());
        }
        if (std::ranges::all_of(sizes, [](const auto& one) { return one.second < least_of_group; })) continue;
        std::vector<std::vector<double>> sums(static_cast<std::size_t>(sizes.rbegin()->first) + 1,
                                              std::vector<double>(periods, 0.0));
        for (std::size_t s = 0; s < dataset_.series.size(); ++s)
            for (std::size_t t = 0; t < histories_[s].values.size(); ++t)
                if (const double value = histories_[s].values[t]; std::isfinite(value))
                    sums[static_cast<std::size_t>(group_of(s))][histories_[s].begin + t] += value;
        auto& groups = groups_.emplace_back();
        for (auto& sum : sums) groups.push_back(history_of(std::move(sum), 0));
        group_kinds_.push_back(kind);
    }
}

// A number for weekday and known conditions (columns of few values) of each period.
void FeatureMaker::add_codes() {
    std::vector<std::set<float>> values(dataset_.known_names.size());
    for (const auto& series : dataset_.series)
        for (std::size_t k = 0; k < values.size(); ++k)
            for (const float value : series.known[k])
                if (std::isfinite(value) && values[k].size() <= most_values_of_code) values[k].insert(value);
    for (const auto& series : dataset_.series) {
        const auto periods = series.values.size() + series.horizon();
        auto& codes = codes_.emplace_back(periods, 0);
        for (std::size_t t = 0; t < periods; ++t) {
            std::size_t code = dataset_.step_days == 1 ? t % 7 : 0;
            for (std::size_t k = 0; k < values.size(); ++k)
                if (values[k].size() >= 2 && values[k].size() <= most_values_of_code)
                    code = code * 31 + static_cast<std::size_t>(
                                           std::distance(values[k].begin(), values[k].find(series.known[k][t])));
            codes[t] = static_cast<int>(code % 1'000'003);
        }
    }
}

double FeatureMaker::level(std::size_t series, std::size_t origin) const {
    const auto& history = histories_[series];
    const auto window = level_window(dataset_);
    const double recent = mean({history, origin > window ? origin - window : 0, origin});
    const double whole = mean({history, 0, origin});
    const double level = std::isfinite(recent) ? std::max(recent, std::isfinite(whole) ? whole * 0.05 : 0.0) : whole;
    return std::isfinite(level) && level > 1e-6 ? level : 1;
}

void FeatureMaker::append(std::size_t series, std::size_t origin, std::size_t period, std::vector<float>& row) const {
    Row columns(row, nullptr);
    const Asked asked{series, origin, period, level(series, origin)};
    push_recent(columns, asked);
    push_cycle(columns, asked);
    push_year(columns, asked);
    push_calendar(columns, asked);
    push_known(columns, asked);
    push_observed(columns, asked);
    push_alike(columns, asked);
    push_group(columns, asked);
    for (const int category : dataset_.series[series].category) columns.push(category, "");
}

void FeatureMaker::push_recent(Row& row, const Asked& asked) const {
    const auto& history = histories_[asked.series];
    const auto origin = asked.origin;
    row.push(double(asked.period - origin + 1), "steps ahead");
    row.push(std::log(asked.level), "log level");
    for (std::size_t lag = 1; lag <= (dataset_.step_days == 1 ? 3U : 6U); ++lag)
        row.push(lag <= origin ? history.values[origin - lag] / asked.level : nothing, "lag", lag);
    for (const auto window : windows_of(dataset_))
        row.push(mean({history, origin > window ? origin - window : 0, origin}) / asked.level, "mean of", window);
    const auto from = origin > 28 ? origin - 28 : 0;
    const double count = history.counts[origin] - history.counts[from];
    const double average = mean({history, from, origin});
    const double square = count > 0 ? (history.squares[origin] - history.squares[from]) / count : nothing;
    row.push(std::sqrt(std::max(0.0, square - average * average)) / asked.level, "spread");
    row.push(count > 0 ? (history.zeros[origin] - history.zeros[from]) / count : nothing, "share of zeros");
    std::size_t since = 0;
    while (since < origin && since < 60 && !(history.values[origin - 1 - since] > 0)) ++since;
    row.push(double(since), "since demand");
    row.push(double(std::min<std::size_t>(origin, 800)), "age");
}

// Means at the same place of the week, of the newest 2, 4, 8 and 26 that were observed.
void FeatureMaker::push_cycle(Row& row, const Asked& asked) const {
    const auto& series = dataset_.series[asked.series];
    const auto cycle = static_cast<std::size_t>(std::max(1, series.season));
    if (cycle == 1 || cycle == year_) return;
    const auto& values = histories_[asked.series].values;
    double sum = 0, count = 0;
    std::size_t next = 0;
    constexpr std::size_t counts[] = {2, 4, 8, 26};
    std::size_t back = asked.period;
    while (back >= asked.origin && back >= cycle) back -= cycle;
    for (std::size_t looked = 0; looked < 40 && next < std::size(counts) && back < asked.origin; ++looked) {
        if (std::isfinite(values[back])) {
            sum += values[back];
            count += 1;
            if (count == double(counts[next])) row.push(sum / count / asked.level, "same place", counts[next++]);
        }
        if (back < cycle) break;
        back -= cycle;
    }
    for (; next < std::size(counts); ++next)
        row.push(count > 0 ? sum / count / asked.level : nothing, "same place", counts[next]);
}

void FeatureMaker::push_year(Row& row, const Asked& asked) const {
    if (year_ == 0) return;
    const auto& history = histories_[asked.series];
    for (std::size_t years = 1; years <= 2; ++years) {
        const auto back = years * year_;
        const bool there = asked.period >= back && asked.period - back < asked.origin;
        const auto then = there ? asked.period - back : 0;
        const auto around = [&](std::size_t reach) {
            return there ? mean({history, then > reach ? then - reach : 0, std::min(then + reach + 1, asked.origin)})
                         : nothing;
        };
        const auto window = level_window(dataset_);
        const double level_then =
            there && asked.origin > back
                ? mean({history, asked.origin - back > window ? asked.origin - back - window : 0, asked.origin - back})
                : nothing;
        row.push(there ? history.values[then] / asked.level : nothing, "a year before", years);
        row.push(around(step_) / asked.level, "around a year before", years);
        row.push(around(step_ * 3 + 1) / asked.level, "month a year before", years);
        row.push(there ? history.values[then] / level_then : nothing, "rise a year before", years);
        row.push(around(step_) / level_then, "rise around a year before", years);
        row.push(around(step_ * 3 + 1) / level_then, "rise of the month a year before", years);
        if (years == 2) continue;
        row.push(there && then > 0 ? history.values[then - 1] / level_then : nothing, "rise before a year before");
        row.push(there && then + 1 < asked.origin ? history.values[then + 1] / level_then : nothing,
                 "rise after a year before");
    }
}

void FeatureMaker::push_calendar(Row& row, const Asked& asked) const {
    if (dataset_.step_days == 0) return;
    const Day day =
        dataset_.series[asked.series].first + Days(static_cast<std::int64_t>(asked.period) * dataset_.step_days);
    const std::chrono::year_month_day date(day);
    const Day new_year = std::chrono::sys_days(date.year() / 1 / 1);
    const auto days = (day - new_year).count();
    row.push(double(days), "day of year");
    row.push(double(unsigned(date.day())), "day of month");
    row.push(double(unsigned(date.month())), "month");
    if (dataset_.step_days == 1) row.push(double(std::chrono::weekday(day).iso_encoding()), "weekday");
    const Day christmas = std::chrono::sys_days(date.year() / 12 / 25);
    row.push(double((christmas - day).count()), "days to Christmas");
}

void FeatureMaker::push_known(Row& row, const Asked& asked) const {
    const auto& series = dataset_.series[asked.series];
    const auto at = [&](std::size_t k, std::ptrdiff_t away) {
        const auto t = static_cast<std::ptrdiff_t>(asked.period) + away;
        return t >= 0 && t < std::ssize(series.known[k]) ? double(series.known[k][static_cast<std::size_t>(t)])
                                                         : nothing;
    };
    for (std::size_t k = 0; k < series.known.size(); ++k) {
        const auto* name = dataset_.known_names[k].c_str();
        row.push(at(k, 0), name);
        for (std::size_t away = 1; away <= (dataset_.step_days == 1 ? 2U : 1U); ++away) {
            row.push(at(k, -static_cast<std::ptrdiff_t>(away)), (dataset_.known_names[k] + " before").c_str(), away);
            row.push(at(k, static_cast<std::ptrdiff_t>(away)), (dataset_.known_names[k] + " after").c_str(), away);
        }
        // How long the condition has lasted, and will last.
        std::size_t lasted = 0, lasts = 0;
        while (lasted < 14 && at(k, -static_cast<std::ptrdiff_t>(lasted) - 1) == at(k, 0)) ++lasted;
        while (lasts < 14 && at(k, static_cast<std::ptrdiff_t>(lasts) + 1) == at(k, 0)) ++lasts;
        row.push(double(lasted), (dataset_.known_names[k] + " lasted").c_str());
        row.push(double(lasts), (dataset_.known_names[k] + " lasts").c_str());
    }
}

// The newest value over the mean of the newest periods, and of a year.
void FeatureMaker::push_observed(Row& row, const Asked& asked) const {
    const auto& observed = dataset_.series[asked.series].observed;
    for (std::size_t k = 0; k < observed.size(); ++k) {
        const auto* name = dataset_.observed_names[k].c_str();
        const auto mean_of = [&](std::size_t window) {
            double sum = 0, count = 0;
            for (auto t = asked.origin; t-- > 0 && asked.origin - t <= window;)
                if (std::isfinite(observed[k][t])) {
                    sum += double(observed[k][t]);
                    count += 1;
                }
            return count > 0 ? sum / count : nothing;
        };
        const double newest = asked.origin > 0 ? double(observed[k][asked.origin - 1]) : nothing;
        row.push(newest / mean_of(level_window(dataset_)), name);
        row.push(newest / mean_of(year_), name, std::max<std::size_t>(1, year_));
    }
}

// Means of the newest 2, 6 and 20 values under the same weekday and conditions.
void FeatureMaker::push_alike(Row& row, const Asked& asked) const {
    if (dataset_.known_names.empty() || dataset_.step_days != 1) return;
    const auto& values = histories_[asked.series].values;
    const auto& codes = codes_[asked.series];
    constexpr std::size_t counts[] = {2, 6, 20};
    double sum = 0, count = 0;
    std::size_t next = 0;
    const std::size_t last = asked.origin > 500 ? asked.origin - 500 : 0;
    for (auto t = asked.origin; t-- > last && next < std::size(counts);) {
        if (codes[t] != codes[asked.period] || !std::isfinite(values[t])) continue;
        sum += values[t];
        count += 1;
        if (count == double(counts[next])) row.push(sum / count / asked.level, "alike", counts[next++]);
    }
    for (; next < std::size(counts); ++next)
        row.push(count > 0 ? sum / count / asked.level : nothing, "alike", counts[next]);
}

// How much the demand of the series' groups rose from the same origin a year before, and since then.
void FeatureMaker::push_group(Row& row, const Asked& asked) const {
    if (year_ == 0) return;
    const auto begin = histories_[asked.series].begin;
    const auto origin = begin + asked.origin, period = begin + asked.period;
    const auto window = level_window(dataset_);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto kind = group_kinds_[g];
        const auto number = kind < dataset_.category_names.size() ? dataset_.series[asked.series].category[kind] : 0;
        const auto& group = groups_[g][static_cast<std::size_t>(number)];
        const bool there = period >= year_ && period - year_ < origin && origin > year_ + 1;
        const auto then = there ? period - year_ : 0;
        const auto from = there && origin - year_ > window ? origin - year_ - window : 0;
        const double level_then = there ? mean({group, from, origin - year_}) : nothing;
        const double level_now = mean({group, origin > window ? origin - window : 0, origin});
        row.push(there ? group.values[then] / level_then : nothing, "group rise a year before", kind + 1);
        row.push(there ? mean({group, then > step_ ? then - step_ : 0, std::min(then + step_ + 1, origin)}) / level_then
                       : nothing,
                 "group rise around a year before", kind + 1);
        row.push(level_now / level_then, "group growth in a year", kind + 1);
    }
}

}  // namespace suanpan::demand
