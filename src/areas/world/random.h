#pragma once

#include <cstdint>

namespace suanpan::world {

// What a stream of random numbers is for. Each thing that is drawn has a stream of its own, named by purpose, item and
// day, so that one more item, customer or order moves no other draw.
enum class Purpose : std::uint64_t {
    supplier = 1,
    item,
    weather,
    competitor,
    demand,
    basket,
    lead_time,
    grouping,
    customer,
    dirt,
    returns
};

// SplitMix64 (Steele, Lea and Flood 2014) with samplers of our own: the distributions of the standard library differ
// from one implementation to the next, and a simulated shop must be the same everywhere.
class Random {
  public:
    Random(std::uint64_t seed, Purpose purpose, std::int64_t first = 0, std::int64_t second = 0);

    std::uint64_t next();
    double uniform();                         // 0 to 1, without 1
    double between(double low, double high);  // uniform
    std::int64_t below(std::int64_t bound);   // 0 to bound - 1; 0 where bound is 0 or less
    bool chance(double probability);
    double normal();                    // Box and Muller (1958)
    double gamma(double shape);         // of scale 1; Marsaglia and Tsang (2000); shape at least 1
    std::int64_t poisson(double rate);  // products of uniforms, Knuth; time grows with the rate

  private:
    std::uint64_t state_;
};

}  // namespace suanpan::world
