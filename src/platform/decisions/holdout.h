#pragma once

#include <string_view>

#include "platform/decisions/decision.h"

namespace suanpan::decisions {

inline constexpr std::string_view held_out_reason = "held out, to compare with what is acted on";

// A random share of what the policy would approve is left undone, so that acted decisions have a fair comparison:
// options `holdout: {stock.order: 0.05}`, and `holdout_seed` (0). Drawn by the decision's id: the same id is drawn or
// not drawn for ever, whatever the order and time.
[[nodiscard]] bool is_held_out(const store::Settings& settings, const Decision& decision);

}  // namespace suanpan::decisions
