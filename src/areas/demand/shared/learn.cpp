#include <algorithm>
#include <cmath>

#include "areas/demand/backtest.h"
#include "areas/demand/shared/shared.h"
#include "platform/base/hash.h"
#include "platform/base/parallel.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t most_items = 20'000;  // that are learned from and judged
constexpr TreeBudget budget{
    .samples = 60'000, .race_samples = 30'000, .patience = 30, .learning_rate = 0.15, .is_small = true};
constexpr int most_rounds = 160;
constexpr std::size_t least_seen = 8;  // periods before a judged window
// Errors of one window have what happened in it in common, so that few windows would tell too little of how far the
// next ones may be off.
constexpr int judged_windows = 6;

// Places of the items that are learned from: all, or those whose ids come first in a fixed shuffle.
std::vector<std::size_t> drawn(const History& history) {
    std::vector<std::size_t> places(history.series.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    if (places.size() <= most_items) return places;
    std::ranges::nth_element(places, places.begin() + most_items, {},
                             [&](std::size_t i) { return fnv1a(history.series[i].id); });
    places.resize(most_items);
    std::ranges::sort(places);
    return places;
}

double sum_of_observed(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::isfinite(value) ? value : 0;
    return sum;
}

// What the items' own methods would have forecast for the windows that are judged.
std::vector<std::vector<JudgedWindow>> judge_own(const History& history, const std::vector<std::size_t>& places,
                                                 PanelOptions options) {
    options.origins = judged_windows + 1;
    std::vector<std::vector<JudgedWindow>> windows(places.size());
    in_parallel(places.size(), options.threads, [&](std::size_t i) {
        if (options.stop.stop_requested()) return;
        windows[i] = judged(backtest(newest(history.series[places[i]].values, options), options));
    });
    return windows;
}

ServedError served_error(std::span<const ComparedWindow> windows, double weight) {
    double squares = 0;
    for (const auto& window : windows) squares += std::pow(window.baseline - window.actual, 2);
    return {root_mean_square(windows, weight), std::sqrt(squares / double(windows.size())), std::ssize(windows)};
}

// One window of the past as the shared model is asked for it.
struct AskedWindow {
    int origin;
    const Dataset& data;  // of items that were there
    const Predictions& predictions;
};

class Comparison {
  public:
    Comparison(const Dataset& dataset, std::vector<std::vector<JudgedWindow>> own, const PanelOptions& options)
        : own_(std::move(own)), options_(options), rule_(class_rule(dataset.step_days)), items_(dataset.series.size()) {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            items_[i].item_class = class_of(dataset.series[i].values, rule_);
            place_.emplace(dataset.series[i].id, i);
        }
    }

    void add(const AskedWindow& asked) {
        for (std::size_t s = 0; s < asked.data.series.size(); ++s) {
            const auto& series = asked.data.series[s];
            const auto place = place_.at(series.id);
            const auto own = std::ranges::find(own_[place], asked.origin, &JudgedWindow::origin);
            if (own == own_[place].end()) continue;
            items_[place].windows.push_back({.own = own->forecast,
                                             .shared = sum_of_observed(asked.predictions[s]),
                                             .actual = sum_of_observed(series.actual),
                                             .baseline = own->baseline,
                                             .scatter = scatter_of(series.values, options_.window, rule_),
                                             .promoted = is_promoted(asked.data, s, series.horizon()),
                                             .origin = asked.origin});
        }
    }

    [[nodiscard]] std::vector<ClassChoice> choices() const {
        std::vector<ClassChoice> choices;
        for (std::size_t c = 0; c < class_count; ++c) {
            std::vector<ComparedItem> members;
            std::ranges::copy_if(items_, std::back_inserter(members),
                                 [&](const auto& item) { return item.item_class == c; });
            choices.push_back(choose_weight(members, options_.levels));
        }
        return choices;
    }

    [[nodiscard]] std::map<std::string, ServedError> errors(const std::vector<ClassChoice>& choices) const {
        std::map<std::string, ServedError> errors;
        for (const auto& [id, place] : place_) {
            const auto& [item_class, windows] = items_[place];
            const double weight = choices[item_class].weight;
            if (weight > 0 && !windows.empty()) errors.emplace(id, served_error(windows, weight));
        }
        return errors;
    }

  private:
    std::vector<std::vector<JudgedWindow>> own_;
    const PanelOptions& options_;
    ClassRule rule_;
    std::vector<ComparedItem> items_;
    std::map<std::string, std::size_t, std::less<>> place_;
};

}  // namespace

Result<std::optional<SharedModel>> learn_shared(const History& history, const Covariates& covariates,
                                                const PanelOptions& options) {
    const auto places = drawn(history);
    const auto seen = part_of(covariates.dataset, places);
    const auto window = static_cast<std::size_t>(options.window);
    constexpr std::size_t windows = judged_windows;
    const RunOptions run{.threads = options.threads,
                         .seed = options.seed,
                         .rounds = most_rounds,
                         .aim = Aim::mean,
                         .trees = budget,
                         .stop = options.stop};
    const auto horizon = static_cast<std::size_t>(std::max(options.horizon, options.window));
    const auto past = earlier(seen, {windows * window, horizon, least_seen});
    if (past.series.empty()) return std::nullopt;
    auto tell = [&, done = std::size_t{0}]() mutable { options.learning(done++, windows + 3); };
    tell();
    const auto choice = TRY(choose_trees(past, run));
    tell();
    Comparison comparison(seen, judge_own(history, places, options), options);
    {
        const auto trees = TRY(learn_trees(choice, past, run));
        tell();
        for (auto origin = windows; origin >= 1; --origin) {
            const auto asked = earlier(seen, {origin * window, window, least_seen});
            comparison.add({static_cast<int>(origin), asked, TRY(ask_open_days(trees, asked))});
            tell();
        }
    }
    const auto choices = comparison.choices();
    if (std::ranges::none_of(choices, [](const auto& one) { return one.weight > 0; })) return std::nullopt;
    return SharedModel{.trees = TRY(learn_trees(choice, seen, run)),
                       .choice = choice.text(),
                       .covariates = names_of(covariates),
                       .kinds = covariates.kinds,
                       .classes = choices,
                       .errors = comparison.errors(choices),
                       .end = history.end};
}

}  // namespace suanpan::demand
