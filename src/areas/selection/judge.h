#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/base/result.h"

// How good a list was, once what it was about has happened.
namespace suanpan::selection {

// The places of the k highest scores, best first; ties by a fixed shuffle of the places, so that no order of the items
// helps anybody.
[[nodiscard]] std::vector<std::size_t> best(std::span<const double> scores, std::size_t k);

struct Verdict {
    double precision = 0;  // share of the k listed that are among the k best of what happened
    double recall = 0;     // share of the successes that are listed; successes: the best `success_share` of all items
    double captured = 0;   // profit of the list over that of the k best
};
struct JudgeOptions {
    std::size_t top = 50;
    double success_share = 0.05;
};
[[nodiscard]] Verdict judge(std::span<const double> scores, std::span<const double> outcomes,
                            const JudgeOptions& options);

struct Interval {
    double mean = 0, low = 0, high = 0;
};
// Percentile bootstrap (Efron 1979), 95 %, over origins: of the mean, and of the ratio of two means over the same
// origins. Origins whose windows overlap are not independent, which makes the intervals somewhat too narrow.
[[nodiscard]] Interval bootstrap(std::span<const double> values, std::uint64_t seed);
[[nodiscard]] Interval bootstrap_ratio(std::span<const double> above, std::span<const double> below,
                                       std::uint64_t seed);

}  // namespace suanpan::selection
