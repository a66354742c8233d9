// Times the training of our network on made-up batches: network_bench WINDOWS STEPS HORIZON BLOCKS BATCHES THREADS.
// Prints milliseconds a batch and parameters as JSON; network_peer.py trains the same net in PyTorch.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iostream>
#include <string>

#include "platform/engines/torch_network.h"

namespace {

using namespace suanpan;
constexpr int past_columns = 12, future_columns = 60, origins = 4, stride = 8, warm_up = 5;

std::vector<float> waves(std::size_t count, float speed) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = std::sin(float(i % 9973) * speed);
    return values;
}

Result<> run(const std::vector<int>& words) {
    const auto [windows, steps, horizon, blocks, batches, threads] =
        std::tuple(words.at(0), words.at(1), words.at(2), words.at(3), words.at(4), words.at(5));
    engines::NetworkShape shape{.past_columns = past_columns, .future_columns = future_columns, .horizon = horizon};
    shape.categories = {4, 3};
    shape.blocks = blocks;
    const auto network = TRY(engines::make_network(shape, {.threads = threads}));
    const auto asked = std::size_t(windows) * origins * std::size_t(horizon);
    const auto past = waves(std::size_t(windows) * past_columns * std::size_t(steps), 0.7F);
    const auto future = waves(asked * future_columns, 0.3F);
    const std::vector<float> targets(asked, 1), weights(asked, 1);
    std::vector<std::int64_t> places, categories, nothing(std::size_t(windows), 0);
    for (int origin = 0; origin < origins; ++origin) places.push_back(steps - 1 - stride * (origins - 1 - origin));
    for (int window = 0; window < windows; ++window) categories.insert(categories.end(), {window % 4, window % 3});
    std::chrono::steady_clock::time_point start;
    double loss = 0;
    for (int batch = 0; batch < warm_up + batches; ++batch) {
        if (batch == warm_up) start = std::chrono::steady_clock::now();
        loss =
            TRY(network->learn({windows, steps, past, places, future, categories, nothing, nothing, targets, weights}));
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    std::size_t parameters = 0;
    for (const auto& one : TRY(network->weights())) parameters += one.values.size();
    std::cout << fmt::format(R"({{"milliseconds":{},"parameters":{},"loss":{}}})", taken.count() / batches, parameters,
                             loss)
              << "\n";
    return {};
}

}  // namespace

int main(int count, char** words) {
    std::vector<int> numbers;
    for (int i = 1; i < count; ++i) numbers.push_back(std::stoi(words[i]));
    if (numbers.size() != 6) {
        std::cerr << "usage: network_bench WINDOWS STEPS HORIZON BLOCKS BATCHES THREADS\n";
        return 2;
    }
    const auto done = run(numbers);
    if (!done) std::cerr << done.error().text() << "\n";
    return done ? 0 : 1;
}
