#include "areas/selection/cold/cold_start.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/selection/item_features.h"
#include "areas/selection/vectors/item_vectors.h"
#include "areas/selection/vectors/neighbours.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t least_known = 50;

std::optional<FirstDays> first_of(const Item& item, std::size_t place, int horizon) {
    const auto first = std::ranges::find_if(item.days, [](const ItemDay& d) { return d.units > 0; });
    if (first == item.days.end()) return std::nullopt;
    FirstDays found{place, first->day, {item.title, item.category, item.supplier, first->revenue / first->units}, 0};
    for (auto d = first + 1; d != item.days.end() && d->day <= first->day + Days(horizon); ++d)
        found.profit += d->settled_profit;
    return found;
}

std::vector<float> vector_of(const Candidate& c) {
    auto vector = attribute_vector({c.title, c.category, c.supplier, c.price});
    normalise(vector);
    return vector;
}

}  // namespace

std::vector<FirstDays> first_days(const History& history, Day from, Day to, int horizon) {
    std::vector<FirstDays> all;
    for (std::size_t i = 0; i < history.items.size(); ++i)
        if (auto found = first_of(history.items[i], i, horizon); found && found->day >= from && found->day < to)
            all.push_back(*std::move(found));
    std::ranges::stable_sort(all, {}, &FirstDays::day);
    return all;
}

ColdModel::Likes ColdModel::likes(const std::vector<float>& vector, std::optional<std::size_t> but) const {
    Likes sum;
    double weights = 0;
    for (const auto& near : nearest_rows({vectors_, attribute_dimensions()}, vector, options_.neighbours + 1)) {
        if (near.row == but || near.likeness <= 0) continue;
        const double weight = near.likeness * near.likeness;
        sum.mean += weight * targets_[near.row];
        sum.likeness = std::max(sum.likeness, near.likeness);
        weights += weight;
    }
    return weights > 0 ? Likes{sum.mean / weights, sum.likeness} : Likes{unknown, 0};
}

void ColdModel::add_features(const Candidate& candidate, std::optional<std::size_t> but,
                             std::vector<float>& features) const {
    const auto vector = vector_of(candidate);
    const auto like = likes(vector, but);
    features.insert(features.end(), vector.begin(), vector.end());
    features.push_back(static_cast<float>(candidate.price > 0 ? std::log(candidate.price) : unknown));
    features.push_back(static_cast<float>(like.mean));
    features.push_back(static_cast<float>(like.likeness));
}

Result<ColdModel> ColdModel::train(const History& history, Day origin, const ColdOptions& options) {
    ColdModel made;
    made.options_ = options;
    made.known_ = first_days(history, history.first, origin - Days(options.horizon + 2), options.horizon);
    if (made.known_.size() < least_known)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} items began {} days or more before {}; at least {} are needed to learn from",
                                made.known_.size(), options.horizon, format(origin), least_known));
    for (const auto& known : made.known_) {
        const auto vector = vector_of(known.candidate);
        made.vectors_.insert(made.vectors_.end(), vector.begin(), vector.end());
        made.targets_.push_back(squeezed(known.profit));
    }
    made.sorted_ = made.targets_;
    std::ranges::sort(made.sorted_);
    std::vector<float> features;
    for (std::size_t i = 0; i < made.known_.size(); ++i) made.add_features(made.known_[i].candidate, i, features);
    const std::vector<float> labels(made.targets_.begin(), made.targets_.end());
    const engines::TrainingRows rows{
        .features = {features, attribute_dimensions() + 3}, .labels = labels, .weights = {}, .categorical = {}};
    made.trees_ = TRY(engines::Boosting::train(rows, {.objective = "regression",
                                                      .rounds = options.rounds,
                                                      .learning_rate = 0.03,
                                                      .leaves = 15,
                                                      .least_rows = 20,
                                                      .feature_share = 0.4,
                                                      .seed = options.seed,
                                                      .threads = options.threads}));
    return made;
}

Result<std::vector<double>> ColdModel::scores(const std::vector<Candidate>& candidates) const {
    std::vector<float> features;
    for (const auto& candidate : candidates) add_features(candidate, std::nullopt, features);
    return trees_->predict({features, attribute_dimensions() + 3});
}

double ColdModel::like_items(const Candidate& candidate) const {
    return likes(vector_of(candidate), std::nullopt).mean;
}

// The smallest outcome at which so much of the weight is reached.
double ColdModel::alike_quantile(const Alike& alike, double level) const {
    auto ones = alike.ones;
    std::ranges::sort(ones, {}, [&](const Alike::One& one) { return known_[one.known].profit; });
    double weights = 0, reached = 0;
    for (const auto& one : ones) weights += one.likeness * one.likeness;
    for (const auto& one : ones) {
        reached += one.likeness * one.likeness;
        if (reached >= level * weights) return known_[one.known].profit;
    }
    return ones.empty() ? unknown : known_[ones.back().known].profit;
}

Alike ColdModel::alike(const Candidate& candidate) const {
    Alike found;
    for (const auto& near : nearest_rows({vectors_, attribute_dimensions()}, vector_of(candidate), options_.neighbours))
        if (near.likeness > 0) found.ones.push_back({near.row, near.likeness});
    found.low = alike_quantile(found, 0.1);
    found.median = alike_quantile(found, 0.5);
    found.high = alike_quantile(found, 0.9);
    return found;
}

double ColdModel::rank(double score) const {
    const auto below = std::ranges::lower_bound(sorted_, score) - sorted_.begin();
    return static_cast<double>(below) / static_cast<double>(sorted_.size());
}

}  // namespace suanpan::selection
