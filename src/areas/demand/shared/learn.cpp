#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/demand/backtest.h"
#include "areas/demand/shared/shared.h"
#include "areas/demand/shared/weather.h"
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

RunOptions run_options(const PanelOptions& options) {
    return {.threads = options.threads,
            .seed = options.seed,
            .rounds = most_rounds,
            .aim = Aim::mean,
            .trees = budget,
            .stop = options.stop};
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
    Comparison(const Dataset& dataset, const std::vector<std::vector<JudgedWindow>>& own, const PanelOptions& options)
        : own_(own), options_(options), rule_(class_rule(dataset.step_days)), items_(dataset.series.size()) {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            items_[i].item_class = class_of(dataset.series[i].values, rule_);
            place_.emplace(dataset.series[i].id, i);
        }
    }

    // What the trees said.
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
                                             .origin = asked.origin,
                                             .challenges = {}});
        }
    }
    // What a challenger said of a window that the trees were asked for.
    void add_challenge(const AskedWindow& asked) {
        for (std::size_t s = 0; s < asked.data.series.size(); ++s) {
            auto& windows = items_[place_.at(asked.data.series[s].id)].windows;
            const auto window = std::ranges::find(windows, asked.origin, &ComparedWindow::origin);
            if (window != windows.end()) window->challenges.push_back(sum_of_observed(asked.predictions[s]));
        }
    }

    // Of the shared model alone, summed over all windows.
    [[nodiscard]] double shared_error() const {
        double error = 0;
        for (const auto& item : items_)
            for (const auto& window : item.windows) error += std::abs(window.shared - window.actual);
        return error;
    }

    [[nodiscard]] std::vector<ClassChoice> choices() const {
        std::vector<ClassChoice> choices;
        for (std::size_t c = 0; c < class_count; ++c) {
            std::vector<ComparedItem> members;
            std::ranges::copy_if(items_, std::back_inserter(members),
                                 [&](const auto& item) { return item.item_class == c; });
            choices.push_back(choose_mix(std::move(members), options_.levels));
        }
        return choices;
    }

    [[nodiscard]] std::map<std::string, ServedError> errors(const std::vector<ClassChoice>& choices) const {
        std::map<std::string, ServedError> errors;
        for (const auto& [id, place] : place_) {
            const auto& [item_class, windows] = items_[place];
            const auto& choice = choices[item_class];
            if (choice.weight > 0 && !windows.empty())
                errors.emplace(id, served_error(mixed(windows, choice.mix), choice.weight));
        }
        return errors;
    }

  private:
    std::vector<std::vector<JudgedWindow>> own_;
    PanelOptions options_;
    ClassRule rule_;
    std::vector<ComparedItem> items_;
    std::map<std::string, std::size_t, std::less<>> place_;
};

// What the trees are, and how they did in the judged windows.
struct Trial {
    TreeChoice choice;
    Comparison comparison;
};

// The trees that are judged have seen nothing of the windows.
Result<std::optional<Trial>> try_trees(const Dataset& seen, const std::vector<std::vector<JudgedWindow>>& own,
                                       const PanelOptions& options, const std::function<void()>& tell) {
    const auto run = run_options(options);
    const auto window = static_cast<std::size_t>(options.window);
    const auto horizon = static_cast<std::size_t>(std::max(options.horizon, options.window));
    const auto past = earlier(seen, {judged_windows * window, horizon, least_seen});
    if (past.series.empty()) return std::nullopt;
    Trial trial{TRY(choose_trees(past, run)), Comparison(seen, own, options)};
    tell();
    const auto trees = TRY(learn_trees(trial.choice, past, run));
    tell();
    for (std::size_t origin = judged_windows; origin >= 1; --origin) {
        const auto asked = earlier(seen, {origin * window, window, least_seen});
        trial.comparison.add({static_cast<int>(origin), asked, on_open_days(TRY(ask_trees(trees, asked)), asked)});
        tell();
    }
    return trial;
}

