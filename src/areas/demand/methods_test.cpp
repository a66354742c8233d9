#include <gmock/gmock.h>

#include "areas/demand/air_passengers.h"
#include "areas/demand/intermittent.h"
#include "areas/demand/m3_reference.h"
#include "areas/demand/stl.h"
#include "areas/demand/theta_models.h"

namespace suanpan::demand {
namespace {

using testing::DoubleNear;
using testing::Pointwise;

const std::vector<double> lumpy = {0, 0, 3, 0, 0, 0, 5, 0, 2, 0, 0, 0, 0, 4, 1, 0, 0, 6, 0, 0, 0, 2, 0, 0, 3};

// statsforecast 2.1.1: CrostonClassic, CrostonSBA, TSB(0.2, 0.2), ADIDA, IMAPA.
TEST(Intermittent, EqualsStatsforecast) {
    EXPECT_NEAR(croston(lumpy), 1.01646322, 1e-7);
    EXPECT_NEAR(syntetos_boylan(lumpy), 0.96564006, 1e-7);
    EXPECT_NEAR(teunter_syntetos_babai(lumpy), 1.23641027, 1e-7);
    EXPECT_NEAR(adida(lumpy), 1.0497364, 1e-4);  // both search for alpha
    EXPECT_NEAR(imapa(lumpy), 1.10049924, 1e-4);
}

TEST(Intermittent, OfNoDemandIsNone) {
    const std::vector<double> none(9, 0), one = {4};
    for (const auto method : {+[](std::span<const double> y) { return croston(y); },
                              +[](std::span<const double> y) { return teunter_syntetos_babai(y); }, adida, imapa}) {
        EXPECT_EQ(method(none), 0);
        EXPECT_EQ(method(one), 4);
    }
}

// statsforecast 2.1.1: AutoTheta(season_length=12, model=…, decomposition_type="multiplicative"), 12 months ahead.
TEST(ThetaModels, EqualStatsforecast) {
    const std::vector<std::pair<ThetaKind, std::vector<double>>> reference = {
        {ThetaKind::standard,
         {440.969, 429.249, 490.693, 476.66, 480.631, 546.456, 603.953, 602.295, 524.99, 457.529, 398.738, 448.525}},
        {ThetaKind::optimised,
         {442.943, 432.231, 495.308, 482.308, 487.495, 555.581, 615.491, 615.243, 537.525, 469.537, 410.141, 462.402}},
        {ThetaKind::dynamic_standard,
         {440.774, 429.062, 490.483, 476.461, 480.437, 546.243, 603.727, 602.079, 524.81, 457.38, 398.614, 448.392}},
        {ThetaKind::dynamic_optimised,
         {442.927, 432.298, 495.482, 482.575, 487.866, 556.122, 616.223, 616.11, 538.403, 470.411, 410.999, 463.477}}};
    for (const auto& [kind, expected] : reference) {
        const auto found = theta_model(air_passengers, 12, kind, 12).mean;
        for (std::size_t h = 0; h < 12; ++h) EXPECT_NEAR(found[h] / expected[h], 1, 2e-3) << static_cast<int>(kind);
    }
}

// Of every 5th series, beside statsforecast 2.1.1 on the same ones; over all it has 12.761 and 12.527.
TEST(M3, ThetaModelsAreAsStatsforecasts) {
    if (!m3_is_here()) GTEST_SKIP() << "the shared data are not here";
    const auto all = read_m3().value();
    const std::pair<ThetaKind, const char*> kinds[] = {{ThetaKind::standard, "theta"},
                                                       {ThetaKind::dynamic_optimised, "dotm"}};
    for (const auto& [kind, name] : kinds) {
        const auto reference = m3_reference("statsforecast", name);
        std::vector<double> ours, theirs;
        std::vector<std::pair<std::string, std::vector<double>>> forecasts;
        for (std::size_t i = 0; i < all.series.size(); i += 5) {
            const auto& series = all.series[i];
            forecasts.emplace_back(series.id, theta_model(series.values, series.season, kind, series.horizon()).mean);
            ours.push_back(smape(forecasts.back().second, series.actual));
            theirs.push_back(smape(reference.at(series.id).forecast, series.actual));
        }
        const double agree = agreement(forecasts, reference, 0.01);
        std::printf("  sMAPE %s %.3f, statsforecast %.3f; %.0f %% within 1 %%\n", name, mean_of(ours), mean_of(theirs),
                    100 * agree);
        EXPECT_NEAR(mean_of(ours), mean_of(theirs), 0.05);
        if (kind == ThetaKind::standard) {
            EXPECT_GT(agree, 0.9);
        }
    }
}

// statsmodels 0.15, whose STL is R's Fortran: STL(AirPassengers, period=12, seasonal=11, seasonal_deg=0, trend=21,
// low_pass=13, seasonal_jump=2, trend_jump=3, low_pass_jump=2).fit(inner_iter=2, outer_iter=0).
TEST(Stl, EqualsStatsmodels) {
    const auto parts = stl(air_passengers, 12);
    const std::vector<std::size_t> at = {0, 1, 2, 70, 141, 142, 143};
    const double trend[] = {123.14505692808632, 123.72506923990018, 124.30508155171404, 254.82713335729161,
                            489.5934933798769,  493.1383737025336,  496.6832540251903};
    const double season[] = {-16.97707408637081,  -17.177633337161453, 7.520942225704635, -54.71569985784454,
                             -27.908932205301905, -75.59463425509084,  -44.19632497894985};
    for (std::size_t i = 0; i < at.size(); ++i) {
        EXPECT_NEAR(parts.trend[at[i]], trend[i], 1e-9) << at[i];
        EXPECT_NEAR(parts.seasons[0][at[i]], season[i], 1e-9) << at[i];
    }
}

// Two seasons of known size come apart, and all parts sum to the series.
TEST(Mstl, TakesTwoSeasonsApart) {
    std::vector<double> y, week, year;
    for (int t = 0; t < 1100; ++t) {
        week.push_back(std::vector<double>{5, 1, 0, -1, -2, -3, 0}[static_cast<std::size_t>(t % 7)]);
        year.push_back(8 * std::sin(t * 2 * 3.141592653589793 / 365));
        y.push_back(100 + 0.01 * t + week.back() + year.back());
    }
    const auto parts = mstl(y, {365, 7});
    ASSERT_EQ(parts.seasons.size(), 2u);
    for (std::size_t t = 0; t < y.size(); ++t) {
        EXPECT_NEAR(parts.trend[t] + parts.seasons[0][t] + parts.seasons[1][t] + parts.remainder[t], y[t], 1e-9);
        EXPECT_NEAR(parts.seasons[0][t], week[t], 0.3);
        EXPECT_NEAR(parts.seasons[1][t] + parts.trend[t], year[t] + 100 + 0.01 * double(t), 0.8);
    }
    EXPECT_GT(seasonal_strength(parts, 0), 0.95);
}

}  // namespace
}  // namespace suanpan::demand
