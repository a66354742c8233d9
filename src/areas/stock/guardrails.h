#pragma once

#include <vector>

#include "platform/decisions/decision.h"

namespace suanpan::stock {

// What an order may not be, whoever asks for it: bigger than the limits of the shop's settings
// (stock.largest_cover_days, default 180; stock.largest_order_value in major units, default none; stock.budget and
// stock.room of all orders of a day), more than can be sold within its shelf life, out of proportion to what ever sold
// (stock.outlier_times, default 5), or of no units.
[[nodiscard]] std::vector<decisions::Verdict> guard_order(const store::Settings& settings,
                                                          const decisions::Proposal& order);

}  // namespace suanpan::stock
