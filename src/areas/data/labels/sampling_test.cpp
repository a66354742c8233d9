#include "areas/data/labels/sampling.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace suanpan::data::labels {
namespace {

constexpr std::array strategies = {Strategy::least_confidence, Strategy::margin, Strategy::entropy};

std::vector<std::string> ids(const std::vector<Sample>& samples) {
    std::vector<std::string> all;
    for (const auto& sample : samples) all.push_back(sample.task_id);
    return all;
}

TEST(Sampling, IsZeroWhenCertainAndOneWhenEven) {
    for (const auto strategy : strategies) {
        EXPECT_NEAR(uncertainty(std::vector{0.0, 1.0, 0.0}, strategy), 0, 1e-12);
        EXPECT_NEAR(uncertainty(std::vector{0.25, 0.25, 0.25, 0.25}, strategy), 1, 1e-12);
    }
}

TEST(Sampling, FollowsTheFormulas) {
    const std::vector probabilities = {0.3, 0.6, 0.1};
    EXPECT_NEAR(uncertainty(probabilities, Strategy::least_confidence), 0.4 * 3 / 2, 1e-12);
    EXPECT_NEAR(uncertainty(probabilities, Strategy::margin), 1 - 0.3, 1e-12);
    EXPECT_NEAR(uncertainty(probabilities, Strategy::entropy),
                -(0.3 * std::log(0.3) + 0.6 * std::log(0.6) + 0.1 * std::log(0.1)) / std::log(3), 1e-12);
}

TEST(Sampling, OrdersByUncertaintyAndTiesById) {
    const auto order = labelling_order({{"c", 0.5}, {"a", 0.2}, {"b", 0.5}, {"d", 0.9}}, {});
    EXPECT_THAT(ids(order), testing::ElementsAre("d", "b", "c", "a"));
}

TEST(Sampling, DrawsAShareAtRandomTheSameForTheSameSeed) {
    std::vector<Sample> samples;
    for (int i = 0; i < 1000; ++i) samples.push_back({fmt::format("{:04}", i), 1 - i / 1000.0});
    const auto order = ids(labelling_order(samples, {.share = 0.2, .seed = 7}));
    EXPECT_EQ(order, ids(labelling_order(samples, {.share = 0.2, .seed = 7})));
    EXPECT_NE(order, ids(labelling_order(samples, {.share = 0.2, .seed = 8})));
    EXPECT_THAT(order, testing::UnorderedElementsAreArray(ids(samples)));
    // Of the first hundred places some twenty are drawn from anywhere: four of five of these lie beyond the next 100.
    const auto far = std::count_if(order.begin(), order.begin() + 100, [](const auto& id) { return id > "0200"; });
    EXPECT_GE(far, 10);
    EXPECT_LE(far, 22);
}

TEST(Sampling, PinsTheOrderOnEveryMachine) {
    std::vector<Sample> samples;
    for (int i = 0; i < 8; ++i) samples.push_back({fmt::format("{}", i), 1 - i / 8.0});
    EXPECT_THAT(ids(labelling_order(samples, {.share = 0.5, .seed = 3})),
                testing::ElementsAre("0", "3", "2", "7", "4", "1", "6", "5"));
}

}  // namespace
}  // namespace suanpan::data::labels
