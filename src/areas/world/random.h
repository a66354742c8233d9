#pragma once

#include <cmath>
#include <cstdint>

namespace suanpan::world {

// SplitMix64 (Steele, Lea and Flood 2014) with samplers of our own: the standard library's distributions differ from
// one implementation to the next, and a simulated shop must be the same everywhere.
class Random {
  public:
    // A stream of its own for each thing that is drawn, so that one more item moves no other's draws.
    Random(std::uint64_t seed, std::uint64_t stream) : state_(seed ^ (stream * 0xD1342543DE82EF95ULL + 1)) { next(); }

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    std::int64_t below(std::int64_t bound) { return static_cast<std::int64_t>(uniform() * static_cast<double>(bound)); }
    bool chance(double probability) { return uniform() < probability; }

    // Box and Muller (1958).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * 3.14159265358979323846 * uniform());
    }
    // Knuth's product of uniforms; the normal approximation from 60 on.
    std::int64_t poisson(double rate) {
        if (rate <= 0) return 0;
        if (rate > 60) return std::max<std::int64_t>(0, std::llround(rate + std::sqrt(rate) * normal()));
        const double limit = std::exp(-rate);
        std::int64_t count = 0;
        for (double product = uniform(); product > limit; product *= uniform()) ++count;
        return count;
    }

  private:
    std::uint64_t state_;
};

}  // namespace suanpan::world
