#pragma once

#include <cstdint>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::stock {

// Items of which a customer takes another where the wanted one is out. Demand is given as joint samples, so that items
// that sell on the same days are known to.
struct Substitutes {
    std::vector<std::vector<double>> samples;  // samples[n][i]: units of item i in sample n
    std::vector<std::vector<double>> takes;    // takes[i][j]: share of those who miss i and take j; the row at most 1
    std::vector<double> margin;                // of a unit of each item sold
    std::vector<double> holding;               // of a unit left over
    std::vector<std::int64_t> least = {};      // no level below it; empty: none below 0
    std::vector<std::int64_t> most = {};       // none above it; empty: no such limit
    // Of a unit: the levels together cost no more than those of each item alone, or its least. Empty: no such limit.
    std::vector<double> cost = {};
};

struct SubstitutionPlan {
    std::vector<std::int64_t> levels;  // order-up-to, one an item
    double value = 0;                  // expected margin less holding, over the samples
};

// Levels that are best together, where unmet demand spills over once (Netessine and Rudi, Operations Research 51
// (2003), 329-335, the centralised problem). The value need not be concave: from the levels of each item alone, single
// items and pairs, also pairs of equal cost, are moved by falling steps until nothing gains. Errors: invalid_argument
// for shapes or shares that do not fit.
[[nodiscard]] Result<SubstitutionPlan> plan_substitution(const Substitutes& items);

// Expected margin less holding of given levels.
[[nodiscard]] double value_of_levels(const Substitutes& items, const std::vector<std::int64_t>& levels);

}  // namespace suanpan::stock
