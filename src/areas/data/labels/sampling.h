#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

// Which tasks a model is least sure of: labelling those first teaches it most. B. Settles, "Active Learning Literature
// Survey", 2009, section 3.1.
namespace suanpan::data::labels {

enum class Strategy { least_confidence, margin, entropy };

// From a model's probabilities of the classes, which sum to 1. 0: certain; 1: each class is as likely.
//     least confidence  (1 - p_1) K / (K - 1)      margin  1 - (p_1 - p_2)      entropy  -sum p_i ln p_i / ln K
// with p_1 >= p_2 >= …, K classes, K >= 2.
[[nodiscard]] double uncertainty(std::span<const double> probabilities, Strategy strategy);

struct Sample {
    std::string task_id;
    double uncertainty = 0;
};

struct Exploration {
    double share = 0;  // of places given to tasks drawn at random, so that the labels still tell of all tasks
    std::uint64_t seed = 1;
};

// The order in which to label: most uncertain first, ties by id. The same samples, share and seed give the same order
// on every machine.
[[nodiscard]] std::vector<Sample> labelling_order(std::vector<Sample> samples, const Exploration& exploration);

}  // namespace suanpan::data::labels
