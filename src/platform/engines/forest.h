#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "platform/base/parallel.h"
#include "platform/engines/boosting.h"
#include "platform/engines/leaf_masks.h"

namespace suanpan::engines {

// Boosted trees laid out to be asked for very many rows: small trees by masks of their leaves; of larger ones, several
// rows go down a tree at once, without branches, so that none waits for another's memory. Sums are the libraries' own,
// bit by bit: in their order and their type.
template <class Sum>
class Forest {
  public:
    struct Node {
        float threshold = 0;  // what is not above it goes left
        std::uint32_t column = 0;
        std::int32_t left = -1, right = -1;  // places in the tree; below 0: a leaf
        bool missing_left = false;
        Sum value = 0;  // of a leaf
    };
    using Tree = std::vector<Node>;
    // The first node is the root. False, and nothing added, where the nodes are no tree over so many columns.
    [[nodiscard]] bool add(const Tree& tree, std::size_t columns);
    // Of each row the base and then the trees' leaves.
    [[nodiscard]] std::vector<Sum> sums(const Rows& rows, Sum base) const;

  private:
    // The right child follows the left one; a leaf is its own left child, whatever is asked.
    struct Split {
        float threshold = std::numeric_limits<float>::infinity();
        std::uint32_t column = 0, left = 0, missing_right = 0;
    };
    static constexpr std::size_t lanes = 8, block = 64, part = 1024;
    static_assert(block % LeafMasks::lanes == 0 && part % block == 0);

    void add_masks(std::uint32_t root);
    // Of one tree, to rows that lie one after the other.
    template <std::size_t Count>
    void add_leaves(std::uint32_t root, const float* values, std::size_t columns, Sum* into) const;
    // Of all trees.
    void add_by_branches(const Rows& rows, std::span<Sum> into) const;
    void add_by_masks(const Rows& rows, std::span<Sum> into) const;

    std::vector<std::uint32_t> roots_;
    std::vector<Split> splits_;
    std::vector<Sum> values_;       // by split
    LeafMasks masks_;               // of all trees, or of those before the first that is too large
    std::vector<Sum> leaf_values_;  // LeafMasks::most_leaves a tree
};

template <class Sum>
bool Forest<Sum>::add(const Tree& tree, std::size_t columns) {
    if (tree.empty()) return false;
    std::vector<std::size_t> order = {0};  // of the tree's nodes, as they are laid out
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& node = tree[order[i]];
        if (node.left < 0) continue;
        const auto left = static_cast<std::size_t>(node.left), right = static_cast<std::size_t>(node.right);
        if (left >= tree.size() || right >= tree.size() || node.column >= columns) return false;
        if (order.size() + 2 > tree.size()) return false;  // a node has come twice
        order.insert(order.end(), {left, right});
    }
    const auto root = static_cast<std::uint32_t>(splits_.size());
    roots_.push_back(root);
    std::uint32_t next = root + 1;  // child
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& node = tree[order[i]];
        values_.push_back(node.value);
        if (node.left < 0) {
            splits_.push_back({.left = root + static_cast<std::uint32_t>(i)});
            continue;
        }
        splits_.push_back({node.threshold, node.column, next, !node.missing_left});
        next += 2;
    }
    add_masks(root);
    return true;
}

template <class Sum>
void Forest<Sum>::add_masks(std::uint32_t root) {
    if (masks_.trees() + 1 < roots_.size()) return;
    std::vector<LeafMasks::Node> nodes;
    for (auto i = root; i < splits_.size(); ++i) {
        const auto& split = splits_[i];
        nodes.push_back(
            {split.threshold, split.column, split.left == i ? 0 : split.left - root, split.missing_right == 0});
    }
    const auto leaves = masks_.add(nodes);
    if (!leaves) return;
    leaf_values_.resize(masks_.trees() * LeafMasks::most_leaves);
    auto* const values = &leaf_values_[(masks_.trees() - 1) * LeafMasks::most_leaves];
    for (std::size_t leaf = 0; leaf < leaves->size(); ++leaf) values[leaf] = values_[root + (*leaves)[leaf]];
}

template <class Sum>
template <std::size_t Count>
void Forest<Sum>::add_leaves(std::uint32_t root, const float* values, std::size_t columns, Sum* into) const {
    std::array<std::uint32_t, Count> at;
    at.fill(root);
    for (std::uint32_t moved = 1; moved != 0;) {
        moved = 0;
#pragma GCC unroll 8
        for (std::size_t k = 0; k < Count; ++k) {
            const auto& split = splits_[at[k]];
            const float x = values[k * columns + split.column];
            const auto next =
                split.left + (std::uint32_t(x > split.threshold) | (std::uint32_t(x != x) & split.missing_right));
            moved |= next ^ at[k];
            at[k] = next;
        }
    }
    for (std::size_t k = 0; k < Count; ++k) into[k] += values_[at[k]];
}

// A block of rows goes through one tree after the other, both small enough for the nearest cache.
template <class Sum>
void Forest<Sum>::add_by_branches(const Rows& rows, std::span<Sum> into) const {
    for (std::size_t first = 0; first < into.size(); first += block) {
        const auto end = std::min(into.size(), first + block);
        for (const auto root : roots_) {
            auto row = first;
            for (; row + lanes <= end; row += lanes)
                add_leaves<lanes>(root, rows.values.data() + row * rows.columns, rows.columns, &into[row]);
            for (; row < end; ++row)
                add_leaves<1>(root, rows.values.data() + row * rows.columns, rows.columns, &into[row]);
        }
    }
}

template <class Sum>
void Forest<Sum>::add_by_masks(const Rows& rows, std::span<Sum> into) const {
    constexpr auto at_once = LeafMasks::lanes;
    std::vector<float> columns(rows.columns * at_once);
    std::vector<std::uint8_t> leaves(masks_.trees() * at_once);
    std::size_t first = 0;
    for (; first + at_once <= into.size(); first += at_once) {
        for (std::size_t k = 0; k < at_once; ++k)
            for (std::size_t c = 0; c < rows.columns; ++c)
                columns[c * at_once + k] = rows.values[(first + k) * rows.columns + c];
        masks_.find(columns.data(), leaves.data());
        std::array<Sum, at_once> sums;
        std::copy_n(&into[first], at_once, sums.begin());
        for (std::size_t tree = 0; tree < masks_.trees(); ++tree)
            for (std::size_t k = 0; k < at_once; ++k)
                sums[k] += leaf_values_[tree * LeafMasks::most_leaves + leaves[tree * at_once + k]];
        std::ranges::copy(sums, &into[first]);
    }
    add_by_branches({rows.values.subspan(first * rows.columns), rows.columns}, into.subspan(first));
}

template <class Sum>
std::vector<Sum> Forest<Sum>::sums(const Rows& rows, Sum base) const {
    std::vector<Sum> found(rows.count(), base);
    in_parallel((found.size() + part - 1) / part, 0, [&](std::size_t one) {
        const auto first = one * part, count = std::min(part, found.size() - first);
        const Rows some{rows.values.subspan(first * rows.columns, count * rows.columns), rows.columns};
        const auto into = std::span(found).subspan(first, count);
        masks_.trees() == roots_.size() ? add_by_masks(some, into) : add_by_branches(some, into);
    });
    return found;
}

}  // namespace suanpan::engines
