#include "areas/world/random.h"

#include <algorithm>
#include <cmath>

#include "areas/world/exact_math.h"

namespace suanpan::world {
namespace {

std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

}  // namespace

// Each part of the name is mixed in whole, so that no item's stream can be another purpose's.
Random::Random(std::uint64_t seed, Purpose purpose, std::int64_t first, std::int64_t second) : state_(seed) {
    for (const auto part :
         {static_cast<std::uint64_t>(purpose), static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(second)})
        state_ = mixed(state_ + golden) ^ mixed(part * golden + 1);
    state_ = mixed(state_);
}

std::uint64_t Random::next() {
    return mixed(state_ += golden);
}

double Random::uniform() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Random::between(double low, double high) {
    return low + (high - low) * uniform();
}

std::int64_t Random::below(std::int64_t bound) {
    return static_cast<std::int64_t>(uniform() * static_cast<double>(std::max<std::int64_t>(0, bound)));
}

bool Random::chance(double probability) {
    return uniform() < probability;
}

double Random::normal() {
    const double radius = std::sqrt(-2 * exact_log(1 - uniform()));
    return radius * exact_wave(uniform());
}

double Random::gamma(double shape) {
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    while (true) {
        const double x = normal(), root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root;
        if (exact_log(1 - uniform()) < 0.5 * x * x + d - d * v + d * exact_log(v)) return d * v;
    }
}

// A large rate is drawn in parts, since the sum of Poisson counts is one and exp(-rate) would vanish.
std::int64_t Random::poisson(double rate) {
    std::int64_t count = 0;
    for (; rate > 0; rate -= 30) {
        const double limit = exact_exp(-std::min(rate, 30.0));
        for (double product = uniform(); product > limit; product *= uniform()) ++count;
    }
    return count;
}

}  // namespace suanpan::world
