#include "areas/demand/train.h"

#include <fmt/format.h>

#include <utility>

#include "areas/demand/model_file.h"
#include "areas/demand/shared/shared_file.h"
#include "areas/demand/shared/weather.h"

namespace suanpan::demand {
namespace {

// Raised where the same data and options would give other numbers than before.
constexpr std::string_view algorithm = "6";

constexpr const char* after = "after";  // the option that names the version this one goes on from

std::map<std::string, std::string> described(const Training& training) {
    const auto& options = training.options;
    std::string levels;
    for (const double level : options.levels) levels += fmt::format("{}{}", levels.empty() ? "" : " ", level);
    std::map<std::string, std::string> words{{"algorithm", std::string(algorithm)},
                                             {"period", std::string(training.period.name)},
                                             {"season", std::to_string(options.season)},
                                             {"horizon", std::to_string(options.horizon)},
                                             {"window", std::to_string(options.window)},
                                             {"origins", std::to_string(options.origins)},
                                             {"least", std::to_string(options.least)},
                                             {"longest", std::to_string(options.longest)},
                                             {"samples", std::to_string(options.samples)},
                                             {"levels", levels},
                                             {"refit_every", std::to_string(training.refit_every)},
                                             {"shared", training.covariates ? "on" : "off"}};
    std::string challengers;
    for (const auto one : training.challengers)
        challengers += (challengers.empty() ? "" : " ") + std::string(name(one));
    if (!challengers.empty()) words["challengers"] = challengers;
    return words;
}

std::string data_of(const Training& training) {
    const auto history = fingerprint(training.history);
    return training.covariates ? models::checksum(history + fingerprint(*training.covariates)) : history;
}

ServedError error_of(const ItemModel& item, const std::optional<SharedModel>& shared) {
    if (shared)
        if (const auto found = shared->errors.find(item.id); found != shared->errors.end()) return found->second;
    return {item.error, item.baseline_error, item.judged};
}

models::Metric metric_of(std::span<const ItemModel> items, const std::optional<SharedModel>& shared) {
    models::Metric metric{.name = "RMSE of demand over the window, summed over items", .unit = "units"};
    for (const auto& item : items) {
        const auto [error, baseline, windows] = error_of(item, shared);
        metric.value += error;
        metric.baseline += baseline;
        metric.windows += windows;
    }
    return metric;
}

}  // namespace

models::Card card_of(const Training& training) {
    models::Card card{
        .name = std::string(training.period.model),
        .method =
            "the best of seasonal naive, window average, SES, ETS and Theta by item; boosted trees over all "
            "items for the classes of items where they do better, alone or with the challengers that do better still",
        .baseline = "seasonal_naive",
        .data_fingerprint = data_of(training),
        .from = format(training.history.begin),
        .to = format(training.history.end - Days(1)),
        .seed = static_cast<std::int64_t>(training.options.seed),
        .options = described(training)};
    if (training.base) card.options[after] = training.base->version.card.version;
    auto identity = card.data_fingerprint + std::to_string(card.seed);
    for (const auto& [key, value] : card.options) identity += "\n" + key + "=" + value;
    card.version = stamp(training.history.end).substr(0, 8) + "-" + models::checksum(identity).substr(0, 12);
    return card;
}

std::optional<Base> base_of(models::Version version, const Training& training) {
    const auto end = end_of(version.card);
    auto options = version.card.options;
    options.erase(after);
    if (!end || *end > training.history.end || training.refit_every <= 1 || options != described(training))
        return std::nullopt;
    const auto since = (training.history.end - *end) / Days(training.period.days);
    return Base{std::move(version), static_cast<std::size_t>(since)};
}

bool is_same(const models::Card& card, const Training& training) {
    const auto end = end_of(card);
    auto options = card.options;
    options.erase(after);
    return end && *end == training.history.end && options == described(training) &&
           card.data_fingerprint == data_of(training);
}

namespace {

// What becomes of the model of all items, and what is said of it.
struct SharedOutcome {
    std::optional<SharedModel> model;
    std::string said;
};

// Weather may have been left out when it was learned.
bool fits(const SharedModel& model, const Covariates& covariates) {
    return model.covariates == names_of(covariates) || model.covariates == names_without_weather(covariates);
}

bool is_current(const SharedModel& model, const Training& training) {
    return training.history.end - model.end < Days(training.period.days) * training.refit_every &&
           fits(model, *training.covariates);
}

// The earlier one for as long as it is not due; what cannot be learned is left out, and said.
Result<SharedOutcome> shared_for(const Training& training, std::optional<SharedModel> earlier) {
    if (!training.covariates) return SharedOutcome{};
    if (earlier && is_current(*earlier, training)) return SharedOutcome{std::move(earlier), ""};
    auto learned = learn_shared(training.history, *training.covariates, training.challengers, training.options);
    if (training.options.stop.stop_requested())
        return fail(ErrorCode::unavailable, "the training was stopped; run it again");
    if (!learned) return SharedOutcome{std::nullopt, learned.error().text()};
    auto said = *learned ? (*learned)->choice : "no better than the items' own methods";
    return SharedOutcome{*std::move(learned), std::move(said)};
}

}  // namespace

Result<Made> train(const store::Shop& shop, Training& training, models::Card card) {
    Trained trained;
    std::optional<SharedModel> earlier;
    if (training.base) {
        auto base = *std::exchange(training.base, std::nullopt);
        const auto before = TRY(from_files(base.version.files));
        earlier = TRY(shared_of(base.version.files));
        base.version.files.clear();  // of a million items, a gigabyte
        const auto newest = training.history.end.time_since_epoch().count() / training.period.days;
        trained = TRY(train_panel_after(training.history.series, training.options,
                                        {before, base.since, newest, training.refit_every}));
    } else {
        trained.models = TRY(train_panel(training.history.series, training.options));
    }
    const auto shared = TRY(shared_for(training, std::move(earlier)));
    card.metrics = {metric_of(trained.models, shared.model)};
    auto files = TRY(to_files(trained.models));
    if (shared.model) TRY(add_shared(files, *shared.model));
    return Made{TRY(models::write_draft(shop, std::move(card), files)), trained.kept, shared.said};
}

Result<std::vector<ItemForecast>> serve(models::Version version, Training& training) {
    const auto since = (training.history.end - TRY(end_of(version.card))) / Days(training.period.days);
    if (since < 0)
        return fail(ErrorCode::conflict, "this version was trained on later data; take an older one or a later day",
                    version.card.version);
    const auto items = TRY(from_files(version.files));
    const auto shared = TRY(shared_of(version.files));
    version.files.clear();
    auto forecasts =
        TRY(serve_panel(items, training.history.series, static_cast<std::size_t>(since), training.options));
    auto covariates = std::exchange(training.covariates, std::nullopt);
    if (shared && covariates && fits(*shared, *covariates)) {
        if (shared->covariates != names_of(*covariates)) covariates = without_weather(*std::move(covariates));
        const auto put = put_shared(forecasts, *shared, *std::move(covariates), training.options);
        // Data that no longer fit what was learned are no reason to forecast nothing.
        if (!put && put.error().code != ErrorCode::conflict) return std::unexpected(put.error());
    }
    return forecasts;
}

Result<Day> end_of(const models::Card& card) {
    return TRY(parse_day(card.to)) + Days(1);
}

}  // namespace suanpan::demand
