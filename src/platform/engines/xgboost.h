#pragma once

#include "platform/engines/boosting.h"

// Gradient boosted trees by XGBoost (Chen and Guestrin 2016), with the same rows and options as LightGBM's.
namespace suanpan::engines {

struct XgBoostForest;

class XgBoosting {
  public:
    // Trees grow leaf by leaf over histograms, as LightGBM's do. Of the options `objective` is XGBoost's
    // (reg:squarederror, reg:absoluteerror, reg:tweedie, reg:quantileerror, binary:logistic) and `least_rows` its
    // min_child_weight. Errors: unavailable where the library is not there; invalid_argument for no rows, sizes that do
    // not fit, or options that XGBoost refuses. The same rows, options and number of threads give the same trees.
    [[nodiscard]] static Result<XgBoosting> train(const TrainingRows& rows, const BoostingOptions& options);
    [[nodiscard]] static Result<XgBoosting> load(const std::string& bytes);  // that `bytes` gave

    [[nodiscard]] Result<std::vector<double>> predict(const Rows& rows) const;
    // TreeSHAP (Lundberg and Lee 2017): a row's columns and then the base, which together are its raw prediction.
    [[nodiscard]] Result<std::vector<double>> contributions(const Rows& rows) const;
    [[nodiscard]] Result<std::string> bytes() const;  // XGBoost's own format, UBJSON

  private:
    explicit XgBoosting(std::shared_ptr<void> handle) : handle_(std::move(handle)) {}
    std::shared_ptr<void> handle_;
    std::shared_ptr<const XgBoostForest> forest_;  // of a model that grows no more; nullptr: the library is asked
};

}  // namespace suanpan::engines
