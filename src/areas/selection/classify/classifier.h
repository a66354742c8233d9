#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "areas/selection/classify/labelled_table.h"
#include "platform/engines/xgboost.h"

// An ensemble of LightGBM and XGBoost for yes or no.
namespace suanpan::selection {

using TreeModel = std::variant<engines::Boosting, engines::XgBoosting>;

// A way to train: a library and its options.
struct Recipe {
    bool xgboost = false;
    engines::BoostingOptions options;
};
// Recipes drawn by a seed, of both libraries in turn; the first two are each library's plain ones.
[[nodiscard]] std::vector<Recipe> draw_recipes(int count, std::uint64_t seed);

struct ClassifierOptions {
    int trials = 16;     // recipes tried
    int folds = 4;       // within the training rows, for predictions out of fold
    int additions = 10;  // of ensemble selection
    int threads = 0;
    std::uint64_t seed = 1;
};

// What one recipe said of rows that it had not seen, and of how much worth that is.
struct TriedRecipe {
    Recipe recipe;
    double auc = 0;     // out of fold
    double weight = 0;  // in the blend; 0: not kept
};

class Classifier {
  public:
    // Tries recipes on folds within the rows, adds those with replacement whose mean log odds have the best area under
    // the curve out of fold (Caruana et al. 2004), trains the kept ones anew on all rows and calibrates the blend out
    // of fold by Platt's sigmoid (Platt 1999). The same rows, options and threads give the same model. Errors: of the
    // engines; invalid_argument where a kind has fewer rows than folds.
    [[nodiscard]] static Result<Classifier> train(const LabelledTable& rows, const ClassifierOptions& options);

    [[nodiscard]] Result<std::vector<double>> chances(const engines::Rows& rows) const;
    // Of the best single recipe of one library, trained on the same rows: what the blend is compared with.
    [[nodiscard]] Result<std::vector<double>> single(const engines::Rows& rows, bool xgboost) const;

    [[nodiscard]] const std::vector<TriedRecipe>& tried() const { return tried_; }
    [[nodiscard]] double threshold() const { return threshold_; }  // of the best F1 out of fold

  private:
    std::vector<TriedRecipe> tried_;
    std::vector<std::pair<double, TreeModel>> kept_;  // by weight
    std::vector<TreeModel> singles_;                  // LightGBM's, XGBoost's
    double slope_ = 1, shift_ = 0, threshold_ = 0.5;
};

}  // namespace suanpan::selection
