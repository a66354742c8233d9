#include "areas/selection/radar/change.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::selection {
namespace {

// The incomplete beta function's continued fraction (Lentz's way; Numerical Recipes 6.4).
double beta_fraction(double a, double b, double x) {
    constexpr double tiny = 1e-300;
    double c = 1, d = 1 / std::max(tiny, std::abs(1 - (a + b) * x / (a + 1))), h = d;
    for (int m = 1; m < 300; ++m) {
        const auto step = [&](double term) {
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (std::abs(d) < tiny ? tiny : d);
            c = std::abs(c) < tiny ? tiny : c;
            h *= d * c;
        };
        step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
        const double before = h;
        step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
        if (std::abs(h / before - 1) < 1e-14) break;
    }
    return h;
}

double incomplete_beta(double a, double b, double x) {
    if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

struct Segment {
    double count = 0, total = 0;
    [[nodiscard]] double share() const { return count / total; }
};

Segment segment(std::span<const double> counts, std::span<const double> totals) {
    return {std::accumulate(counts.begin(), counts.end(), 0.0), std::accumulate(totals.begin(), totals.end(), 0.0)};
}

double squares(std::span<const double> counts, std::span<const double> totals, double share, double pooled) {
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double miss = counts[i] - share * totals[i];
        sum += miss * miss / (pooled * totals[i]);
    }
    return sum;
}

Change at_week(std::span<const double> counts, std::span<const double> totals, std::size_t week) {
    const auto first = segment(counts.first(week), totals.first(week));
    const auto second = segment(counts.subspan(week), totals.subspan(week));
    const double pooled = (first.count + second.count) / (first.total + second.total);
    const double dispersion =
        std::max(1.0, (squares(counts.first(week), totals.first(week), first.share(), pooled) +
                       squares(counts.subspan(week), totals.subspan(week), second.share(), pooled)) /
                          double(counts.size() - 2));
    const double spread = std::sqrt(dispersion * pooled * (1 / first.total + 1 / second.total));
    return {week, first.share(), second.share(), (second.share() - first.share()) / spread, 1};
}

}  // namespace

double student_tail(double t, double freedom) {
    const double half = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
    return t > 0 ? half : 1 - half;
}

Change find_change(std::span<const double> counts, std::span<const double> totals, const ChangeOptions& options) {
    std::vector<double> kept, all;
    std::vector<std::size_t> weeks;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (totals[i] <= 0) continue;
        kept.push_back(counts[i]);
        all.push_back(totals[i]);
        weeks.push_back(i);
    }
    const auto n = kept.size(), least = std::max<std::size_t>(1, options.least_weeks);
    if (n < 2 * least + 1 || std::accumulate(kept.begin(), kept.end(), 0.0) <= 0) return {};
    const auto from =
        options.most_recent == 0 || n <= options.most_recent ? least : std::max(least, n - options.most_recent);
    Change best;
    std::size_t tried = 0;
    for (auto week = from; week + least <= n; ++week, ++tried)
        if (const auto change = at_week(kept, all, week); std::abs(change.t) > std::abs(best.t)) best = change;
    if (tried == 0) return {};
    best.p = std::min(1.0, 2 * double(tried) * student_tail(std::abs(best.t), double(n - 2)));
    best.week = weeks[best.week];
    return best;
}

std::vector<double> q_values(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](auto i) { return p[i]; });
    std::vector<double> q(p.size());
    double least = 1;
    for (std::size_t i = order.size(); i-- > 0;) {
        least = std::min(least, p[order[i]] * double(p.size()) / double(i + 1));
        q[order[i]] = least;
    }
    return q;
}

}  // namespace suanpan::selection
