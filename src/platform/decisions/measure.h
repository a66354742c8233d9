#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "platform/decisions/ledger.h"

namespace suanpan::decisions {

// How far expectations were from outcomes in one group of decisions; errors are means, in the unit measured.
struct Accuracy {
    std::int64_t decisions = 0;
    double absolute_error = 0;
    double bias = 0;                     // expected - outcome: above 0, too much was expected
    double baseline_absolute_error = 0;  // of the naive method
    double within_share = 0;             // outcomes inside their interval

    void add(const Measurement& found);  // sums
    [[nodiscard]] Accuracy mean() const;
};

struct Measured {
    std::vector<std::pair<std::string, Measurement>> decisions;  // by id; these are measured now
    Accuracy acted;
    Accuracy acted_by_policy;  // those of them that the policy approved
    // Of the same kinds and days, their states left as they are. People chose what not to act on, so a difference
    // from `acted` may come of the choice; `held_out` were drawn by chance among what the policy would have approved,
    // and compare fairly with `acted_by_policy`.
    Accuracy not_acted;
    Accuracy held_out;
};

// Compares what acted decisions expected with what happened, where that is known by the given day.
[[nodiscard]] Result<Measured> measure(const store::Shop& shop, const Kinds& kinds, Day as_of, const Actor& actor);

}  // namespace suanpan::decisions
