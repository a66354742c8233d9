#include "areas/stock/replay/driver_regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "areas/stock/replay/features.h"

namespace suanpan::stock {
namespace {

// Weighted sums of a series' days: enough for its regression and its class's.
struct Moments {
    double weight = 0, y = 0;
    std::vector<double> x, xy, xx;  // xx: width x width, the lower half

    explicit Moments(std::size_t width) : x(width), xy(width), xx(width * width) {}
};

struct Row {
    std::span<const std::uint16_t> index;
    std::span<const float> value;
};

Row row(const FeatureRows& rows, std::size_t day) {
    const auto begin = rows.begin[day], size = rows.begin[day + 1] - begin;
    return {std::span(rows.index).subspan(begin, size), std::span(rows.value).subspan(begin, size)};
}

void add(Moments& m, const Row& r, double weight, double y) {
    const auto width = m.x.size();
    m.weight += weight;
    m.y += weight * y;
    for (std::size_t i = 0; i < r.index.size(); ++i) {
        const double wx = weight * static_cast<double>(r.value[i]);
        m.x[r.index[i]] += wx;
        m.xy[r.index[i]] += wx * y;
        double* line = m.xx.data() + r.index[i] * width;
        for (std::size_t j = 0; j <= i; ++j) line[r.index[j]] += wx * static_cast<double>(r.value[j]);
    }
}

// Around the means, so that the level of a series stays out of it.
Moments centred(Moments m) {
    const auto width = m.x.size();
    if (m.weight <= 0) return m;
    for (std::size_t i = 0; i < width; ++i) {
        m.xy[i] -= m.x[i] * m.y / m.weight;
        for (std::size_t j = 0; j <= i; ++j) m.xx[i * width + j] -= m.x[i] * m.x[j] / m.weight;
    }
    for (auto& x : m.x) x /= m.weight;
    m.y /= m.weight;
    return m;
}

// (A + ridge I)^-1 b by Cholesky; A is the lower half of a positive semidefinite matrix.
std::vector<double> solve(std::vector<double> a, std::vector<double> b, double ridge) {
    const auto n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i * n + j] + (i == j ? ridge : 0);
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
            a[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-9)) : sum / a[j * n + j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    return b;
}

std::vector<double> times(const std::vector<double>& lower, const std::vector<double>& x) {
    const auto n = x.size();
    std::vector<double> result(n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            result[i] += lower[i * n + j] * x[j];
            if (i != j) result[j] += lower[i * n + j] * x[i];
        }
    return result;
}

// Where a series nearly always sells, a day of none is a day closed that nobody marked.
bool steady(const DailyPanel& panel, std::size_t series, std::size_t end) {
    std::size_t open = 0, sold = 0;
    for (std::size_t d = 0; d < end; ++d) {
        open += panel.open[panel.at(series, d)] != 0;
        sold += panel.open[panel.at(series, d)] != 0 && panel.sales[panel.at(series, d)] > 0;
    }
    return static_cast<double>(sold) >= 0.95 * static_cast<double>(open);
}

class Regression {
  public:
    Regression(const DailyPanel& panel, std::size_t end, const RegressionOptions& options)
        : panel_(panel), end_(end), options_(options) {}

    std::vector<std::vector<float>> run(std::span<const double> ridges) {
        for (std::size_t i = 0; i < panel_.series(); ++i) {
            const auto m = moments(i, features_of(panel_, i));
            const auto at = classes_.try_emplace(class_of(i), m.x.size()).first;
            for (std::size_t k = 0; k < m.xy.size(); ++k) at->second.xy[k] += m.xy[k];
            for (std::size_t k = 0; k < m.xx.size(); ++k) at->second.xx[k] += m.xx[k];
        }
        for (const auto& [id, m] : classes_) shared_[id] = solve(m.xx, m.xy, options_.class_ridge);
        std::vector<std::vector<float>> expected(ridges.size(), std::vector<float>(panel_.sales.size()));
        for (std::size_t i = 0; i < panel_.series(); ++i) series(i, ridges, expected);
        return expected;
    }

