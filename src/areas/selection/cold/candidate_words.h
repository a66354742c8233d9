#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/selection/cold/cold_start.h"
#include "areas/selection/explain.h"

namespace suanpan::selection {

// Why a candidate has its place.
struct CandidateKnown {
    double rank = 0;  // ColdModel::rank of its score
    int horizon = 28;
    std::size_t alike = 0;      // items of the shop that are like it
    double likeness = 0;        // of the likest
    double price_to_alike = 0;  // its price over the median of theirs; 0: unknown
};
// `low`, `median`, `high`: what the items like it brought, in the shop's currency.
[[nodiscard]] Reasons words_of(const CandidateKnown& known, double low, double median, double high);
// Of one that has no place; `flag` as in the reply of selection.candidates.
[[nodiscard]] Reasons words_of_flag(std::string_view flag);

// 0 where a price is unknown.
[[nodiscard]] double price_to_alike(const Candidate& candidate, const Alike& alike,
                                    const std::vector<FirstDays>& known);

}  // namespace suanpan::selection
