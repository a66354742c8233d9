#include "platform/engines/boosting.h"

#include <fmt/format.h>

#include "platform/engines/lightgbm_forest.h"
#include "platform/engines/lightgbm_library.h"

namespace suanpan::engines {
namespace {

Result<> done(const LightGbm& api, int status, const char* doing) {
    if (status == 0) return {};
    return fail(ErrorCode::invalid_argument, fmt::format("LightGBM cannot {}: {}", doing, api.last_error()));
}

std::string parameters_of(const BoostingOptions& options, const std::vector<int>& categorical) {
    std::string columns;
    for (const int column : categorical) columns += fmt::format("{}{}", columns.empty() ? "" : ",", column);
    return fmt::format(
        "objective={} alpha={} tweedie_variance_power={} learning_rate={} num_leaves={} min_data_in_leaf={} "
        "feature_fraction={} bagging_fraction={} bagging_freq=1 lambda_l2={} max_bin={} seed={} num_threads={} "
        "deterministic=true force_row_wise=true verbosity=-1{}",
        options.objective, options.quantile, options.tweedie_power, options.learning_rate, options.leaves,
        options.least_rows, options.feature_share, options.row_share, options.ridge, options.bins,
        options.seed % 2'000'000'000, options.threads, columns.empty() ? "" : " categorical_feature=" + columns);
}

using Handle = std::unique_ptr<void, int (*)(void*)>;

Result<Handle> dataset_of(const LightGbm& api, const TrainingRows& rows, const std::string& parameters) {
    void* raw = nullptr;
    TRY(done(api,
             api.dataset_from_matrix(
                 rows.features.values.data(), LightGbm::float32, static_cast<std::int32_t>(rows.features.count()),
                 static_cast<std::int32_t>(rows.features.columns), 1, parameters.c_str(), nullptr, &raw),
             "take the rows"));
    Handle dataset(raw, api.dataset_free);
    const auto set = [&](const char* name, std::span<const float> values) {
        return done(api,
                    api.dataset_set_field(raw, name, values.data(), static_cast<int>(values.size()), LightGbm::float32),
                    "take labels and weights");
    };
    TRY(set("label", rows.labels));
    if (!rows.weights.empty()) TRY(set("weight", rows.weights));
    return dataset;
}

}  // namespace

Result<> check_rows(const TrainingRows& rows) {
    const auto count = rows.features.count();
    if (count == 0 || count > 2'000'000'000)
        return fail(ErrorCode::invalid_argument, fmt::format("{} rows to train on; give 1 to 2,000,000,000", count));
    if (rows.features.values.size() != count * rows.features.columns || rows.labels.size() != count ||
        (!rows.weights.empty() && rows.weights.size() != count))
        return fail(ErrorCode::invalid_argument, fmt::format("{} rows have {} labels and {} weights", count,
                                                             rows.labels.size(), rows.weights.size()));
    return {};
}

Result<Boosting> Boosting::train(const TrainingRows& rows, const BoostingOptions& options) {
    const auto& api = *TRY(light_gbm());
    TRY(check_rows(rows));
    const auto parameters = parameters_of(options, rows.categorical);
    const auto dataset = TRY(dataset_of(api, rows, parameters));
    void* raw = nullptr;
    TRY(done(api, api.create(dataset.get(), parameters.c_str(), &raw), "begin"));
    std::shared_ptr<void> booster(raw, [&api](void* handle) { api.free(handle); });
    for (int round = 0; round < options.rounds; ++round) {
        int finished = 0;  // says that this tree's columns allowed no split; the next tree draws others
        TRY(done(api, api.update(raw, &finished), "grow a tree"));
        if (!options.watch || (round + 1) % options.watch_every != 0) continue;
        if (!TRY(options.watch(Boosting(booster), round + 1))) break;
    }
    // A booster keeps its training data; one read back from its text does not.
    return load(TRY(Boosting(booster).text()));
}

Result<Boosting> Boosting::load(const std::string& text) {
    const auto& api = *TRY(light_gbm());
    void* raw = nullptr;
    int rounds = 0;
    TRY(done(api, api.load(text.c_str(), &rounds, &raw), "read the model"));
    Boosting trees(std::shared_ptr<void>(raw, [&api](void* handle) { api.free(handle); }));
    if (auto forest = read_lightgbm_forest(text))
        trees.forest_ = std::make_shared<const LightGbmForest>(*std::move(forest));
    return trees;
}

namespace {

// LightGBM's kind of prediction, over rounds from one on; -1: all.
struct Asked {
    int kind = LightGbm::normal, first = 0, count = -1;
};

Result<std::vector<double>> predicted(void* booster, const Rows& rows, const Asked& asked) {
    const auto& api = *TRY(light_gbm());
    std::vector<double> values(rows.count() * (asked.kind == LightGbm::contribution ? rows.columns + 1 : 1));
    if (values.empty()) return values;
    std::int64_t size = 0;
    TRY(done(api,
             api.predict(booster, rows.values.data(), LightGbm::float32, static_cast<std::int32_t>(rows.count()),
                         static_cast<std::int32_t>(rows.columns), 1, asked.kind, asked.first, asked.count, "", &size,
                         values.data()),
             "predict"));
    return values;
}

}  // namespace

Result<std::vector<double>> Boosting::predict(const Rows& rows) const {
    if (forest_ && forest_->columns == rows.columns) return forest_->predict(rows);
    return predicted(handle_.get(), rows, {});
}

Result<std::vector<double>> Boosting::sums(const Rows& rows, Span rounds) const {
    return predicted(handle_.get(), rows, {LightGbm::raw, rounds.first, rounds.count});
}

Result<std::vector<double>> Boosting::contributions(const Rows& rows) const {
    return predicted(handle_.get(), rows, {.kind = LightGbm::contribution});
}

Result<std::string> Boosting::text() const {
    const auto& api = *TRY(light_gbm());
    std::int64_t size = 0;
    TRY(done(api, api.save(handle_.get(), 0, -1, LightGbm::gain, 0, &size, nullptr), "write the model"));
    std::string text(static_cast<std::size_t>(size), '\0');
    TRY(done(api, api.save(handle_.get(), 0, -1, LightGbm::gain, size, &size, text.data()), "write the model"));
    text.resize(text.empty() ? 0 : text.size() - 1);  // its end of a C string
    return text;
}

Result<std::vector<double>> Boosting::gains(std::size_t columns) const {
    const auto& api = *TRY(light_gbm());
    std::vector<double> gains(columns);
    TRY(done(api, api.importance(handle_.get(), -1, LightGbm::gain, gains.data()), "tell the gains"));
    return gains;
}

}  // namespace suanpan::engines