// Asks a challenger, that has seen nothing of them, for the windows that the trees were asked for.
Result<> try_challenger(Challenger challenger, const Covariates& seen, const PanelOptions& options, Trial& trial,
                        const std::function<void()>& tell) {
    const auto window = static_cast<std::size_t>(options.window);
    const auto horizon = static_cast<std::size_t>(std::max(options.horizon, options.window));
    const auto past = earlier(seen.dataset, {judged_windows * window, horizon, least_seen});
    const auto learned = TRY(learn_challenger(challenger, past, seen.kinds, run_options(options)));
    tell();
    std::vector<Predictions> said;  // all or none of the windows are compared
    std::vector<Dataset> asked;
    for (std::size_t origin = judged_windows; origin >= 1; --origin) {
        asked.push_back(earlier(seen.dataset, {origin * window, window, least_seen}));
        said.push_back(on_open_days(TRY(ask_challenger(learned, asked.back(), options.threads)), asked.back()));
        tell();
    }
    for (std::size_t k = 0; k < said.size(); ++k)
        trial.comparison.add_challenge({static_cast<int>(judged_windows - k), asked[k], said[k]});
    return {};
}

struct Tried {
    std::vector<Challenger> challengers;  // in the order of the windows' challenges
    std::string left_out;                 // why others could not be tried
};

// Too little to learn from, or a library that is not there, is no reason to have no trees.
Result<Tried> try_challengers(std::span<const Challenger> challengers, const Covariates& seen,
                              const PanelOptions& options, Trial& trial, const std::function<void()>& tell) {
    Tried tried;
    for (const auto challenger : challengers) {
        const auto done = try_challenger(challenger, seen, options, trial, tell);
        if (options.stop.stop_requested()) return fail(ErrorCode::unavailable, "the learning was stopped");
        if (done)
            tried.challengers.push_back(challenger);
        else
            tried.left_out += fmt::format("; no {}: {}", name(challenger), done.error().message);
    }
    return tried;
}

// Learns those of the tried ones that a class has a share for, and leaves out the others' shares.
Result<> learn_chosen(const Tried& trial, const Covariates& seen, const PanelOptions& options, SharedModel& model) {
    const auto& tried = trial.challengers;
    model.choice += trial.left_out;
    std::vector<std::size_t> kept;
    for (std::size_t k = 0; k < tried.size(); ++k) {
        const auto classes = std::ranges::count_if(
            model.classes, [&](const auto& one) { return one.weight > 0 && !one.mix.empty() && one.mix[k + 1] > 0; });
        if (classes == 0) continue;
        kept.push_back(k);
        model.challengers.push_back(TRY(learn_challenger(tried[k], seen.dataset, seen.kinds, run_options(options))));
        model.choice += fmt::format("; {} in {} of {} classes of items", name(tried[k]), classes, class_count);
    }
    for (auto& one : model.classes) {
        if (one.mix.empty()) continue;
        std::vector<double> mix{one.mix[0]};
        for (const auto k : kept) mix.push_back(one.mix[k + 1]);
        one.mix = std::move(mix);
    }
    return {};
}

constexpr double least_gain_of_weather = 0.01;  // of the trees' error

}  // namespace

Result<std::optional<SharedModel>> learn_shared(const History& history, const Covariates& covariates,
                                                std::span<const Challenger> challengers, const PanelOptions& options) {
    const auto places = drawn(history);
    const auto own = judge_own(history, places, options);
    auto names = names_of(covariates);
    const bool has_weather = names != names_without_weather(covariates);
    const std::size_t steps = (has_weather ? 2 : 1) * (judged_windows + 2) + challengers.size() * (judged_windows + 1);
    const std::function<void()> tell = [&, done = std::size_t{0}]() mutable { options.learning(++done, steps); };
    Covariates drawn_ones{part_of(covariates.dataset, places), covariates.kinds};
    auto trial = TRY(try_trees(drawn_ones.dataset, own, options, tell));
    if (trial && has_weather) {
        auto plain = without_weather(drawn_ones);
        auto without = TRY(try_trees(plain.dataset, own, options, tell));
        if (trial->comparison.shared_error() > (1 - least_gain_of_weather) * without->comparison.shared_error()) {
            trial = std::move(without);
            drawn_ones = std::move(plain);
            names = names_of(drawn_ones);
        }
    }
    if (!trial) return std::nullopt;
    const auto tried = TRY(try_challengers(challengers, drawn_ones, options, *trial, tell));
    const auto choices = trial->comparison.choices();
    if (std::ranges::none_of(choices, [](const auto& one) { return one.weight > 0; })) return std::nullopt;
    SharedModel model{.trees = TRY(learn_trees(trial->choice, drawn_ones.dataset, run_options(options))),
                      .choice = trial->choice.text(),
                      .covariates = std::move(names),
                      .kinds = covariates.kinds,
                      .classes = choices,
                      .challengers = {},
                      .errors = trial->comparison.errors(choices),
                      .end = history.end};
    TRY(learn_chosen(tried, drawn_ones, options, model));
    return model;
}

}  // namespace suanpan::demand
