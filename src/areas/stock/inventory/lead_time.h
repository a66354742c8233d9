#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/stock/order_policy.h"
#include "platform/base/result.h"

namespace suanpan::stock {

// How long deliveries take, in whole days from order to receipt.
struct LeadTime {
    std::vector<double> chance;  // chance[d] of exactly d days
    std::int64_t receipts = 0;   // that it was learned from; 0: only what was stated

    [[nodiscard]] double mean() const;
    [[nodiscard]] double deviation() const;
    [[nodiscard]] std::int64_t quantile(double level) const;  // least days with at least that chance
};

struct StatedLeadTime {
    double days = 7, deviation = 0;
};

// Of receipts, with what the supplier stated weighing as much as `stated_weight` receipts: few receipts stay near the
// statement, many speak for themselves (a Dirichlet prior). Days that are negative or beyond a year are left aside, as
// typing errors; so are receipts far outside the others (more than 3 interquartile ranges beyond the quartiles, where
// there are at least 8).
[[nodiscard]] LeadTime learn_lead_time(std::span<const std::int64_t> days, const StatedLeadTime& stated,
                                       double stated_weight = 4);

// Demand over the lead time and the review period after it, from the forecast's quantiles over `window_days`: for each
// length that the lead time can have, the window's distribution at that length (mean by the part, spread by its square
// root), mixed by their chances. Levels are those of the forecast. With one certain length equal to the window it is
// the forecast itself.
[[nodiscard]] WindowDemand over_lead_time(const WindowDemand& window, double window_days, const LeadTime& lead,
                                          double review_days);

}  // namespace suanpan::stock
