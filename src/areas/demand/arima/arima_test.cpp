#include <gmock/gmock.h>

#include <numbers>

#include "areas/demand/air_passengers.h"
#include "areas/demand/arima/auto_arima.h"
#include "areas/demand/m3_reference.h"
#include "areas/demand/simulated.h"
#include "platform/base/parallel.h"

namespace suanpan::demand::arima {
namespace {

// R: arima(log(AirPassengers), c(0,1,1), list(order = c(0,1,1))) prints ma1 -0.4018, sma1 -0.5569, sigma^2 0.001348,
// log likelihood 244.7.
TEST(Arima, AirlineModelEqualsRs) {
    const auto y = logarithms(air_passengers);
    const auto found = fit(y, {.d = 1, .q = 1, .D = 1, .Q = 1, .m = 12}, {.season = 12, .horizon = 24});
    EXPECT_NEAR(found.arma.ma[0], -0.4018, 2e-4);
    EXPECT_NEAR(found.arma.ma[11], -0.5569, 2e-4);
    EXPECT_NEAR(found.arma.ma[12], 0.4018 * 0.5569, 2e-4);
    EXPECT_NEAR(found.log_likelihood, 244.70, 0.01);
    EXPECT_NEAR(found.variance, 0.001348 * 131 / 129, 2e-5);
    // R: predict(fit, 3)$pred; its standard errors grow likewise.
    EXPECT_NEAR(found.mean[0], 6.110186, 2e-4);
    EXPECT_NEAR(found.mean[1], 6.053775, 2e-4);
    EXPECT_NEAR(found.mean[2], 6.171715, 2e-4);
    EXPECT_NEAR(found.deviation[0], std::sqrt(found.variance), 1e-9);
    EXPECT_NEAR(found.deviation[1] / found.deviation[0], std::hypot(1, 1 - 0.4018), 1e-3);
}

// R's data set lh; ?arima prints for order (1,0,0): ar1 0.5739, intercept 2.4133, log likelihood -29.38, and for
// (3,0,0): 0.6448 -0.0634 -0.2198, intercept 2.3931, log likelihood -27.09.
TEST(Arima, HormoneSeriesEqualsRs) {
    const std::vector<double> lh = {2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2.0, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2,
                                    2.7, 2.2, 2.2, 1.9, 1.9, 1.8, 2.7, 3.0, 2.3, 2.0, 2.0, 2.9, 2.9, 2.7, 2.7, 2.3,
                                    2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6, 2.1, 3.4, 3.0, 2.9};
    const auto one = fit(lh, {.p = 1, .constant = true}, {.horizon = 3});
    EXPECT_NEAR(one.arma.ar[0], 0.5739, 2e-4);
    EXPECT_NEAR(one.coefficients[0], 2.4133, 2e-4);
    EXPECT_NEAR(one.log_likelihood, -29.38, 0.005);
    EXPECT_NEAR(one.mean[0], 2.692724, 1e-3);  // R: predict(arima(lh, order = c(1,0,0)))
    const auto three = fit(lh, {.p = 3, .constant = true}, {.horizon = 3});
    EXPECT_THAT(three.arma.ar, testing::Pointwise(testing::DoubleNear(3e-4), {0.6448, -0.0634, -0.2198}));
    EXPECT_NEAR(three.coefficients[0], 2.3931, 3e-4);
    EXPECT_NEAR(three.log_likelihood, -27.09, 0.005);
    EXPECT_NEAR(three.mean[0], 2.460173, 2e-3);  // R: predict(arima(lh, order = c(3,0,0)))
}

// The density of a Gaussian vector whose covariance is written out: gamma(k) of an ARMA(1,1) in closed form.
TEST(Likelihood, EqualsTheDensityWrittenOut) {
    const double phi = 0.7, theta = 0.4;
    const std::vector<double> w = {0.3, -1.1, 0.8, 1.9, 0.2, -0.4};
    const auto gamma = [&](std::size_t k) {
        const double g0 = (1 + 2 * theta * phi + theta * theta) / (1 - phi * phi);
        const double g1 = (1 + theta * phi) * (phi + theta) / (1 - phi * phi);
        return k == 0 ? g0 : g1 * std::pow(phi, double(k - 1));
    };
    std::vector<std::vector<double>> l(w.size(), std::vector<double>(w.size(), 0));
    std::vector<double> z(w.size());
    double logs = 0, squares = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = gamma(i - j);
            for (std::size_t k = 0; k < j; ++k) sum -= l[i][k] * l[j][k];
            l[i][j] = i == j ? std::sqrt(sum) : sum / l[j][j];
        }
        z[i] = w[i];
        for (std::size_t k = 0; k < i; ++k) z[i] -= l[i][k] * z[k];
        z[i] /= l[i][i];
        logs += std::log(l[i][i]);
        squares += z[i] * z[i];
    }
    const double n = double(w.size());
    const double expected = -0.5 * n * (std::log(2 * std::numbers::pi * squares / n) + 1) - logs;
    const auto found = likelihood(w, {}, {{phi}, {theta}}, 1);
    EXPECT_NEAR(found.log_likelihood, expected, 1e-9);
    EXPECT_NEAR(found.variance, squares / n, 1e-9);
}

