#include "areas/demand/prophet/prophet.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "areas/demand/prophet/forecast.h"
#include "areas/demand/prophet/minimise.h"
#include "areas/demand/simulated.h"

namespace suanpan::demand {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;

TEST(Minimise, PenaltiesShrinkToExactlyNothing) {
    // (x - c)^2 / 2 + |x| is least at c shrunk by 1.
    const std::vector<double> centre = {3, 0.5, -2, -1};
    const Penalised problem{[&](std::span<const double> x, std::span<double> gradient) {
                                double value = 0;
                                for (std::size_t i = 0; i < x.size(); ++i) {
                                    gradient[i] = x[i] - centre[i];
                                    value += gradient[i] * gradient[i] / 2;
                                }
                                return value;
                            },
                            std::vector<double>(4, 1.0)};
    const auto found = minimise(problem, {1, 1, 1, 1}, {});
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.x[0], 2, 1e-6);
    EXPECT_EQ(found.x[1], 0);
    EXPECT_NEAR(found.x[2], -1, 1e-6);
    EXPECT_EQ(found.x[3], 0);
}

TEST(Minimise, FindsTheBottomOfRosenbrocksValley) {
    const Penalised problem{[](std::span<const double> x, std::span<double> gradient) {
                                const double a = 1 - x[0], b = x[1] - x[0] * x[0];
                                gradient[0] = -2 * a - 400 * x[0] * b;
                                gradient[1] = 200 * b;
                                return a * a + 100 * b * b;
                            },
                            {0, 0}};
    const auto found = minimise(problem, {-1.2, 1}, {});
    EXPECT_TRUE(found.converged);
    EXPECT_LT(found.iterations, 100);
    EXPECT_THAT(found.x, Each(DoubleNear(1, 1e-5)));
}

// Solves a x = b for a symmetric positive a, by elimination.
std::vector<double> solved(std::vector<std::vector<double>> a, std::vector<double> b) {
    for (std::size_t i = 0; i < b.size(); ++i)
        for (std::size_t k = i + 1; k < b.size(); ++k) {
            const double share = a[k][i] / a[i][i];
            for (std::size_t j = i; j < b.size(); ++j) a[k][j] -= share * a[i][j];
            b[k] -= share * b[i];
        }
    for (std::size_t i = b.size(); i-- > 0;) {
        for (std::size_t j = i + 1; j < b.size(); ++j) b[i] -= a[i][j] * b[j];
        b[i] /= a[i][i];
    }
    return b;
}

// A trend that bends at 0.6 of what was seen, a week, a promotion worth 12 and noise.
struct Truth {
    std::vector<double> y, future;
    std::vector<double> promo;  // over both
    double slope_before = 20, slope_after = 80;
};

Truth truth(std::uint64_t seed, std::size_t seen, double noise) {
    Draws draws(seed);
    Truth result;
    const std::size_t horizon = 28;
    for (std::size_t t = 0; t < seen + horizon; ++t) {
        const double at = double(t) / double(seen - 1);
        const double trend =
            50 + result.slope_before * at + (result.slope_after - result.slope_before) * std::max(0.0, at - 0.6);
        const double promo = draws.uniform() < 0.2 ? 1 : 0;
        const double value = trend + 6 * std::sin(2 * std::numbers::pi * double(t) / 7) + 12 * promo;
        result.promo.push_back(promo);
        if (t < seen)
            result.y.push_back(value + noise * draws.normal());
        else
            result.future.push_back(value + noise * draws.normal());
    }
    return result;
}

ProphetSeries series_of(const Truth& truth) {
    return {truth.y, {truth.promo}, truth.future.size()};
}

