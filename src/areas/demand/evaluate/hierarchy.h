#pragma once

#include <string>
#include <vector>

#include "areas/demand/evaluate/measures.h"

namespace suanpan::demand {

// The sums that a planner looks at above the series themselves: all of them, and all of each category (store, item,
// region, …). Level 0 is the total, then each category in its order; the series are the level below.
struct Hierarchy {
    struct Node {
        std::size_t level = 0;
        std::string name;
        std::vector<std::size_t> series;  // that it sums
    };
    std::vector<std::string> levels;  // "total", the categories' names
    std::vector<Node> nodes;
};
// Categories that have one series each, or are the same for all, make no level.
[[nodiscard]] Hierarchy hierarchy_of(const Dataset& dataset);

// The nodes' own series: what was seen, what came, summed; known columns as their means. A period of a series that was
// not observed or is not scored counts as 0 everywhere.
[[nodiscard]] Dataset summed(const Dataset& dataset, const Hierarchy& hierarchy);

// Forecasts of the series and of the nodes, [series or node][period].
struct Levelled {
    Predictions series, nodes;
};

// The nodes' forecasts are the sums of the series'.
[[nodiscard]] Levelled bottom_up(const Levelled& base, const Hierarchy& hierarchy);

// Errors (came - forecast) of base forecasts before the split: [series or node][time], all alike in length.
struct PastErrors {
    std::vector<std::vector<double>> series, nodes;
};

// Minimum trace reconciliation (Wickramasuriya, Athanasopoulos and Hyndman 2019): the coherent forecasts that move the
// base ones least, each by how unsure it and its neighbours are. The errors' covariance is shrunk towards its diagonal
// by Schäfer and Strimmer's intensity (2005); with W = lambda D + (1 - lambda) E E' / T and C the constraints (node -
// sum of its series = 0), reconciled = base - W C' (C W C')^-1 C base, so only a matrix of the nodes' number is solved.
// Where a series would become negative it is 0 and the sums are formed anew: coherent and never negative.
// Errors: invalid_argument where there are no errors, or more than 4,000 nodes.
[[nodiscard]] Result<Levelled> min_trace(const Levelled& base, const Hierarchy& hierarchy, const PastErrors& errors);

// The share lambda of the diagonal. errors: [variable][time].
[[nodiscard]] double shrinkage(const std::vector<const std::vector<double>*>& errors);

}  // namespace suanpan::demand
