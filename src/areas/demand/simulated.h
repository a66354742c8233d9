#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "areas/demand/panel.h"

// For the tests of this folder: demand whose truth is known.
namespace suanpan::demand {

class Draws {
  public:
    explicit Draws(std::uint64_t seed) : state_(seed) {}
    double uniform() {
        return double((state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL) >> 11) * 0x1.0p-53;
    }
    double poisson(double rate) {
        int count = 0;
        for (double product = uniform(); product > std::exp(-rate); product *= uniform()) ++count;
        return double(count);
    }
    double normal() {
        return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * std::numbers::pi * uniform());
    }

  private:
    std::uint64_t state_;
};

// Poisson demand whose mean follows `profile`, over and over, times a level of its own for each item.
struct Simulated {
    std::vector<Series> past;
    std::vector<std::vector<double>> future, future_mean;
};

inline Simulated simulate(const std::vector<double>& profile, std::size_t items, std::size_t past, std::size_t future) {
    Draws draws(11);
    Simulated all;
    for (std::size_t i = 0; i < items; ++i) {
        all.past.push_back({"item " + std::to_string(i), {}});
        all.future.emplace_back();
        all.future_mean.emplace_back();
        const double level = 2 + double(i % 9);
        for (std::size_t t = 0; t < past + future; ++t) {
            const double rate = level * profile[t % profile.size()];
            const double value = draws.poisson(rate);
            if (t < past) {
                all.past.back().values.push_back(value);
            } else {
                all.future.back().push_back(value);
                all.future_mean.back().push_back(rate);
            }
        }
    }
    return all;
}

}  // namespace suanpan::demand
