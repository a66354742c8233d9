#include "areas/demand/network/training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace suanpan::demand {
namespace {

constexpr std::size_t least_seen = 8;        // periods that a series is seen for before it is forecast
constexpr std::size_t most_asked = 512;      // series that are looked at in the validation window
constexpr std::size_t asked_together = 128;  // about

// One unless more are asked for: the products of a network this small take longer when they are shared out.
int threads_of(int threads) {
    return std::max(1, threads);
}

// The members of whole groups at the end of what was seen, in batches.
std::vector<std::vector<WindowPlace>> newest(const WindowMaker& maker, std::size_t most) {
    std::vector<std::vector<WindowPlace>> batches(1);
    const auto& groups = maker.groups();
    std::size_t series = 0;
    for (const auto& group : groups) series += group.size();
    const auto step = std::max<std::size_t>(1, series / std::max<std::size_t>(1, most));
    for (std::size_t g = 0; g < groups.size(); g += step) {
        if (batches.back().size() >= asked_together) batches.emplace_back();
        for (const auto s : groups[g]) batches.back().push_back({s, 0});
    }
    if (batches.back().empty()) batches.pop_back();
    return batches;
}

bool ever_sold(const SeriesRecord& series) {
    return std::ranges::any_of(series.values, [](double value) { return value > 0; });
}

class Trainer {
  public:
    Trainer(const Dataset& dataset, const TrainingPlan& plan, const RunOptions& options)
        : plan_(plan),
          options_(options),
          window_(earlier(dataset, 1, least_seen)),
          sizes_(WindowMaker(dataset, 1, plan.category_sizes).shape(plan.encoder)),
          maker_(window_, sizes_.horizon),
          random_(options.seed) {
        for (const auto& series : window_.series) longest_ = std::max(longest_, series.values.size());
        // Short series are forecast once a window: each further origin takes periods away.
        origins_ =
            longest_ > least_seen + 8 * static_cast<std::size_t>(plan.origins * maker_.stride()) ? plan.origins : 1;
    }

    Result<TrainedNetwork> run() {
        trained_.shape = maker_.shape(plan_.encoder);
        trained_.shape.categories = sizes_.categories;  // also of series that are too short to learn from
        trained_.shape.regions = sizes_.regions;
        if (plan_.mixing == 0) trained_.shape.regions = 0;
        trained_.scaling = maker_.scaling(options_.seed);
        const auto regions = static_cast<std::size_t>(trained_.shape.regions);
        if (plan_.adjacency.empty() && window_.adjacency.size() == regions * regions)
            plan_.adjacency = window_.adjacency;
        network_ = TRY(engines::make_network(trained_.shape, {.learning_rate = plan_.learning_rate,
                                                              .seed = options_.seed,
                                                              .threads = threads_of(options_.threads),
                                                              .adjacency = plan_.adjacency}));
        asked_ = validation_batches();
        TRY(look(0));
        trained_.base_error = trained_.error;
        const int most = options_.rounds > 0 ? options_.rounds : plan_.most_steps;
        for (int step = 1; step <= most; ++step) {
            if (options_.stop.stop_requested())
                return fail(ErrorCode::unavailable, "the training of a network was stopped");
            network_->set_learning_rate(plan_.learning_rate * (0.55 + 0.45 * std::cos(3.14159 * step / most)));
            TRY(network_->learn(TRY(drawn()).view()));
            if (step % plan_.look_every != 0 && step != most) continue;
            TRY(look(step));
            if (step - trained_.steps >= plan_.patience * plan_.look_every) break;
        }
        return std::move(trained_);
    }

  private:
    // Groups by chance, each seen up to a time of its own.
    Result<WindowBatch> drawn() {
        const auto lowest = static_cast<std::size_t>((origins_ - 1) * maker_.stride() + 1);
        const auto span = longest_ > lowest + least_seen ? longest_ - lowest - least_seen : 1;
        const auto wanted = static_cast<std::size_t>(plan_.windows);
        std::vector<WindowPlace> places;
        for (std::size_t draw = 0; draw < 20 * wanted && places.size() < wanted; ++draw)
            add_members(lowest + random_() % span, places);
        if (!places.empty()) return maker_.batch(places, {origins_, trained_.scaling});
        return fail(ErrorCode::invalid_argument,
                    fmt::format("a network has too little to learn from: {} series of at most {} periods before the "
                                "validation window; give more or longer series",
                                window_.series.size(), longest_));
    }

