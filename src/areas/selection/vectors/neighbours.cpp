#include "areas/selection/vectors/neighbours.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <new>
#include <stdexcept>

#include "platform/base/parallel.h"

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

// Sums that the processor adds up side by side; on every machine in the same order.
using Sixteen [[gnu::vector_size(16 * sizeof(float))]] = float;

float product(const float* a, const float* b, std::size_t width) {
    constexpr std::size_t step = 16;
    Sixteen sums{}, x, y;
    std::size_t i = 0;
    for (; i + step <= width; i += step) {
        std::memcpy(&x, a + i, sizeof(x));
        std::memcpy(&y, b + i, sizeof(y));
        sums += x * y;
    }
    float sum = 0;
    for (; i < width; ++i) sum += a[i] * b[i];
    for (std::size_t k = 0; k < step; ++k) sum += sums[k];
    return sum;
}

double length(std::span<const float> a) {
    return std::sqrt(double(product(a.data(), a.data(), a.size())));
}

float distance(const void* a, const void* b, const void* width) {
    return 1 -
           product(static_cast<const float*>(a), static_cast<const float*>(b), *static_cast<const std::size_t*>(width));
}

// The library's own space multiplies one number at a time where it may not fetch ahead.
class ProductSpace final : public hnswlib::SpaceInterface<float> {
  public:
    explicit ProductSpace(std::size_t width) : width_(width) {}
    std::size_t get_data_size() override { return width_ * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void* get_dist_func_param() override { return &width_; }

  private:
    std::size_t width_;
};

using Graph = hnswlib::HierarchicalNSW<float>;

std::vector<Near> near_in(const Graph& graph, const VectorRows& rows, std::size_t row, std::size_t count) {
    std::vector<Near> near;
    auto heap = graph.searchKnn(rows.of(row).data(), std::min(count + 1, rows.count()));
    for (; !heap.empty(); heap.pop())
        if (heap.top().second != row) near.push_back({heap.top().second, 1 - double(heap.top().first)});
    std::ranges::sort(near, better);
    if (near.size() > count) near.resize(count);
    return near;
}

}  // namespace

std::vector<Near> nearest_rows(const VectorRows& rows, std::span<const float> wanted, std::size_t count) {
    std::vector<Near> all(rows.count());
    const double own = length(wanted);
    for (std::size_t row = 0; row < all.size(); ++row) {
        const auto other = rows.of(row).first(wanted.size());
        const double both = own * length(other);
        all[row] = {row, both > 0 ? double(product(wanted.data(), other.data(), wanted.size())) / both : 0};
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
    ProductSpace space(rows.width);
    Graph graph(&space, rows.count(), options.links, options.build_breadth, options.seed);
    // By one thread: with several the graph would depend on who came first.
    for (std::size_t row = 0; row < rows.count(); ++row) graph.addPoint(rows.of(row).data(), row);
    graph.setEf(std::max(options.search_breadth, count + 1));
    std::atomic<bool> enough_memory = true;
    in_parallel(rows.count(), 0, [&](std::size_t row) {
        try {
            found[row] = near_in(graph, rows, row, count);
        } catch (const std::bad_alloc&) {
            enough_memory = false;
        }
    });
    if (!enough_memory) throw std::bad_alloc();
    return found;
} catch (const std::bad_alloc&) {
    return fail(ErrorCode::no_space, "there is not enough memory for the graph of the items' vectors");
} catch (const std::runtime_error& error) {
    return fail(ErrorCode::no_space, std::string("the graph of the items' vectors cannot be built: ") + error.what());
}

}  // namespace suanpan::selection
