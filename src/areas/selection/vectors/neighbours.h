#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::selection {

// Vectors of unit length, one below the other.
struct VectorRows {
    std::span<const float> values;
    std::size_t width = 0;

    [[nodiscard]] std::size_t count() const { return width == 0 ? 0 : values.size() / width; }
    [[nodiscard]] std::span<const float> of(std::size_t row) const { return values.subspan(row * width, width); }
};

struct Near {
    std::size_t row = 0;
    double likeness = 0;  // cosine
};

// The `count` rows most like the wanted vector, best first; of equals the first. Only the first wanted.size()
// dimensions of the rows are looked at, which lets an item be asked for by its attributes alone.
[[nodiscard]] std::vector<Near> nearest_rows(const VectorRows& rows, std::span<const float> wanted, std::size_t count);

struct GraphOptions {
    std::size_t links = 16;           // of a vector to others, on each level
    std::size_t build_breadth = 100;  // vectors kept while one is put in
    std::size_t search_breadth = 100;
    std::uint64_t seed = 1;
};
// Of every row the `count` most like it, itself left out, by a hierarchical navigable small world (Malkov and Yashunin
// 2018): near linear in the rows, and now and then one is missed. Errors: out of memory as no_space.
[[nodiscard]] Result<std::vector<std::vector<Near>>> neighbours_of_all(const VectorRows& rows, std::size_t count,
                                                                       const GraphOptions& options);

}  // namespace suanpan::selection
