#include "areas/selection/embeddings/reduction.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/selection/vectors/item_vectors.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using Direction = std::vector<double>;

double scalar(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

Direction drawn_direction(std::size_t width, std::size_t number) {
    std::mt19937_64 draw(1000 + number);
    Direction direction(width);
    for (auto& d : direction) d = double(draw() >> 11) / double(1ULL << 53) - 0.5;
    return direction;
}

void take_off(Direction& direction, std::span<const Direction> others) {
    for (const auto& other : others) {
        const double share = scalar(direction, other);
        for (std::size_t d = 0; d < direction.size(); ++d) direction[d] -= share * other[d];
    }
}

// To unit length and at right angles to those before (Gram and Schmidt, twice); one that has nothing of its own is
// drawn.
void make_orthonormal(std::vector<Direction>& directions) {
    for (std::size_t k = 0; k < directions.size(); ++k) {
        auto& direction = directions[k];
        const auto before = std::span(directions).first(k);
        const double whole = std::sqrt(scalar(direction, direction));
        take_off(direction, before);
        if (std::sqrt(scalar(direction, direction)) <= 1e-7 * std::max(whole, 1e-9))
            direction = drawn_direction(direction.size(), k);
        take_off(direction, before);
        const double length = std::sqrt(scalar(direction, direction));
        for (auto& d : direction) d /= length;
    }
}

Direction mean_of(std::span<const float> rows, std::size_t width) {
    Direction mean(width);
    const auto count = rows.size() / width;
    if (count < least_for_mean) return mean;
    for (std::size_t i = 0; i < rows.size(); ++i) mean[i % width] += double(rows[i]) / double(count);
    return mean;
}

// A direction's next: how the rows, less their mean, lie along it, put together.
Direction stretched(std::span<const float> rows, const Direction& mean, const Direction& direction) {
    const auto width = direction.size();
    Direction sum(width);
    const double off = scalar(mean, direction);
    double shares = 0;
    for (std::size_t at = 0; at < rows.size(); at += width) {
        double share = -off;
        for (std::size_t d = 0; d < width; ++d) share += double(rows[at + d]) * direction[d];
        for (std::size_t d = 0; d < width; ++d) sum[d] += share * double(rows[at + d]);
        shares += share;
    }
    for (std::size_t d = 0; d < width; ++d) sum[d] -= shares * mean[d];
    return sum;
}

}  // namespace

Reduction fit_reduction(std::span<const float> rows, std::size_t width) {
    constexpr int rounds = 6;
    const auto mean = mean_of(rows, width);
    std::vector<Direction> directions;
    for (std::size_t k = 0; k < std::min(embedded_dimensions, width); ++k)
        directions.push_back(drawn_direction(width, k));
    make_orthonormal(directions);
    for (int round = 0; round < rounds; ++round) {
        in_parallel(directions.size(), 0, [&](std::size_t k) { directions[k] = stretched(rows, mean, directions[k]); });
        make_orthonormal(directions);
    }
    Reduction made{std::vector<float>(mean.begin(), mean.end()), std::vector<float>(embedded_dimensions * width)};
    for (std::size_t k = 0; k < directions.size(); ++k)
        std::ranges::transform(directions[k], made.directions.begin() + static_cast<std::ptrdiff_t>(k * width),
                               [](double d) { return static_cast<float>(d); });
    return made;
}

std::vector<float> Reduction::reduced(std::span<const float> vector) const {
    std::vector<float> made(embedded_dimensions);
    if (std::ranges::all_of(vector, [](float v) { return v == 0; })) return made;
    for (std::size_t k = 0; k < made.size(); ++k)
        for (std::size_t d = 0; d < vector.size(); ++d)
            made[k] += (vector[d] - mean[d]) * directions[k * vector.size() + d];
    normalise(made);
    return made;
}

}  // namespace suanpan::selection