TEST(LeastSquares, GivesTheLineAndLeavesOutWhatDepends) {
    const Columns columns = {{1, 1, 1, 1}, {1, 2, 3, 4}, {2, 4, 6, 8}};
    const auto b = least_squares(columns, {3, 5, 7, 9});
    EXPECT_NEAR(b[0], 1, 1e-9);
    EXPECT_NEAR(b[1] + 2 * b[2], 2, 1e-9);
}

// A known effect of a known column comes back, and moves the forecast of the periods where it is.
TEST(Arima, RegressorsMoveTheForecast) {
    Draws draws(5);
    std::vector<double> y, promotion;
    double noise = 0;
    for (int t = 0; t < 124; ++t) {
        promotion.push_back(t % 5 == 0 || t == 123 ? 1 : 0);
        noise = 0.6 * noise + draws.normal();
        if (t < 120) y.push_back(50 + 20 * promotion.back() + noise);
    }
    const auto found = auto_arima(y, {.horizon = 4, .regressors = {promotion}});
    ASSERT_EQ(found.mean.size(), 4u) << found.name;
    EXPECT_NEAR(found.coefficients[0], 20, 1);
    EXPECT_NEAR(found.mean[0], 70, 3);  // period 120
    EXPECT_NEAR(found.mean[2], 50, 3);
    EXPECT_NEAR(found.mean[3], 70, 3);
}

TEST(AutoArima, FindsTheAirlineModelsDifferences) {
    const auto found = auto_arima(logarithms(air_passengers), {.season = 12, .horizon = 12});
    EXPECT_EQ(found.order.D, 1) << found.name;
    EXPECT_EQ(found.order.d, 1) << found.name;
    EXPECT_LT(found.aicc, -483.2);  // the airline model's -2 (244.7) + 6 and a little
}

TEST(AutoArima, DefinedForOddSeries) {
    for (const auto& y : std::vector<std::vector<double>>{{5},
                                                          {5, 5},
                                                          {1, 9},
                                                          {1, 2, 3},
                                                          std::vector<double>(40, 7),
                                                          std::vector<double>(40, 0),
                                                          {0, 0, 0, 1e6, 0, 0},
                                                          {1, 2, 4, 8, 16, 32, 64, 128, 256, 512},
                                                          std::vector<double>(30, 1e300)}) {
        const auto found = auto_arima(y, {.season = 4, .horizon = 3});
        ASSERT_EQ(found.mean.size(), 3u);
        for (const double value : found.mean) EXPECT_TRUE(std::isfinite(value)) << found.name << " of " << y.size();
    }
    EXPECT_THAT(auto_arima(std::vector<double>(40, 7), {.season = 4, .horizon = 2}).mean, testing::ElementsAre(7, 7));
}

// Of every 20th M3 series: R's auto.arima has 13.598 over all, and statsforecast's 13.628, which agrees with R's
// within 1 % on every step for 66 % of the series. We follow R.
TEST(M3, SlowArimaIsAsRs) {
    if (!m3_is_here()) GTEST_SKIP() << "the shared data are not here";
    const auto all = read_m3().value();
    const auto reference = m3_reference("r", "arima");
    std::vector<std::pair<std::string, std::vector<double>>> forecasts(all.series.size() / 20);
    std::vector<double> ours(forecasts.size()), theirs(forecasts.size());
    in_parallel(forecasts.size(), 0, [&](std::size_t i) {
        const auto& series = all.series[i * 20];
        const auto mean = auto_arima(series.values, {.season = series.season, .horizon = series.horizon()}).mean;
        forecasts[i] = {series.id, mean};
        ours[i] = smape(mean, series.actual);
        theirs[i] = smape(reference.at(series.id).forecast, series.actual);
    });
    const double agree = agreement(forecasts, reference, 0.01);
    std::printf("  sMAPE %.3f, R %.3f; %.0f %% within 1 %%\n", mean_of(ours), mean_of(theirs), 100 * agree);
    EXPECT_GT(agree, 0.85);
    EXPECT_NEAR(mean_of(ours), mean_of(theirs), 0.4);
}

}  // namespace
}  // namespace suanpan::demand::arima
