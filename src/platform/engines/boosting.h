#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/result.h"

// Gradient boosted decision trees (Friedman 2001) by LightGBM (Ke et al. 2017).
namespace suanpan::engines {

// Rows of features, one after the other; NaN is a missing value.
struct Rows {
    std::span<const float> values;
    std::size_t columns = 0;

    [[nodiscard]] std::size_t count() const { return columns == 0 ? 0 : values.size() / columns; }
};

struct TrainingRows {
    Rows features;
    std::span<const float> labels;   // one a row
    std::span<const float> weights;  // one a row, or none
    std::vector<int> categorical;    // columns whose numbers (from 0) are names
};

// Errors: invalid_argument for no rows, too many, or sizes that do not fit.
[[nodiscard]] Result<> check_rows(const TrainingRows& rows);

class Boosting;
struct LightGbmForest;

struct BoostingOptions {
    std::string objective = "regression_l1";  // LightGBM's: regression_l1, regression, quantile, tweedie, poisson
    double quantile = 0.5;                    // for "quantile"
    double tweedie_power = 1.3;               // for "tweedie", between 1 and 2
    int rounds = 400;
    double learning_rate = 0.05;
    int leaves = 63;
    int least_rows = 40;         // in a leaf
    double feature_share = 0.7;  // of the columns, drawn for each tree
    double row_share = 0.8;      // of the rows, drawn for each tree
    double ridge = 1.0;          // lambda_l2
    int bins = 255;
    std::uint64_t seed = 1;
    int threads = 0;  // 0: as many as the machine has
    // Looks at the trees grown so far after every `watch_every` rounds; where it says false, no more are grown.
    std::function<Result<bool>(const Boosting& grown, int rounds)> watch;
    int watch_every = 20;
};

class Boosting {
  public:
    // Errors: unavailable where LightGBM's library is not found, naming where it was looked for; invalid_argument for
    // no rows, sizes that do not fit, or options that LightGBM refuses, with its sentence. The same rows, options and
    // number of threads give the same trees.
    [[nodiscard]] static Result<Boosting> train(const TrainingRows& rows, const BoostingOptions& options);
    [[nodiscard]] static Result<Boosting> load(const std::string& text);  // that `text` gave

    [[nodiscard]] Result<std::vector<double>> predict(const Rows& rows) const;
    // What the trees of some rounds sum to, before the objective's link ("tweedie" and "poisson": exp) is applied.
    struct Span {
        int first = 0, count = 0;  // rounds
    };
    [[nodiscard]] Result<std::vector<double>> sums(const Rows& rows, Span rounds) const;
    // TreeSHAP (Lundberg and Lee 2017): a row's columns and then the base, which together are its raw prediction.
    [[nodiscard]] Result<std::vector<double>> contributions(const Rows& rows) const;
    [[nodiscard]] Result<std::string> text() const;  // LightGBM's own format
    // How much each column lowered the loss in all trees.
    [[nodiscard]] Result<std::vector<double>> gains(std::size_t columns) const;

  private:
    explicit Boosting(std::shared_ptr<void> handle) : handle_(std::move(handle)) {}
    std::shared_ptr<void> handle_;
    std::shared_ptr<const LightGbmForest> forest_;  // of a model that grows no more; nullptr: the library is asked
};

}  // namespace suanpan::engines
