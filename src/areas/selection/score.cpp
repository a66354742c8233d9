#include "areas/selection/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/selection/looks.h"
#include "areas/selection/stopwatch.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t score_slices = 16;  // so many parts of the items are worked on by threads

double or_else(double value, double otherwise) {
    return std::isnan(value) ? otherwise : value;
}

// Rows whose reasons somebody will read: the best, and those whose verdict asks for something.
std::vector<std::size_t> to_explain(const Scoring& scoring, const std::vector<std::size_t>& order, std::size_t most) {
    std::vector<std::size_t> rows(order.begin(),
                                  order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size())));
    for (std::size_t i = most, asked = 0; i < order.size() && asked < most; ++i)
        if (scoring.plan.items[order[i]].action != Action::keep) {
            rows.push_back(order[i]);
            ++asked;
        }
    return rows;
}

Result<> explain_rows(Scoring& scoring, const Learners& learners, std::span<const std::size_t> rows) {
    const auto width = scoring.now.rows().columns;
    std::vector<float> values;
    for (const auto row : rows) {
        const auto from = scoring.now.values.begin() + static_cast<std::ptrdiff_t>(row * width);
        values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(width));
    }
    auto sums = TRY(learners.lightgbm.contributions({values, width}));
    const auto more = TRY(learners.xgboost.contributions({values, width}));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = (sums[i] + more[i]) / 2;
    for (std::size_t i = 0; i < rows.size(); ++i) scoring.shares[rows[i]] = by_topic(&sums[i * (width + 1)]);
    return {};
}

// Contributions are a number a column, so a block at a time.
Result<> explain(Scoring& scoring, const Learners& learners, const std::vector<std::size_t>& rows) {
    constexpr std::size_t block = 8192;
    scoring.shares.resize(scoring.now.count());
    for (std::size_t from = 0; from < rows.size(); from += block)
        TRY(explain_rows(scoring, learners, std::span(rows).subspan(from, std::min(block, rows.size() - from))));
    return {};
}

// The stock that a place needs: what the days before sold, or first units, less what lies there; at cost, or at the
// price where no cost is known.
double stock_cost(const Item& item, const Snapshot& now, std::size_t row, const ScoreOptions& options) {
    static const auto units_28 = column("units_28"), stocked = column("stock"), priced = column("price");
    const double sold = or_else(std::expm1(double(now.at(row, units_28))), 0);
    const double stock = or_else(std::expm1(double(now.at(row, stocked))), 0);
    const double price = or_else(std::expm1(double(now.at(row, priced))), 0);
    const double units = std::max(0.0, (sold >= 1 ? sold : options.first_units) - std::max(0.0, stock));
    return units * (item.unit_cost > 0 ? item.unit_cost : price);
}

std::vector<Scored> candidates_of(const History& history, const Scoring& scoring, const std::vector<double>& expected,
                                  const Intervals& intervals) {
    const auto quiet = column("days_since_sale"), stock = column("stock");
    std::vector<Scored> all(scoring.now.count());
    in_slices(all.size(), score_slices, [&](std::size_t, std::size_t first, std::size_t last) {
        for (auto row = first; row < last; ++row) {
            const auto& item = history.items[scoring.now.items[row]];
            const auto bounds = intervals.around(expected[row]);
            all[row] = {.score = scoring.scores[row],
                        .expected = expected[row],
                        .low = std::min(bounds.low, expected[row]),
                        .high = std::max(bounds.high, expected[row]),
                        .quiet_days = or_else(double(scoring.now.at(row, quiet)), -1),
                        .stock = or_else(std::expm1(double(scoring.now.at(row, stock))), -1),
                        .category = item.category,
                        .supplier = item.supplier};
        }
    });
    return all;
}

void add_looks(const History& history, const std::vector<std::size_t>& order, Scoring& scoring) {
    std::vector<std::string> titles;
    for (const auto row : order) titles.push_back(history.items[scoring.now.items[row]].title);
    const auto looks = looks_of(titles);
    for (std::size_t i = 0; i < order.size(); ++i) scoring.candidates[order[i]].look = looks[i];
}

double profit_before(const Item& item, Day day, int horizon) {
    double profit = 0;
    auto d = std::ranges::lower_bound(item.days, day - Days(horizon), {}, &ItemDay::day);
    for (; d != item.days.end() && d->day < day; ++d)
        profit += d->net() - item.unit_cost * (d->units - d->returned_units);
    return profit;
}

// Of a row, at its place (from 0) among all.
ItemScore scored(const Scoring& scoring, std::size_t row, std::size_t place) {
    const auto& now = scoring.now;
    const auto& c = scoring.candidates[row];
    const auto why = scoring.shares[row] ? reasons(now, row, *scoring.shares[row]) : Reasons{};
    return {.item = now.items[row],
            .row = row,
            .place = static_cast<std::int64_t>(place) + 1,
            .action = scoring.plan.items[row].action,
            .explores = scoring.plan.items[row].explores,
            .expected = c.expected,
            .low = c.low,
            .high = c.high,
            .reasons_en = why.en,
            .reasons_zh = why.zh,
            .stock_cost = c.stock_cost};
}

void say_flags(ItemScore& s) {
    if (s.flags.empty()) return;
    std::string zh;
    for (const auto flag : s.flags) zh += (zh.empty() ? "" : "、") + std::string(name_zh(flag));
    s.reasons_en = "Doubtful: " + names(s.flags) + ". " + s.reasons_en;
    s.reasons_zh = "存疑：" + zh + "。" + s.reasons_zh;
}

}  // namespace

Result<Scoring> score_items(const History& history, Day day, const Scorer& scorer, const ScoreOptions& options) {
    Stopwatch watch;
    Scoring scoring{.now = snapshot(history, day, scorer.horizon)};
    const auto flags = flags_of(history, scoring.now);
    forget_rivals(scoring.now, flags);
    scoring.seconds.features = watch.lap();
    const auto said = TRY(scorer.learners.predict(scoring.now));
    scoring.scores = blended(said, scorer.weights);
    scoring.candidates = candidates_of(history, scoring, expected_profit(said, scorer.learners.unit), scorer.intervals);
    const auto order = best(scoring.scores, scoring.scores.size());
    scoring.seconds.scores = watch.lap();
    if (options.list.most_alike > 0 || options.list.cannibalisation > 0) add_looks(history, order, scoring);
    for (std::size_t row = 0; row < flags.size(); ++row) {
        auto& c = scoring.candidates[row];
        c.unknown = std::ranges::any_of(flags[row], hides_all);
        c.stock_cost = stock_cost(history.items[scoring.now.items[row]], scoring.now, row, options);
    }
    scoring.plan = plan_list(scoring.candidates, options.list);
    scoring.seconds.list = watch.lap();
    TRY(explain(scoring, scorer.learners, to_explain(scoring, order, options.most_explained)));
    scoring.items.resize(order.size());
    in_slices(order.size(), score_slices, [&](std::size_t, std::size_t first, std::size_t last) {
        for (auto place = first; place < last; ++place) {
            auto& one = scoring.items[place] = scored(scoring, order[place], place);
            one.baseline = profit_before(history.items[one.item], day, scorer.horizon);
            one.flags = flags[one.row];
            say_flags(one);
        }
    });
    scoring.seconds.reasons = watch.lap();
    return scoring;
}

}  // namespace suanpan::selection
