#include "platform/engines/lightgbm_forest.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <ranges>

namespace suanpan::engines {
namespace {

using Lines = std::map<std::string_view, std::string_view>;  // key=value

constexpr std::string_view tree_mark = "\nTree=", trees_end = "\nend of trees";

Lines lines_of(std::string_view part) {
    Lines lines;
    for (const auto line : std::views::split(part, '\n')) {
        const std::string_view text(line);
        if (const auto at = text.find('='); at != text.npos) lines.emplace(text.substr(0, at), text.substr(at + 1));
    }
    return lines;
}

template <class Number>
std::vector<Number> numbers(const Lines& lines, std::string_view key) {
    std::vector<Number> found;
    const auto line = lines.find(key);
    if (line == lines.end()) return found;
    for (const auto word : std::views::split(line->second, ' ')) {
        Number number{};
        if (std::from_chars(word.data(), word.data() + word.size(), number).ec == std::errc()) found.push_back(number);
    }
    return found;
}

// The largest float that is not above it: the same floats are up to either.
float rounded_down(double threshold) {
    const auto nearest = static_cast<float>(threshold);
    return double(nearest) > threshold ? std::nextafter(nearest, -std::numeric_limits<float>::infinity()) : nearest;
}

// LightGBM's decision_type (tree.h): by a name, missing goes left, and what counts as missing.
struct Decision {
    bool by_name = false, missing_left = false;
    enum class Missing { nothing, zero, nan } missing = Missing::nothing;
    explicit Decision(int bits) : by_name(bits & 1), missing_left(bits & 2), missing(Missing((bits >> 2) & 3)) {}
};

// Splits first, then leaves; a child below 0 is the leaf ~child.
std::optional<Forest<double>::Tree> tree_of(const Lines& lines) {
    if (numbers<int>(lines, "is_linear") != std::vector{0}) return std::nullopt;
    const auto leaves = numbers<double>(lines, "leaf_value"), thresholds = numbers<double>(lines, "threshold");
    const auto columns = numbers<std::uint32_t>(lines, "split_feature");
    const auto left = numbers<int>(lines, "left_child"), right = numbers<int>(lines, "right_child"),
               decisions = numbers<int>(lines, "decision_type");
    const auto splits = thresholds.size();
    for (const auto size : {columns.size(), left.size(), right.size(), decisions.size(), leaves.size() - 1})
        if (size != splits) return std::nullopt;
    const auto place = [&](int child) { return child < 0 ? static_cast<int>(splits) + ~child : child; };
    Forest<double>::Tree nodes;
    for (std::size_t i = 0; i < splits; ++i) {
        const Decision decision(decisions[i]);
        if (decision.by_name || decision.missing == Decision::Missing::zero) return std::nullopt;
        const bool as_zero = decision.missing == Decision::Missing::nothing;
        nodes.push_back({.threshold = rounded_down(thresholds[i]),
                         .column = columns[i],
                         .left = place(left[i]),
                         .right = place(right[i]),
                         .missing_left = as_zero ? thresholds[i] >= 0 : decision.missing_left});
    }
    for (const double value : leaves) nodes.push_back({.value = value});
    return nodes;
}

// Without its trees.
std::optional<LightGbmForest> begun(const Lines& head) {
    const auto classes = numbers<int>(head, "num_tree_per_iteration");
    const auto last_column = numbers<std::size_t>(head, "max_feature_idx");
    const auto objective = head.find("objective");
    if (objective == head.end() || classes != std::vector{1} || last_column.empty()) return std::nullopt;
    const auto name = objective->second.substr(0, objective->second.find(' '));
    const bool exponential = name == "tweedie" || name == "poisson";
    if (!exponential && objective->second != "regression") return std::nullopt;
    return LightGbmForest{.trees = {}, .columns = last_column.front() + 1, .exponential = exponential};
}

}  // namespace

std::vector<double> LightGbmForest::predict(const Rows& rows) const {
    auto found = trees.sums(rows, 0);
    if (exponential)
        for (auto& value : found) value = std::exp(value);
    return found;
}

std::optional<LightGbmForest> read_lightgbm_forest(std::string_view text) {
    text = text.substr(0, text.find(trees_end));
    auto at = text.find(tree_mark);
    auto forest = begun(lines_of(text.substr(0, at)));
    while (forest && at != text.npos) {
        const auto next = text.find(tree_mark, at + 1);
        const auto tree = tree_of(lines_of(text.substr(at, next - at)));
        if (!tree || !forest->trees.add(*tree, forest->columns)) return std::nullopt;
        at = next;
    }
    return forest;
}

}  // namespace suanpan::engines
