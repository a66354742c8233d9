#include "areas/demand/train.h"

#include <fmt/format.h>

#include <utility>

#include "areas/demand/model_file.h"

namespace suanpan::demand {
namespace {

// Raised where the same data and options would give other numbers than before.
constexpr std::string_view algorithm = "4";

constexpr const char* after = "after";  // the option that names the version this one goes on from

std::map<std::string, std::string> described(const Training& training) {
    const auto& [period, options, history, refit_every, base] = training;
    std::string levels;
    for (const double level : options.levels) levels += fmt::format("{}{}", levels.empty() ? "" : " ", level);
    return {{"algorithm", std::string(algorithm)},        {"period", std::string(period.name)},
            {"season", std::to_string(options.season)},   {"horizon", std::to_string(options.horizon)},
            {"window", std::to_string(options.window)},   {"origins", std::to_string(options.origins)},
            {"least", std::to_string(options.least)},     {"longest", std::to_string(options.longest)},
            {"samples", std::to_string(options.samples)}, {"levels", levels},
            {"refit_every", std::to_string(refit_every)}};
}

models::Metric metric_of(std::span<const ItemModel> items) {
    models::Metric metric{.name = "RMSE of demand over the window, summed over items", .unit = "units"};
    for (const auto& item : items) {
        metric.value += item.error;
        metric.baseline += item.baseline_error;
        metric.windows += item.judged;
    }
    return metric;
}

}  // namespace

models::Card card_of(const Training& training) {
    models::Card card{.name = std::string(training.period.model),
                      .method = "the best of seasonal naive, window average, SES, ETS and Theta by item",
                      .baseline = "seasonal_naive",
                      .data_fingerprint = fingerprint(training.history),
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
           card.data_fingerprint == fingerprint(training.history);
}

Result<Made> train(const store::Shop& shop, Training& training, models::Card card) {
    Trained trained;
    if (training.base) {
        auto base = *std::exchange(training.base, std::nullopt);
        const auto before = TRY(from_files(base.version.files));
        base.version.files.clear();  // of a million items, a gigabyte
        const auto newest = training.history.end.time_since_epoch().count() / training.period.days;
        trained = TRY(train_panel_after(training.history.series, training.options,
                                        {before, base.since, newest, training.refit_every}));
    } else {
        trained.models = TRY(train_panel(training.history.series, training.options));
    }
    card.metrics = {metric_of(trained.models)};
    return Made{TRY(models::write_draft(shop, std::move(card), TRY(to_files(trained.models)))), trained.kept};
}

Result<Day> end_of(const models::Card& card) {
    return TRY(parse_day(card.to)) + Days(1);
}

Result<std::vector<ItemForecast>> serve(models::Version version, const Training& training) {
    const auto since = (training.history.end - TRY(end_of(version.card))) / Days(training.period.days);
    if (since < 0)
        return fail(ErrorCode::conflict, "this version was trained on later data; take an older one or a later day",
                    version.card.version);
    const auto items = TRY(from_files(version.files));
    version.files.clear();
    return serve_panel(items, training.history.series, static_cast<std::size_t>(since), training.options);
}

}  // namespace suanpan::demand