    void add_members(std::size_t back, std::vector<WindowPlace>& places) {
        auto group = maker_.groups()[random_() % maker_.groups().size()];
        const auto most = 2 * static_cast<std::size_t>(plan_.windows);
        if (group.size() > most) std::ranges::shuffle(group, random_);
        for (const auto s : group)
            if (window_.series[s].values.size() >= back + least_seen && places.size() < most)
                places.push_back({s, static_cast<std::uint32_t>(back)});
    }

    struct Asked {
        std::vector<WindowPlace> places;
        WindowBatch batch;
    };
    std::vector<Asked> validation_batches() const {
        std::vector<Asked> asked;
        for (auto& places : newest(maker_, most_asked))
            asked.push_back({places, maker_.batch(places, {1, trained_.scaling})});
        return asked;
    }

    // Keeps the weights where the error in the validation window is the least so far.
    Result<> look(int step) {
        double error = 0, actual = 0;
        const auto quantiles = trained_.shape.quantiles.size(), middle = quantiles / 2;
        for (const auto& asked : asked_) {
            const auto values = TRY(network_->predict(asked.batch.view()));
            for (std::size_t w = 0; w < asked.places.size(); ++w) {
                const auto& series = window_.series[asked.places[w].series];
                for (std::size_t h = 0; h < series.horizon(); ++h) {
                    if (!(series.weight[h] > 0)) continue;
                    const auto at = (w * static_cast<std::size_t>(trained_.shape.horizon) + h) * quantiles + middle;
                    error += std::abs(double(values[at]) * asked.batch.levels[w] - series.actual[h]);
                    actual += std::abs(series.actual[h]);
                }
            }
        }
        const double wape = actual > 0 ? error / actual : 0;
        if (step > 0 && wape >= trained_.error) return {};
        trained_.error = wape;
        trained_.steps = step;
        trained_.weights = TRY(network_->weights());
        return {};
    }

    TrainingPlan plan_;
    const RunOptions& options_;
    Dataset window_;
    engines::NetworkShape sizes_;
    WindowMaker maker_;
    std::mt19937_64 random_;
    std::size_t longest_ = 0;
    int origins_ = 1;
    TrainedNetwork trained_;
    std::unique_ptr<engines::Network> network_;
    std::vector<Asked> asked_;
};

Result<> check_fits(const TrainedNetwork& trained, const engines::NetworkShape& asked) {
    const auto& learned = trained.shape;
    bool fits = asked.past_columns == learned.past_columns && asked.future_columns == learned.future_columns &&
                asked.categories.size() == learned.categories.size() && asked.horizon == learned.horizon &&
                (learned.regions == 0 || asked.regions <= learned.regions);
    for (std::size_t k = 0; fits && k < asked.categories.size(); ++k)
        fits = asked.categories[k] <= learned.categories[k];
    if (fits) return {};
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("the network learned {} and {} columns, {} categories and {} periods ahead; the data have {} "
                    "and {}, {} and {}, or categories that it never saw. Train it on these data",
                    learned.past_columns, learned.future_columns, learned.categories.size(), learned.horizon,
                    asked.past_columns, asked.future_columns, asked.categories.size(), asked.horizon));
}

}  // namespace

Result<TrainedNetwork> train_network(const Dataset& dataset, const TrainingPlan& plan, const RunOptions& options) {
    if (earlier(dataset, 1, least_seen).series.empty())
        return fail(
            ErrorCode::invalid_argument,
            "a network has too little to learn from: no series keeps 8 periods before a validation window; give "
            "longer series");
    return Trainer(dataset, plan, options).run();
}

Result<std::vector<Predictions>> network_quantiles(const TrainedNetwork& trained, const Dataset& dataset, int threads) {
    const WindowMaker maker(dataset, trained.shape.horizon);
    TRY(check_fits(trained, maker.shape(trained.shape.encoder)));
    auto network = TRY(engines::make_network(trained.shape, {.threads = threads_of(threads)}));
    TRY(network->set_weights(trained.weights));
    const auto quantiles = trained.shape.quantiles.size(), horizon = static_cast<std::size_t>(trained.shape.horizon);
    std::vector<Predictions> all(quantiles, Predictions(dataset.series.size()));
    for (const auto& places : newest(maker, dataset.series.size())) {
        const auto batch = maker.batch(places, {1, trained.scaling});
        const auto values = TRY(network->predict(batch.view()));
        for (std::size_t w = 0; w < places.size(); ++w) {
            const auto& series = dataset.series[places[w].series];
            const double level = ever_sold(series) ? batch.levels[w] : 0.0;
            for (std::size_t h = 0; h < series.horizon(); ++h)
                for (std::size_t q = 0; q < quantiles; ++q)
                    all[q][places[w].series].push_back(values[(w * horizon + h) * quantiles + q] * level);
        }
    }
    return all;
}

}  // namespace suanpan::demand
