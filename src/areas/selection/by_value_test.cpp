#include "areas/selection/by_value.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace suanpan::selection {
namespace {

TEST(ByValue, IsAStableSort) {
    std::mt19937_64 draw(3);
    std::vector<double> values = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, std::numeric_limits<double>::denorm_min(), -5e-324};
    for (int i = 0; i < 5000; ++i)
        values.push_back(std::ldexp(double(draw() % 100) - 50, static_cast<int>(draw() % 300) - 150));
    std::vector<std::uint32_t> expected(values.size());
    std::iota(expected.begin(), expected.end(), 0);
    std::ranges::stable_sort(expected, {}, [&](auto place) { return values[place]; });
    EXPECT_EQ(by_value(values), expected);
    EXPECT_TRUE(by_value({}).empty());
    EXPECT_EQ(by_value(std::vector{7.0, 7.0, 7.0}), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(ByValue, WhatIsNoNumberIsLast) {
    const std::vector<double> values = {std::nan(""), HUGE_VAL, -std::nan(""), -1};
    EXPECT_EQ(by_value(values), (std::vector<std::uint32_t>{3, 1, 0, 2}));
}

}  // namespace
}  // namespace suanpan::selection