TEST(Prophet, WithoutChangepointsIsRidgeRegression) {
    const auto data = truth(5, 200, 3);
    const ProphetOptions options{.seasons = {{7, 2}}, .changepoints = 0, .regressor_scale = 0.3, .trend_scale = 0.5};
    const auto fit = fit_prophet(series_of(data), options);
    ASSERT_TRUE(fit.converged);
    const auto row = [&](std::size_t t) {
        std::vector<double> x = {double(t) / 199, 1};
        for (const double n : {1.0, 2.0}) {
            x.push_back(std::sin(2 * std::numbers::pi * n * double(t) / 7));
            x.push_back(std::cos(2 * std::numbers::pi * n * double(t) / 7));
        }
        x.push_back(data.promo[t]);
        return x;
    };
    std::vector<std::vector<double>> a(7, std::vector<double>(7));
    std::vector<double> b(7);
    for (std::size_t i = 0; i < 7; ++i) a[i][i] = fit.noise * fit.noise / (i < 2 ? 0.25 : 0.09);
    for (std::size_t t = 0; t < 200; ++t) {
        const auto x = row(t);
        for (std::size_t i = 0; i < 7; ++i) {
            b[i] += x[i] * data.y[t] / fit.scale;
            for (std::size_t j = 0; j < 7; ++j) a[i][j] += x[i] * x[j];
        }
    }
    const auto ridge = solved(a, b);
    EXPECT_NEAR(fit.slope, ridge[0], 1e-5);
    EXPECT_NEAR(fit.offset, ridge[1], 1e-5);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(fit.seasons[i], ridge[2 + i], 1e-5);
    EXPECT_NEAR(fit.regressors[0], ridge[6], 1e-5);
    double square = 0;  // the noise is at its mode, too: n / s + s / 0.25 = residual / s^3
    for (std::size_t t = 0; t < 200; ++t) {
        double residual = data.y[t] / fit.scale;
        const auto x = row(t);
        for (std::size_t i = 0; i < 7; ++i) residual -= ridge[i] * x[i];
        square += residual * residual;
    }
    EXPECT_NEAR(200 / fit.noise + fit.noise / 0.25, square / std::pow(fit.noise, 3), 1e-2 * 200 / fit.noise);
}

// At the mode the likelihood pulls each change by exactly the Laplace prior's slope, or by less where it is 0.
TEST(Prophet, ChangesFulfilTheConditionsOfTheMode) {
    const auto data = truth(6, 300, 2);
    const auto fit = fit_prophet(series_of(data), {.seasons = {{7, 3}}});
    ASSERT_TRUE(fit.converged);
    std::vector<double> pull(fit.changes.size());
    for (std::size_t t = 0; t < 300; ++t) {
        const double at = double(t) / 299;
        double residual = data.y[t] / fit.scale - fit.slope * at - fit.offset - fit.regressors[0] * data.promo[t];
        for (int n = 1; n <= 3; ++n) {
            residual -= fit.seasons[std::size_t(2 * n - 2)] * std::sin(2 * std::numbers::pi * n * double(t) / 7);
            residual -= fit.seasons[std::size_t(2 * n - 1)] * std::cos(2 * std::numbers::pi * n * double(t) / 7);
        }
        for (std::size_t j = 0; j < pull.size(); ++j)
            residual -= fit.changes[j] * std::max(0.0, at - fit.changepoints[j]);
        for (std::size_t j = 0; j < pull.size(); ++j)
            pull[j] += residual * std::max(0.0, at - fit.changepoints[j]) / (fit.noise * fit.noise);
    }
    int none = 0;
    for (std::size_t j = 0; j < pull.size(); ++j) {
        none += fit.changes[j] == 0;
        EXPECT_LT(std::abs(pull[j]), 20.1);  // 1 / 0.05
        const double sign = double(fit.changes[j] > 0) - double(fit.changes[j] < 0);
        if (sign != 0) {
            EXPECT_NEAR(pull[j] * sign, 20, 0.1) << j;
        }
    }
    EXPECT_GT(none, 12);  // most of the 25
}

TEST(Prophet, FindsTheTruth) {
    const auto data = truth(7, 400, 2);
    const auto fit = fit_prophet(series_of(data), {.seasons = {{7, 3}}});
    EXPECT_NEAR(fit.regressors[0] * fit.scale, 12, 0.6);
    EXPECT_NEAR(fit.seasons[0] * fit.scale, 6, 0.4);
    EXPECT_NEAR(fit.noise * fit.scale, 2, 0.2);
    double slope = fit.slope;
    for (const double change : fit.changes) slope += change;
    EXPECT_NEAR(fit.slope * fit.scale, 20, 6);
    EXPECT_NEAR(slope * fit.scale, 80, 12);
    double error = 0;
    for (std::size_t h = 0; h < 28; ++h) error += std::abs(fit.mean[h] - data.future[h]) / 28;
    EXPECT_LT(error, 2.5);  // the noise alone makes 1.6
    EXPECT_GT(fit.trend_of_horizon.back(), fit.trend_of_horizon.front());
}

