#pragma once

#include <optional>
#include <string>
#include <vector>

#include "areas/selection/history.h"
#include "areas/selection/judge.h"
#include "platform/engines/boosting.h"

// Items that were never sold, judged by what they are.
namespace suanpan::selection {

// What is known of an item before its first sale. Price in minor units, 0: unknown.
struct Candidate {
    std::string title, category, supplier;
    double price = 0;
};

// An item's first days in the shop: what was known then, and what the `horizon` days after its first day brought.
struct FirstDays {
    std::size_t item = 0;  // place in History::items
    Day day;               // of its first sale
    Candidate candidate;   // with the price of the first sale
    double profit = 0;     // minor units, the first day left out
};
// Of all items first sold from `from` on and before `to`, by day.
[[nodiscard]] std::vector<FirstDays> first_days(const History& history, Day from, Day to, int horizon);

// The known beginnings most like a candidate, and what they brought: weighted by likeness squared, the median and the
// middle 80 %, in minor units. Not a forecast's interval: how often it holds is measured by test_cold.
struct Alike {
    struct One {
        std::size_t known = 0;  // place in ColdModel::known()
        double likeness = 0;    // cosine
    };
    std::vector<One> ones;  // the likest first; none: low, median and high are unknown
    double low = 0, median = 0, high = 0;
};

struct ColdOptions {
    int horizon = 28;
    int rounds = 120;
    std::size_t neighbours = 20;
    int threads = 0;
    std::uint64_t seed = 1;
};

// Learned from how items began: boosted trees over the attributes' vector, the price, and how the items most like it
// began.
class ColdModel {
  public:
    // From items whose horizon, and two days for cancellations, were over by the morning of `origin`. Errors:
    // invalid_argument where fewer than 50 are; those of LightGBM.
    [[nodiscard]] static Result<ColdModel> train(const History& history, Day origin, const ColdOptions& options);

    // The expected log(1 + profit) of the first days, in minor units.
    [[nodiscard]] Result<std::vector<double>> scores(const std::vector<Candidate>& candidates) const;
    // How the items most like it began, mean of log(1 + profit); unknown where nothing is like it.
    [[nodiscard]] double like_items(const Candidate& candidate) const;
    [[nodiscard]] Alike alike(const Candidate& candidate) const;
    // The share of known beginnings that a score is above.
    [[nodiscard]] double rank(double score) const;
    [[nodiscard]] const std::vector<FirstDays>& known() const { return known_; }

  private:
    struct Likes {
        double mean = 0, likeness = 0;
    };
    [[nodiscard]] Likes likes(const std::vector<float>& vector, std::optional<std::size_t> but) const;
    [[nodiscard]] double alike_quantile(const Alike& alike, double level) const;
    void add_features(const Candidate& candidate, std::optional<std::size_t> but, std::vector<float>& features) const;

    ColdOptions options_;
    std::vector<FirstDays> known_;
    std::vector<float> vectors_;  // of the known, one below the other
    std::vector<double> targets_, sorted_;
    std::optional<engines::Boosting> trees_;
};

// Whole items held back: at each origin the model knows items that began before it, and the items first sold in the
// days from it on are listed.
struct ColdTest {
    struct Method {
        std::string name;  // model, like_items, price, category, random
        Interval precision, captured;
    };
    std::vector<Day> origins;
    std::size_t items = 0;
    double within = 0;  // share of the items whose first days lay within Alike's low and high
    std::vector<Method> methods;
};
struct ColdTestOptions {
    int origins = 6, step = 28;
    double list_share = 0.2;  // of the new items of an origin
    ColdOptions cold = {};
};
[[nodiscard]] Result<ColdTest> test_cold(const History& history, const ColdTestOptions& options);

}  // namespace suanpan::selection
