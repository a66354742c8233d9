#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

// How far annotators agree. A class is its place in the label set's list, from 0.
namespace suanpan::data::labels {

enum class Weights { none, linear, quadratic };

// Cohen's kappa of two annotators over the tasks that both labelled: first[i] and second[i] are the classes of task i.
//     kappa = 1 - sum w_ij O_ij / sum w_ij E_ij,  w_ij = [i != j] | |i - j| | (i - j)^2
// J. Cohen, "A coefficient of agreement for nominal scales", 1960, equation 1, and "Weighted kappa", 1968, equation 2.
// Empty where it is not defined: no task in common, or both used the same single class throughout.
[[nodiscard]] std::optional<double> cohen_kappa(std::span<const std::size_t> first, std::span<const std::size_t> second,
                                                Weights weights);

enum class Scale { nominal, ordinal, interval };

// Krippendorff's alpha over any number of annotators; who did not label a task is left out of it.
//     alpha = 1 - (n - 1) sum o_ck d2_ck / sum n_c n_k d2_ck
// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, sections C to E; d2 by scale:
//     nominal [c != k];  ordinal (sum of n_g for g from c to k - (n_c + n_k) / 2)^2;  interval (value_c - value_k)^2
// `tasks[u]` holds the classes given to task u, in any order. `values[c]` is what class c stands for on the interval
// scale, in increasing order; its size is the number of classes. Empty where alpha is not defined: no task has two
// labels, or all labels are of one class.
[[nodiscard]] std::optional<double> krippendorff_alpha(std::span<const std::vector<std::size_t>> tasks,
                                                       std::span<const double> values, Scale scale);

struct Interval {
    double low = 0, high = 1;
};

// Of a share of `trials` that succeeded, at 95 %. E. B. Wilson, "Probable inference", JASA 22, 1927, equation 4.
[[nodiscard]] Interval wilson_interval(std::size_t successes, std::size_t trials);

}  // namespace suanpan::data::labels
