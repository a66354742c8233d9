#include "platform/engines/xgboost.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/engines/xgboost_forest.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::engines {
namespace {

Result<> done(const XgBoost& api, int status, const char* doing) {
    if (status == 0) return {};
    std::string why = api.last_error();
    why = why.substr(0, why.find("\nStack trace"));
    return fail(ErrorCode::invalid_argument, fmt::format("XGBoost cannot {}: {}", doing, why));
}

// NumPy's array interface, by which XGBoost takes memory without a copy.
std::string interface_of(std::span<const float> values, std::size_t columns) {
    const auto shape =
        columns == 0 ? fmt::format("[{}]", values.size()) : fmt::format("[{},{}]", values.size() / columns, columns);
    return fmt::format(R"({{"data":[{},true],"shape":{},"typestr":"<f4","version":3}})",
                       reinterpret_cast<std::uintptr_t>(values.data()), shape);
}

using Handle = std::unique_ptr<void, int (*)(void*)>;

Result<Handle> matrix_of(const XgBoost& api, const Rows& rows, int threads) {
    void* raw = nullptr;
    const auto values = interface_of(rows.values, rows.columns);
    const auto config = fmt::format(R"({{"missing":NaN,"nthread":{}}})", threads);
    TRY(done(api, api.matrix(values.c_str(), config.c_str(), &raw), "take the rows"));
    return Handle(raw, api.free_matrix);
}

Result<> check_numeric(const TrainingRows& rows) {
    TRY(check_rows(rows));
    if (!rows.categorical.empty())
        return fail(ErrorCode::invalid_argument, "XGBoost is given no categorical columns here; encode them");
    return {};
}

Result<> set_options(const XgBoost& api, void* booster, const BoostingOptions& options) {
    const std::pair<const char*, std::string> parameters[] = {
        {"objective", options.objective},
        {"quantile_alpha", fmt::format("{}", options.quantile)},
        {"tweedie_variance_power", fmt::format("{}", options.tweedie_power)},
        {"eta", fmt::format("{}", options.learning_rate)},
        {"tree_method", "hist"},
        {"grow_policy", "lossguide"},
        {"max_depth", "0"},
        {"max_leaves", fmt::format("{}", options.leaves)},
        {"min_child_weight", fmt::format("{}", options.least_rows)},
        {"colsample_bytree", fmt::format("{}", options.feature_share)},
        {"subsample", fmt::format("{}", options.row_share)},
        {"lambda", fmt::format("{}", options.ridge)},
        {"max_bin", fmt::format("{}", options.bins)},
        {"seed", fmt::format("{}", options.seed % 2'000'000'000)},
        {"nthread", fmt::format("{}", options.threads)},
        {"verbosity", "0"}};
    for (const auto& [name, value] : parameters) {
        if (std::string_view(name) == "quantile_alpha" && options.objective != "reg:quantileerror") continue;
        TRY(done(api, api.set_parameter(booster, name, value.c_str()), "take an option"));
    }
    return {};
}

// kind: 0 values, 2 contributions (c_api.h, XGBoosterPredictFromDMatrix).
Result<> ask_block(const XgBoost& api, void* booster, const Rows& rows, int kind, std::vector<double>& into) {
    const auto matrix = TRY(matrix_of(api, rows, 0));
    const auto config = fmt::format(
        R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}})", kind);
    const bst_ulong* shape = nullptr;
    const float* found = nullptr;
    bst_ulong dimensions = 0;
    TRY(done(api, api.predict(booster, matrix.get(), config.c_str(), &shape, &dimensions, &found), "predict"));
    std::size_t size = 1;
    for (bst_ulong d = 0; d < dimensions; ++d) size *= shape[d];
    into.insert(into.end(), found, found + size);
    return {};
}

// A block at a time: the library keeps its own copy of the rows, twice as large.
Result<std::vector<double>> ask(void* booster, const Rows& rows, int kind) {
    constexpr std::size_t block = 65'536;
    std::vector<double> values;
    if (rows.count() == 0) return values;
    const auto& api = *TRY(xg_boost());
    for (std::size_t from = 0; from < rows.count(); from += block) {
        const auto count = std::min(block, rows.count() - from);
        const Rows part{rows.values.subspan(from * rows.columns, count * rows.columns), rows.columns};
        TRY(ask_block(api, booster, part, kind, values));
    }
    return values;
}

// format: json or ubj.
Result<std::string> saved(const XgBoost& api, void* booster, std::string_view format) {
    bst_ulong size = 0;
    const char* text = nullptr;
    const auto config = fmt::format(R"({{"format":"{}"}})", format);
    TRY(done(api, api.save(booster, config.c_str(), &size, &text), "write the model"));
    return std::string(text, size);
}

}  // namespace

Result<XgBoosting> XgBoosting::train(const TrainingRows& rows, const BoostingOptions& options) {
    const auto& api = *TRY(xg_boost());
    TRY(check_numeric(rows));
    const auto matrix = TRY(matrix_of(api, rows.features, options.threads));
    TRY(done(api, api.set_info(matrix.get(), "label", interface_of(rows.labels, 0).c_str()), "take the labels"));
    if (!rows.weights.empty())
        TRY(done(api, api.set_info(matrix.get(), "weight", interface_of(rows.weights, 0).c_str()), "take weights"));
    void* raw = nullptr;
    void* const known = matrix.get();
    TRY(done(api, api.create(&known, 1, &raw), "begin"));
    std::shared_ptr<void> booster(raw, [&api](void* handle) { api.free(handle); });
    TRY(set_options(api, raw, options));
    for (int round = 0; round < options.rounds; ++round)
        TRY(done(api, api.update(raw, round, matrix.get()), "grow a tree"));
    // A booster keeps its training data; one read back from its bytes does not.
    return load(TRY(XgBoosting(booster).bytes()));
}

Result<XgBoosting> XgBoosting::load(const std::string& bytes) {
    const auto& api = *TRY(xg_boost());
    void* raw = nullptr;
    TRY(done(api, api.create(nullptr, 0, &raw), "begin"));
    std::shared_ptr<void> booster(raw, [&api](void* handle) { api.free(handle); });
    TRY(done(api, api.load(raw, bytes.data(), bytes.size()), "read the model"));
    XgBoosting trees(booster);
    if (auto forest = read_xgboost_forest(TRY(saved(api, raw, "json"))))
        trees.forest_ = std::make_shared<const XgBoostForest>(*std::move(forest));
    return trees;
}

Result<std::vector<double>> XgBoosting::predict(const Rows& rows) const {
    if (forest_ && forest_->columns == rows.columns) return forest_->predict(rows);
    return ask(handle_.get(), rows, 0);
}

Result<std::vector<double>> XgBoosting::contributions(const Rows& rows) const {
    return ask(handle_.get(), rows, 2);
}

Result<std::string> XgBoosting::bytes() const {
    return saved(*TRY(xg_boost()), handle_.get(), "ubj");
}

}  // namespace suanpan::engines
