#include "platform/engines/torch_network.h"

#include <gmock/gmock.h>

#include <cmath>

#include "platform/engines/test_openmp.h"

namespace suanpan::engines {
namespace {

using testing::HasSubstr;

// A batch whose arrays it owns, filled with small numbers that differ.
struct Data {
    NetworkShape shape;
    int windows = 3, steps = 40;
    std::vector<std::int64_t> origins = {31, 39}, categories, groups = {0, 0, 1}, regions = {0, 1, 0};
    std::vector<float> past, future, targets, weights;

    explicit Data(const NetworkShape& what) : shape(what) {
        const auto asked = std::size_t(windows) * origins.size() * std::size_t(shape.horizon);
        float next = 0;
        const auto fill = [&](std::vector<float>& values, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) values.push_back(std::sin(next += 1.7F));
        };
        fill(past, std::size_t(windows * shape.past_columns * steps));
        fill(future, asked * std::size_t(shape.future_columns));
        targets.assign(asked, 1);
        weights.assign(asked, 1);
        for (int w = 0; w < windows; ++w)
            for (const int size : shape.categories) categories.push_back(w % size);
    }
    [[nodiscard]] NetworkBatch batch() const {
        return {windows, steps, past, origins, future, categories, groups, regions, targets, weights};
    }
};

const NetworkShape small{.past_columns = 2, .future_columns = 3, .horizon = 4, .categories = {3}, .blocks = 3};

class TorchNetwork : public testing::TestWithParam<Encoder> {
  protected:
    void SetUp() override {
#if defined(__SANITIZE_THREAD__)
        GTEST_SKIP() << "libtorch is not built for the thread sanitizer";
#endif
        const auto made = make_network(small, {});
        if (!made && made.error().code == ErrorCode::unavailable) GTEST_SKIP() << made.error().text();
        ASSERT_TRUE(made) << made.error().text();
    }
    static NetworkShape shape() {
        auto shape = small;
        shape.encoder = GetParam();
        return shape;
    }
};
INSTANTIATE_TEST_SUITE_P(Encoders, TorchNetwork, testing::Values(Encoder::tcn, Encoder::lstm),
                         [](const auto& test) { return test.param == Encoder::tcn ? "Tcn" : "Lstm"; });

// What is large enough to see, so that it cannot pass because the head is still nearly zero.
std::unique_ptr<Network> awake(const NetworkShape& shape) {
    auto network = make_network(shape, {.seed = 7}).value();
    auto weights = network->weights().value();
    for (auto& tensor : weights)
        if (tensor.name == "leave.weight")
            for (auto& value : tensor.values) value *= 100;
    EXPECT_TRUE(network->set_weights(weights));
    return network;
}

TEST_P(TorchNetwork, GivesANumberForEachPeriodAndQuantile) {
    const Data data(shape());
    const auto values = awake(shape())->predict(data.batch()).value();
    ASSERT_EQ(values.size(), 3U * 2 * 4 * 3);
    for (std::size_t i = 0; i < values.size(); i += 3) {
        EXPECT_LE(values[i], values[i + 1]);
        EXPECT_LE(values[i + 1], values[i + 2]);
    }
}

// Steps after the first origin change nothing of what it forecasts; the step at it does.
TEST_P(TorchNetwork, IsCausal) {
    Data data(shape());
    const auto network = awake(shape());
    const auto before = network->predict(data.batch()).value();
    const auto with = [&](int step) {
        auto changed = data;
        changed.past[std::size_t(step)] += 3;  // first window, first column
        return network->predict(changed.batch()).value();
    };
    const auto after = with(32), at = with(31);
    for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(after[i], before[i]);
    EXPECT_NE(std::vector(after.begin() + 12, after.begin() + 24),
              std::vector(before.begin() + 12, before.begin() + 24));
    EXPECT_NE(std::vector(at.begin(), at.begin() + 12), std::vector(before.begin(), before.begin() + 12));
    EXPECT_EQ(std::vector(at.begin() + 24, at.end()), std::vector(before.begin() + 24, before.end()))
        << "other windows";
}

// The reach is the formula's: 1 + 2 (3 - 1) (1 + 2 + 4) = 29 steps.
TEST_F(TorchNetwork, ReachesAsFarAsItsFormula) {
    EXPECT_EQ(small.receptive_field(), 29);
    Data data(small);
    const auto network = awake(small);
    const auto before = network->predict(data.batch()).value();
    const auto differs = [&](int step) {
        auto changed = data;
        changed.past[std::size_t(step)] += 5;
        const auto values = network->predict(changed.batch()).value();
        return !std::equal(values.begin(), values.begin() + 12, before.begin());
    };
    EXPECT_FALSE(differs(31 - 29));
    bool any = false;
    for (int step = 31 - 28; step <= 31 - 24; ++step) any = any || differs(step);
    EXPECT_TRUE(any);
}

// Only windows of the same group inform one another, and only where regions are mixed.
TEST_F(TorchNetwork, MixesWithinAGroup) {
    for (const int regions : {0, 2}) {
        auto shape = small;
        shape.regions = regions;
        Data data(shape);
        const auto network = awake(shape);
        const auto before = network->predict(data.batch()).value();
        data.past[31] += 3;
        const auto after = network->predict(data.batch()).value();
        EXPECT_EQ(!std::equal(after.begin() + 24, after.begin() + 48, before.begin() + 24), regions > 0);
        EXPECT_TRUE(std::equal(after.begin() + 48, after.end(), before.begin() + 48));
    }
}

// Targets that are a known function of the inputs: 1 or 3 by the sign of a value in the past.
TEST_P(TorchNetwork, LearnsAKnownAnswer) {
    auto wanted = shape();
    wanted.categories.clear();
    wanted.dropout = 0;
    Data data(wanted);
    for (std::size_t w = 0; w < 3; ++w)
        for (std::size_t k = 0; k < 2; ++k)
            for (std::size_t h = 0; h < 4; ++h)
                data.targets[(w * 2 + k) * 4 + h] = data.past[w * 80 + std::size_t(data.origins[k])] > 0 ? 3 : 1;
    const auto network = make_network(wanted, {.learning_rate = 0.01F}).value();
    const double first = network->learn(data.batch()).value();
    for (int step = 0; step < 600; ++step) {
        if (step == 300) network->set_learning_rate(0.002F);
        ASSERT_TRUE(network->learn(data.batch()));
    }
    EXPECT_LT(network->learn(data.batch()).value(), 0.1 * first);
    const auto values = network->predict(data.batch()).value();
    for (std::size_t i = 0; i < data.targets.size(); ++i) EXPECT_NEAR(values[3 * i + 1], data.targets[i], 0.3) << i;
}

TEST_P(TorchNetwork, ItsWeightsAreAllOfIt) {
    const Data data(shape());
    const auto network = make_network(shape(), {.seed = 1}).value();
    ASSERT_TRUE(network->learn(data.batch()));
    const auto other = make_network(shape(), {.seed = 2}).value();
    EXPECT_NE(other->predict(data.batch()).value(), network->predict(data.batch()).value());
    ASSERT_TRUE(other->set_weights(network->weights().value()));
    EXPECT_EQ(other->predict(data.batch()).value(), network->predict(data.batch()).value());
}

TEST_F(TorchNetwork, SaysWhatIsWrong) {
    Data data(small);
    const auto network = make_network(small, {}).value();
    data.origins = {31, 40};
    EXPECT_THAT(network->predict(data.batch()).error().text(), HasSubstr("origin lies outside"));
    data.origins = {31, 39};
    data.categories[0] = 3;
    EXPECT_THAT(network->predict(data.batch()).error().text(), HasSubstr("category is out of range"));
    data.categories[0] = 0;
    data.past.pop_back();
    EXPECT_THAT(network->learn(data.batch()).error().text(), HasSubstr("past has another size"));
    auto weights = network->weights().value();
    weights[0].name = "other";
    EXPECT_THAT(network->set_weights(weights).error().text(), HasSubstr("no tensor \"other\""));
    weights.pop_back();
    EXPECT_THAT(network->set_weights(weights).error().text(), HasSubstr("tensors"));
}

// One runtime of OpenMP, however many libraries use it.
TEST_F(TorchNetwork, SharesOneOpenMp) {
    const auto runtimes = openmp_runtimes();
    EXPECT_EQ(runtimes.size(), 1U) << testing::PrintToString(runtimes);
}

TEST(TorchLibrary, RefusesShapesThatMakeNoNetwork) {
    EXPECT_THAT(make_network({.horizon = 0}, {}).error().text(), HasSubstr("at least one"));
    EXPECT_THAT(make_network({.categories = {0}}, {}).error().text(), HasSubstr("at least one value"));
    EXPECT_THAT(make_network({.regions = 2}, {.adjacency = {1}}).error().text(), HasSubstr("adjacency of 4 numbers"));
}

}  // namespace
}  // namespace suanpan::engines