  private:
    [[nodiscard]] int class_of(std::size_t series) const {
        return options_.sharing == Sharing::among_all ? 0 : panel_.classes[series];
    }
    [[nodiscard]] Moments moments(std::size_t i, const FeatureRows& rows) const {
        Moments m(rows.width);
        const bool skip_none = steady(panel_, i, end_);
        const double decay = std::log(0.5) / options_.half_life_days;
        for (std::size_t d = 0; d < end_; ++d) {
            const double sold = panel_.sales[panel_.at(i, d)];
            if (!panel_.open[panel_.at(i, d)] || (skip_none && sold <= 0)) continue;
            add(m, row(rows, d), std::exp(decay * static_cast<double>(end_ - 1 - d)), std::log(sold + 0.5));
        }
        return centred(std::move(m));
    }

    void series(std::size_t i, std::span<const double> ridges, std::vector<std::vector<float>>& expected) const {
        const auto rows = features_of(panel_, i);
        const auto m = moments(i, rows);
        const auto& shared = shared_.at(class_of(i));
        const auto explained = times(m.xx, shared);
        std::vector<double> rest(m.xy);
        for (std::size_t k = 0; k < rest.size(); ++k) rest[k] -= explained[k];
        for (std::size_t r = 0; r < ridges.size(); ++r) {
            auto beta = solve(m.xx, rest, ridges[r]);
            double level = m.y;
            for (std::size_t k = 0; k < beta.size(); ++k) {
                beta[k] += shared[k];
                level -= beta[k] * m.x[k];
            }
            for (std::size_t d = 0; d < panel_.days; ++d) {
                if (!panel_.open[panel_.at(i, d)]) continue;
                double sum = level;
                const auto x = row(rows, d);
                for (std::size_t k = 0; k < x.index.size(); ++k)
                    sum += beta[x.index[k]] * static_cast<double>(x.value[k]);
                expected[r][panel_.at(i, d)] = static_cast<float>(std::exp(std::clamp(sum, -20.0, 40.0)));
            }
        }
    }

    const DailyPanel& panel_;
    std::size_t end_;
    RegressionOptions options_;
    std::map<int, Moments> classes_;
    std::map<int, std::vector<double>> shared_;
};

Result<> check(const DailyPanel& panel, std::size_t end) {
    const auto cells = panel.series() * panel.days;
    if (panel.sales.size() != cells || panel.open.size() != cells || panel.classes.size() != panel.series() ||
        std::ranges::any_of(panel.drivers, [&](const Driver& d) { return d.values.size() != cells; }))
        return fail(ErrorCode::invalid_argument, "sales, open days and drivers must have a value a series and day");
    if (end > panel.days || end < 28)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} days of sales are too few; give at least four weeks before the first order", end));
    for (std::size_t i = 0; i < cells; ++i)
        if (!(panel.sales[i] >= 0 && std::isfinite(panel.sales[i])))
            return fail(ErrorCode::invalid_argument, fmt::format("sales of {:g} are none", panel.sales[i]),
                        panel.ids[i / panel.days]);
    return {};
}

}  // namespace

Result<std::vector<std::vector<float>>> fit_drivers(const DailyPanel& panel, std::size_t end,
                                                    std::span<const double> ridges, const RegressionOptions& options) {
    TRY(check(panel, end));
    return Regression(panel, end, options).run(ridges);
}

WindowSums window_sums(const DailyPanel& panel, const std::vector<float>& expected, const Windows& w) {
    const auto count = w.to - w.from;
    WindowSums sums{std::vector<double>(panel.series() * count), std::vector<double>(panel.series() * count)};
    for (std::size_t i = 0; i < panel.series(); ++i) {
        double level = 1;
        for (std::size_t t = 0; t < w.to; ++t) {
            if (t >= w.from) {
                double forecast = 0, sold = 0;
                for (std::size_t d = t; d < std::min(t + w.length, panel.days); ++d) {
                    forecast += static_cast<double>(expected[panel.at(i, d)]);
                    sold += panel.sales[panel.at(i, d)];
                }
                sums.expected[i * count + t - w.from] = level * forecast;
                sums.sold[i * count + t - w.from] = sold;
            }
            const auto at = panel.at(i, t);
            if (!panel.open[at] || expected[at] <= 0) continue;
            const double ratio = panel.sales[at] / static_cast<double>(expected[at]);
            // A day far outside says little of the days after it.
            level += w.smoothing * (std::clamp(ratio, level / 3, level * 3) - level);
            level = std::clamp(level, 1e-3, 1e3);
        }
    }
    return sums;
}

}  // namespace suanpan::stock
