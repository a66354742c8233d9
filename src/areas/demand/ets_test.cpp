#include <gmock/gmock.h>

#include <algorithm>

#include "areas/demand/decompose.h"
#include "areas/demand/simulated.h"
#include "areas/demand/smoothing.h"

namespace suanpan::demand {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Decompose, FindsTheIndicesOfAnExactSeason) {
    std::vector<double> sum, product;
    for (int t = 0; t < 12; ++t) {
        sum.push_back(100 + std::vector<double>{-3, 1, 2}[t % 3]);
        product.push_back(50 * std::vector<double>{0.5, 1.0, 1.25, 1.25}[t % 4]);
    }
    EXPECT_THAT(additive_indices(sum, 3), ElementsAre(DoubleNear(-3, 1e-9), DoubleNear(1, 1e-9), DoubleNear(2, 1e-9)));
    EXPECT_THAT(multiplicative_indices(product, 4), ElementsAre(DoubleNear(0.5, 1e-9), DoubleNear(1, 1e-9),
                                                                DoubleNear(1.25, 1e-9), DoubleNear(1.25, 1e-9)));
    EXPECT_TRUE(multiplicative_indices(std::vector<double>(12, 0.0), 4).empty());
}

// The recursion whose characteristic polynomial is tested: old errors fade, or they grow.
bool fades(const Smoothing& p, std::size_t m) {
    const double middle = p.alpha + p.beta - p.alpha * p.phi;
    std::vector<double> x(m + 1, 0.0);  // the newest last
    x.back() = 1;
    double early = 0, late = 0;
    for (int t = 0; t < 6000; ++t) {
        double next = -(p.alpha + p.beta - p.phi) * x[m];
        for (std::size_t k = 2; k < m; ++k) next -= middle * x[m + 1 - k];
        next -= (middle + p.gamma - 1) * x[1] + p.phi * (1 - p.alpha - p.gamma) * x[0];
        x.erase(x.begin());
        x.push_back(next);
        if (std::abs(next) > 1e9) return false;
        if (t < 500) early = std::max(early, std::abs(next));
        if (t >= 5500) late = std::max(late, std::abs(next));
    }
    return late <= early;
}

TEST(Admissible, AgreesWithTheRecursionItself) {
    Draws draws(3);
    int inside = 0;
    for (int i = 0; i < 300; ++i) {
        const Smoothing p{.alpha = 1.4 * draws.uniform(),
                          .beta = 0.6 * draws.uniform(),
                          .gamma = 1.4 * draws.uniform(),
                          .phi = 0.8 + 0.18 * draws.uniform()};
        EXPECT_EQ(is_admissible(p, 4), fades(p, 4)) << p.alpha << " " << p.beta << " " << p.gamma << " " << p.phi;
        inside += is_admissible(p, 4);
    }
    EXPECT_GT(inside, 60);
    EXPECT_LT(inside, 240);
}

// y = (100 + 2 t) times an index, with errors of 2 % of the mean.
std::vector<double> growing_season(std::size_t periods) {
    const std::vector<double> index = {0.6, 0.9, 1.1, 1.4};
    Draws draws(5);
    std::vector<double> y;
    for (std::size_t t = 0; t < periods; ++t)
        y.push_back((100 + 2 * double(t)) * index[t % 4] * (1 + 0.02 * draws.normal()));
    return y;
}

TEST(Ets, PicksTheFormOfAGrowingSeasonAndFollowsIt) {
    const auto path = ets(growing_season(80), 4);
    EXPECT_TRUE(path.multiplicative) << path.method;
    EXPECT_TRUE(path.relative) << path.method;
    EXPECT_NE(path.method.find(",A,"), std::string::npos) << path.method;
    const auto forecast = mean(path, 4);
    const std::vector<double> truth = {260 * 0.6, 262 * 0.9, 264 * 1.1, 266 * 1.4};
    for (std::size_t h = 0; h < 4; ++h) EXPECT_NEAR(forecast[h] / truth[h], 1, 0.03);
}

TEST(Ets, PicksAConstantSeasonAsAdditive) {
    Draws draws(6);
    std::vector<double> y;
    for (int t = 0; t < 84; ++t) y.push_back(50 + std::vector<double>{9, 4, 0, -2, -4, -6, -1}[t % 7] + draws.normal());
    const auto path = ets(y, 7);
    EXPECT_EQ(path.season.size(), 7u) << path.method;
    EXPECT_NEAR(mean(path, 7)[0], 59, 1.2);
    EXPECT_NEAR(mean(path, 7)[5], 44, 1.2);
}

TEST(Ets, NeedsTwoCyclesAndPositiveValuesForWhatRestsOnThem) {
    auto y = growing_season(7);
    EXPECT_TRUE(ets(y, 4).season.empty());
    y = growing_season(40);
    y[20] = 0;
    const auto path = ets(y, 4);
    EXPECT_FALSE(path.relative || path.multiplicative) << path.method;
}

// A saved path that moves by new values stands where the fitted recursion stands after all of them.
TEST(Advanced, EqualsTheRecursionOverAllValues) {
    const auto y = growing_season(50);
    for (const Form form : {Form{}, Form{Errors::additive, Trend::damped, Season::additive},
                            Form{Errors::relative, Trend::additive, Season::multiplicative}}) {
        const Smoothing first{.alpha = 0.3, .beta = 0.1, .gamma = 0.2, .phi = 0.9, .level = 90, .trend = 2};
        auto state_of = [&](std::size_t periods) {
            std::vector<double> season;
            if (form.season != Season::none) season = {0.6, 0.9, 1.1, 1.4};
            const auto done = smooth(std::span(y).first(periods), form, first, season).last;
            if (!season.empty()) std::ranges::rotate(season, season.begin() + static_cast<std::ptrdiff_t>(periods % 4));
            return Path{.level = done.level,
                        .trend = done.trend,
                        .phi = done.phi,
                        .season = season,
                        .multiplicative = form.season == Season::multiplicative,
                        .relative = form.errors == Errors::relative,
                        .alpha = done.alpha,
                        .beta = done.beta,
                        .gamma = season.empty() ? 0 : done.gamma};
        };
        const auto moved = advanced(state_of(43), y, 7), whole = state_of(50);
        EXPECT_NEAR(moved.level, whole.level, 1e-9);
        EXPECT_NEAR(moved.trend, whole.trend, 1e-9);
        for (std::size_t i = 0; i < whole.season.size(); ++i) EXPECT_NEAR(moved.season[i], whole.season[i], 1e-9);
    }
}

TEST(Advanced, SeasonalNaiveAndWindowAverageAreAsFittedAnew) {
    const auto y = growing_season(20);
    const auto past = std::span(y).first(17);
    EXPECT_EQ(mean(advanced(seasonal_naive(past, 4), y, 3), 6), mean(seasonal_naive(y, 4), 6));
    EXPECT_EQ(mean(advanced(window_average(past, 4), y, 3), 2), mean(window_average(y, 4), 2));
}

}  // namespace
}  // namespace suanpan::demand
