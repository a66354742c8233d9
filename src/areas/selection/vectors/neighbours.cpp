#include "areas/selection/vectors/neighbours.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

// With its vector instructions the library also fetches ahead, which reads one place past a full list of links.
#define NO_MANUAL_VECTORIZATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <hnswlib/hnswlib.h>
#pragma GCC diagnostic pop

namespace suanpan::selection {
namespace {

bool better(const Near& a, const Near& b) {
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.row < b.row;
}

float product(std::span<const float> a, const float* b) {
    float sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

double length(std::span<const float> a) {
    return std::sqrt(double(product(a, a.data())));
}

}  // namespace

std::vector<Near> nearest_rows(const VectorRows& rows, std::span<const float> wanted, std::size_t count) {
    std::vector<Near> all(rows.count());
    const double own = length(wanted);
    for (std::size_t row = 0; row < all.size(); ++row) {
        const auto other = rows.of(row).first(wanted.size());
        const double both = own * length(other);
        all[row] = {row, both > 0 ? double(product(wanted, other.data())) / both : 0};
    }
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()));
    std::partial_sort(all.begin(), end, all.end(), better);
    all.erase(end, all.end());
    return all;
}

Result<std::vector<std::vector<Near>>> neighbours_of_all(const VectorRows& rows, std::size_t count,
                                                         const GraphOptions& options) try {
    std::vector<std::vector<Near>> found(rows.count());
    if (rows.count() == 0) return found;
    hnswlib::InnerProductSpace space(rows.width);
    hnswlib::HierarchicalNSW<float> graph(&space, rows.count(), options.links, options.build_breadth, options.seed);
    for (std::size_t row = 0; row < rows.count(); ++row) graph.addPoint(rows.of(row).data(), row);
    graph.setEf(std::max(options.search_breadth, count + 1));
    for (std::size_t row = 0; row < rows.count(); ++row) {
        auto heap = graph.searchKnn(rows.of(row).data(), std::min(count + 1, rows.count()));
        for (; !heap.empty(); heap.pop())
            if (heap.top().second != row) found[row].push_back({heap.top().second, 1 - double(heap.top().first)});
        std::ranges::sort(found[row], better);
        if (found[row].size() > count) found[row].resize(count);
    }
    return found;
} catch (const std::bad_alloc&) {
    return fail(ErrorCode::no_space, "there is not enough memory for the graph of the items' vectors");
} catch (const std::runtime_error& error) {
    return fail(ErrorCode::no_space, std::string("the graph of the items' vectors cannot be built: ") + error.what());
}

}  // namespace suanpan::selection
