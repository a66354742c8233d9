#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace suanpan::engines {

// Small trees as masks of the leaves that a row can still reach (QuickScorer, Lucchese et al. 2015): all splits of a
// tree are asked, and each that a row goes right at strikes out the leaves to its left. More splits than a row would
// meet, but many rows at once, without waiting for memory.
class LeafMasks {
  public:
    static constexpr std::size_t most_leaves = 32, lanes = 32;  // lanes: rows that are asked at once

    struct Node {
        float threshold = 0;  // what is not above it goes left
        std::uint32_t column = 0;
        std::uint32_t left = 0;  // place of the left child in the tree, which the right one follows; 0: a leaf
        bool missing_left = false;
    };
    // A tree, each node before its children: the places of its leaves from left to right. Nothing, and nothing added,
    // where it has too many.
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> add(std::span<const Node> tree);

    [[nodiscard]] std::size_t trees() const { return trees_.size(); }
    // Of `lanes` rows, column after column, each tree's leaf by its number from the left: trees() times `lanes` of
    // them.
    void find(const float* columns, std::uint8_t* leaves) const;

    struct Split {
        float threshold = 0;
        std::uint32_t column = 0, left_struck = 0;  // what stays of the mask
    };
    struct Tree {
        std::uint32_t first = 0, missing_right = 0,
                      last = 0;  // its splits: first those where what is missing goes left
    };

  private:
    std::vector<Split> splits_;
    std::vector<Tree> trees_;
};

}  // namespace suanpan::engines
