#include "platform/engines/xgboost_forest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <glaze/json.hpp>

namespace suanpan::engines {

// The library's document, with the fields that are read (doc/model.schema of XGBoost).
struct XgBoostTree {
    std::vector<int> left_children, right_children, default_left, split_type;
    std::vector<std::uint32_t> split_indices;
    std::vector<float> split_conditions;  // of a leaf its value
};
struct XgBoostTrees {
    std::vector<XgBoostTree> trees;
    std::vector<int> tree_info;  // the class that a tree is of
};
struct XgBoostBooster {
    std::string name;
    XgBoostTrees model;
};
struct XgBoostNumbers {
    std::string base_score, num_feature, num_target;
};
struct XgBoostObjective {
    std::string name;
};
struct XgBoostLearner {
    XgBoostBooster gradient_booster;
    XgBoostNumbers learner_model_param;
    XgBoostObjective objective;
};
struct XgBoostDocument {
    XgBoostLearner learner;
};

namespace {

using Link = XgBoostForest::Link;

// What is below the condition goes left.
std::optional<Forest<float>::Tree> nodes_of(const XgBoostTree& tree) {
    Forest<float>::Tree nodes;
    for (const auto size : {tree.right_children.size(), tree.default_left.size(), tree.split_type.size(),
                            tree.split_indices.size(), tree.split_conditions.size()})
        if (size != tree.left_children.size()) return std::nullopt;
    for (std::size_t i = 0; i < tree.left_children.size(); ++i) {
        if (tree.left_children[i] < 0) {
            nodes.push_back({.value = tree.split_conditions[i]});
            continue;
        }
        if (tree.split_type[i] != 0) return std::nullopt;
        nodes.push_back({.threshold = std::nextafter(tree.split_conditions[i], -std::numeric_limits<float>::infinity()),
                         .column = tree.split_indices[i],
                         .left = tree.left_children[i],
                         .right = tree.right_children[i],
                         .missing_left = tree.default_left[i] != 0});
    }
    return nodes;
}

std::optional<Link> link_of(const std::string& objective) {
    if (objective == "reg:tweedie") return Link::exponential;
    if (objective == "binary:logistic") return Link::logistic;
    if (objective == "reg:squarederror" || objective == "reg:absoluteerror") return Link::none;
    return std::nullopt;
}

// The base score, "[5E-1]", before the link.
float base_of(std::string_view text, Link link) {
    while (!text.empty() && text.front() == '[') text.remove_prefix(1);
    float score = 0;
    std::from_chars(text.data(), text.data() + text.size(), score);
    if (link == Link::exponential) return std::log(score);
    return link == Link::logistic ? -std::log(1.0F / score - 1.0F) : score;
}

float linked(float sum, Link link) {
    if (link == Link::exponential) return std::exp(sum);
    if (link == Link::none) return sum;
    return 1.0F / (std::exp(std::min(-sum, 88.7F)) + 1.0F + 1e-16F);  // as XGBoost bounds it
}

}  // namespace

std::vector<double> XgBoostForest::predict(const Rows& rows) const {
    const auto sums = trees.sums(rows, base);
    std::vector<double> found(sums.size());
    std::ranges::transform(sums, found.begin(), [&](float sum) { return double(linked(sum, link)); });
    return found;
}

std::optional<XgBoostForest> read_xgboost_forest(const std::string& json) {
    XgBoostDocument document;
    if (glz::read<glz::opts{.error_on_unknown_keys = false}>(document, json)) return std::nullopt;
    const auto& [booster, numbers, objective] = document.learner;
    const auto link = link_of(objective.name);
    const bool one_class = std::ranges::all_of(booster.model.tree_info, [](int of) { return of == 0; });
    if (!link || booster.name != "gbtree" || !one_class || numbers.num_target != "1") return std::nullopt;
    XgBoostForest forest{.base = base_of(numbers.base_score, *link), .link = *link};
    std::from_chars(numbers.num_feature.data(), numbers.num_feature.data() + numbers.num_feature.size(),
                    forest.columns);
    for (const auto& tree : booster.model.trees) {
        const auto nodes = nodes_of(tree);
        if (!nodes || !forest.trees.add(*nodes, forest.columns)) return std::nullopt;
    }
    return forest;
}

}  // namespace suanpan::engines
