#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace suanpan::selection {

// Where a group's share of all orders changed, if it did.
struct Change {
    std::size_t week = 0;          // the first week of the new share
    double before = 0, after = 0;  // shares
    double t = 0;                  // positive: rose
    double p = 1;                  // of any change as large, either way, at any of the weeks that were tried
};
struct ChangeOptions {
    std::size_t least_weeks = 3;   // on each side of a change
    std::size_t most_recent = 12;  // a change further back than so many weeks is not looked for; 0: any
};

// A test for one change of level (maximum of two-sample statistics over the change's place, Hawkins 1977) on weekly
// counts given the shop's: quasi-Poisson with the dispersion of the two segments, at least 1, Student's t with weeks -
// 2 degrees of freedom, and Bonferroni over the places and both directions, so that p is somewhat too large. Season and
// growth that the whole shop shares cancel. Weeks without any order of the shop are left out. No change (p 1) where
// weeks are too few.
[[nodiscard]] Change find_change(std::span<const double> counts, std::span<const double> totals,
                                 const ChangeOptions& options);

// The q value of each p: the least share of false discoveries at which it is still found (Benjamini and Hochberg 1995).
[[nodiscard]] std::vector<double> q_values(std::span<const double> p);

// The chance that Student's t with `freedom` degrees of freedom is above t.
[[nodiscard]] double student_tail(double t, double freedom);

}  // namespace suanpan::selection