TEST(Prophet, WhatWasNotObservedIsNotLearnedFrom) {
    auto data = truth(8, 250, 2);
    const auto whole = fit_prophet(series_of(data), {.seasons = {{7, 3}}});
    for (std::size_t t = 0; t < 250; t += 5) data.y[t] = std::nan("");
    const auto holes = fit_prophet(series_of(data), {.seasons = {{7, 3}}});
    for (std::size_t h = 0; h < 28; ++h) EXPECT_NEAR(holes.mean[h], whole.mean[h], 1.5);
}

TEST(Prophet, IntervalsHoldAsOftenAsTheySay) {
    double within = 0, count = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto data = truth(100 + seed, 300, 4);
        const auto fit = fit_prophet(series_of(data), {.seasons = {{7, 3}}});
        const std::vector<double> levels = {0.1, 0.5, 0.9};
        const auto quantiles = prophet_quantiles(fit, 300, levels, {.count = 300, .seed = seed});
        for (std::size_t h = 0; h < 28; ++h, ++count) {
            within += quantiles[0][h] <= data.future[h] && data.future[h] <= quantiles[2][h];
            ASSERT_LE(quantiles[0][h], quantiles[1][h]);
            ASSERT_LE(quantiles[1][h], quantiles[2][h]);
        }
    }
    EXPECT_NEAR(within / count, 0.8, 0.06);
}

// A slope that changes with every period by a Laplace draw of scale c is off by 2 c^2 (1 + 4 + … + h^2) in square.
TEST(Prophet, TheTrendBendsAsMuchAsItDid) {
    ProphetFit fit{.scale = 10, .changes = std::vector<double>(50, -0.3), .mean = std::vector<double>(20, 100)};
    const std::vector<double> levels = {0.1587, 0.8413};  // a standard deviation off, where it is nearly normal
    const auto quantiles = prophet_quantiles(fit, 51, levels, {.count = 20'000});
    double squares = 0;
    for (int h = 1; h <= 20; ++h) squares += h * h;
    const double deviation = 10 * 0.3 / 50 * std::sqrt(2 * squares);
    EXPECT_NEAR((quantiles[1][19] - quantiles[0][19]) / 2, deviation, 0.05 * deviation);
}

TEST(Prophet, KnownColumnsBecomeEventsOrNumbers) {
    SeriesRecord series{.id = "s", .values = std::vector<double>(100, 1), .actual = std::vector<double>(4, 1)};
    std::vector<float> constant(104, 3), holiday(104, 0), price(104);
    holiday[10] = holiday[102] = 2;
    for (std::size_t t = 0; t < 104; ++t) price[t] = float(t % 13);
    price[103] = std::nanf("");
    series.known = {constant, holiday, price};
    const auto columns = regressors_of(series);
    ASSERT_EQ(columns.size(), 4u);  // the day, the day before it, the day after it; the price
    EXPECT_EQ(columns[0][10] + columns[0][102], 2);
    EXPECT_EQ(columns[1][9] + columns[1][101], 2);
    EXPECT_EQ(columns[2][11] + columns[2][103], 2);
    double sum = 0, squares = 0;
    for (std::size_t t = 0; t < 100; ++t) {
        sum += columns[3][t];
        squares += columns[3][t] * columns[3][t];
    }
    EXPECT_NEAR(sum, 0, 1e-9);
    EXPECT_NEAR(squares / 100, 1, 1e-6);
    EXPECT_EQ(columns[3][103], 0);
}

TEST(Prophet, SeasonsNeedTwoCycles) {
    const auto of = [](std::size_t seen, int season, int step_days) {
        std::vector<double> periods;
        for (const auto& one : seasons_of({.id = "", .season = season, .values = std::vector<double>(seen)}, step_days))
            periods.push_back(one.period);
        return periods;
    };
    EXPECT_THAT(of(100, 7, 1), ElementsAre(7));
    EXPECT_THAT(of(730, 7, 1), ElementsAre(7, 365.25));
    EXPECT_THAT(of(104, 52, 7), ElementsAre(DoubleNear(52.18, 0.01)));
    EXPECT_THAT(of(60, 52, 7), ElementsAre());
    EXPECT_THAT(of(30, 12, 0), ElementsAre(12));
    EXPECT_THAT(of(30, 1, 0), ElementsAre());
}

}  // namespace
}  // namespace suanpan::demand
