#include "areas/demand/train.h"

#include <fmt/format.h>

#include "areas/demand/model_file.h"

namespace suanpan::demand {
namespace {

// Raised where the same data and options would give other numbers than before.
constexpr std::string_view algorithm = "3";

std::map<std::string, std::string> described(const Period& period, const PanelOptions& options) {
    std::string levels;
    for (const double level : options.levels) levels += fmt::format("{}{}", levels.empty() ? "" : " ", level);
    return {{"algorithm", std::string(algorithm)},        {"period", std::string(period.name)},
            {"season", std::to_string(options.season)},   {"horizon", std::to_string(options.horizon)},
            {"window", std::to_string(options.window)},   {"origins", std::to_string(options.origins)},
            {"least", std::to_string(options.least)},     {"longest", std::to_string(options.longest)},
            {"samples", std::to_string(options.samples)}, {"levels", levels}};
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
                      .options = described(training.period, training.options)};
    auto identity = card.data_fingerprint + std::to_string(card.seed);
    for (const auto& [key, value] : card.options) identity += "\n" + key + "=" + value;
    card.version = stamp(training.history.end).substr(0, 8) + "-" + models::checksum(identity).substr(0, 12);
    return card;
}

Result<models::Draft> train(const store::Shop& shop, const Training& training, models::Card card) {
    const auto items = TRY(train_panel(training.history.series, training.options));
    card.metrics = {metric_of(items)};
    return models::write_draft(shop, std::move(card), TRY(to_files(items)));
}

Result<Day> end_of(const models::Card& card) {
    return TRY(parse_day(card.to)) + Days(1);
}

Result<std::vector<ItemForecast>> serve(const models::Version& version, const Training& training) {
    const auto since = (training.history.end - TRY(end_of(version.card))) / Days(training.period.days);
    if (since < 0)
        return fail(ErrorCode::conflict, "this version was trained on later data; take an older one or a later day",
                    version.card.version);
    return serve_panel(TRY(from_files(version.files)), training.history.series, static_cast<std::size_t>(since),
                       training.options);
}

}  // namespace suanpan::demand
