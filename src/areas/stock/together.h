#pragma once

#include "areas/stock/plan.h"

// Items of which customers take another where the wanted one is out, ordered together.
namespace suanpan::stock {

constexpr std::size_t most_together = 12;  // items; larger groups keep their own orders

// Changes the levels and orders of items that substitutes link: the best levels of each group by
// inventory/substitution.h, over samples of the quantiles that the evidence shows, drawn as independent. A unit left
// over is taken to cost what makes the item's own service level right for it alone, so that only the substitutes change
// its level. No level falls below the item's quantile at `substitute_level`, nor below what is there already, or rises
// above the highest quantile of its own demand, as shares are estimates; and together they bind no more money than
// alone. Shares that do not fit are left out and said: of items whose shares lie outside 0 to 1 or add up to more than
// 1, and of groups of more than most_together. Errors: those of plan_substitution.
[[nodiscard]] Result<> plan_together(std::vector<Planned>& items, const SubstituteShares& shares,
                                     const PlanOptions& options);

}  // namespace suanpan::stock
