#include "areas/demand/network/network.h"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace suanpan::demand {
namespace {

constexpr std::array simple_methods = {"seasonal_naive", "window_average", "ses", "theta", "group_season"};
constexpr std::size_t least_judged = 20;  // periods that a window needs to keep so that a network can be judged

Result<Predictions> by(engines::Encoder encoder, const Dataset& dataset, const RunOptions& options) {
    const auto trained = TRY(train_network(dataset, {.encoder = encoder}, options));
    if (options.tell)
        options.tell(fmt::format("{} steps, WAPE {:.4f} before the split from {:.4f} at the start", trained.steps,
                                 trained.error, trained.base_error));
    auto quantiles = TRY(network_quantiles(trained, dataset, options.threads));
    return std::move(quantiles[quantiles.size() / 2]);
}

struct Judged {
    std::string name;
    double wape = std::numeric_limits<double>::infinity();
};

Result<Judged> best_simple(const Dataset& window, const RunOptions& options) {
    Judged best{simple_methods.front()};
    for (const auto* name : simple_methods) {
        const auto predictions = TRY(predict(*TRY(forecaster(name)), window, options));
        if (const double wape = measure(window, predictions, {}).wape; wape < best.wape) best = {name, wape};
    }
    return best;
}

}  // namespace

Result<Predictions> tcn(const Dataset& dataset, const RunOptions& options) {
    return by(engines::Encoder::tcn, dataset, options);
}

Result<Predictions> lstm(const Dataset& dataset, const RunOptions& options) {
    return by(engines::Encoder::lstm, dataset, options);
}

Result<Predictions> network_or_simple(const Dataset& dataset, const RunOptions& options) {
    const auto window = earlier(dataset, 1, least_judged);
    auto quiet = options;
    quiet.tell = nullptr;
    const auto simple = TRY(best_simple(window, quiet));
    Judged network{"tcn"};
    const auto predictions = tcn(window, quiet);
    if (options.stop.stop_requested()) return predictions;
    if (predictions) network.wape = measure(window, *predictions, {}).wape;
    const bool wins = network.wape < simple.wape;
    if (options.tell)
        options.tell(predictions
                         ? fmt::format("{}: WAPE before the split {:.4f} of the network, {:.4f} of {}",
                                       wins ? network.name : simple.name, network.wape, simple.wape, simple.name)
                         : fmt::format("{}: no network, {}", simple.name, predictions.error().text()));
    if (wins) return tcn(dataset, quiet);
    return predict(*TRY(forecaster(simple.name)), dataset, quiet);
}

}  // namespace suanpan::demand
