#include "platform/engines/leaf_masks.h"

#include <bit>

namespace suanpan::engines {
namespace {

constexpr auto lanes = LeafMasks::lanes;
constexpr std::uint32_t everything = ~0U;

struct Question {
    std::span<const LeafMasks::Tree> trees;
    const LeafMasks::Split* splits;
    const float* columns;
    std::uint8_t* leaves;
};

// The lowest of some bits by its number: the exponent of that bit as a float.
[[gnu::always_inline]] inline std::uint32_t lowest(std::uint32_t bits) {
    const auto alone = static_cast<std::int32_t>(bits & (0U - bits));
    return ((std::bit_cast<std::uint32_t>(static_cast<float>(alone)) >> 23) & 0xFF) - 127;
}

// Loops over lanes become vector instructions of whatever the caller is compiled for.
[[gnu::always_inline]] inline void find_leaves(const Question& asked) {
    auto* leaves = asked.leaves;
    for (const auto& [first, missing_right, last] : asked.trees) {
        alignas(64) std::uint32_t reachable[lanes];
        for (auto& mask : reachable) mask = everything;
        auto at = first;
        for (; at < missing_right; ++at) {
            const auto [threshold, column, stays] = asked.splits[at];
            const float* x = asked.columns + column * lanes;
            for (std::size_t k = 0; k < lanes; ++k) reachable[k] &= x[k] > threshold ? stays : everything;
        }
        for (; at < last; ++at) {
            const auto [threshold, column, stays] = asked.splits[at];
            const float* x = asked.columns + column * lanes;
            for (std::size_t k = 0; k < lanes; ++k) reachable[k] &= x[k] <= threshold ? everything : stays;
        }
        for (std::size_t k = 0; k < lanes; ++k) leaves[k] = static_cast<std::uint8_t>(lowest(reachable[k]));
        leaves += lanes;
    }
}

void find_anywhere(const Question& asked) {
    find_leaves(asked);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void find_with_avx2(const Question& asked) {
    find_leaves(asked);
}

[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")]] void find_with_avx512(
    const Question& asked) {
    find_leaves(asked);
}

auto fastest() {
    if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        return find_with_avx512;
    return __builtin_cpu_supports("avx2") ? find_with_avx2 : find_anywhere;
}
#else
auto fastest() {
    return find_anywhere;
}
#endif

// Bits from `from`, so many.
std::uint32_t bits(std::uint32_t from, std::uint32_t count) {
    return static_cast<std::uint32_t>(((std::uint64_t(1) << count) - 1) << from);
}

}  // namespace

std::optional<std::vector<std::uint32_t>> LeafMasks::add(std::span<const Node> tree) {
    std::vector<std::uint32_t> below(tree.size()), before(tree.size());  // leaves of each node, and to the left of them
    for (auto i = tree.size(); i-- > 0;)
        below[i] = tree[i].left == 0 ? 1 : below[tree[i].left] + below[tree[i].left + 1];
    if (tree.empty() || below[0] > most_leaves) return std::nullopt;
    std::vector<std::uint32_t> leaves(below[0]);
    std::vector<Split> missing_right;
    Tree added{.first = static_cast<std::uint32_t>(splits_.size())};
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        const auto& [threshold, column, left, missing_left] = tree[i];
        if (left == 0) {
            leaves[before[i]] = i;
            continue;
        }
        before[left] = before[i];
        before[left + 1] = before[i] + below[left];
        (missing_left ? splits_ : missing_right).push_back({threshold, column, ~bits(before[i], below[left])});
    }
    added.missing_right = static_cast<std::uint32_t>(splits_.size());
    splits_.insert(splits_.end(), missing_right.begin(), missing_right.end());
    added.last = static_cast<std::uint32_t>(splits_.size());
    trees_.push_back(added);
    return leaves;
}

void LeafMasks::find(const float* columns, std::uint8_t* leaves) const {
    static const auto find_on_this_machine = fastest();
    find_on_this_machine({trees_, splits_.data(), columns, leaves});
}

}  // namespace suanpan::engines
