#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/store/connection.h"

namespace suanpan::data::quality {

struct StockOutOptions {
    // A run of days without a sale is called a stock-out where the item would have had it so seldom.
    double probability = 1e-4;
    std::int64_t window_days = 28;  // the rate of sale before and after the run is that of so many open days
    std::int64_t receipt_days = 2;  // a receipt so shortly before sales begin again says why they had stopped
};

struct StockOut {
    std::string item_id;
    Day from_day, to_day;
    std::string how;
    double probability = 0;  // of so long a run of days without a sale while there was stock; 0 where it was counted
};

// Runs of days without stock. Writes nothing:
// - counted: counts of stock say that nothing was there; between two such counts too.
// - received, inferred: n open days (on which the shop sold something) without a sale of the item, between two days
//   with one. The item sells on a share p of open days, the lower of those in the window before and in that after the
//   run, so that a season that ends is none; (1 - p)^n is below the probability. What an item sold last is not judged:
//   whether it is gone or given up cannot be told.
[[nodiscard]] Result<std::vector<StockOut>> find_stock_outs(store::Connection& connection,
                                                            const StockOutOptions& options);

// Writes data.stock_out anew, behind the public view data.stock_out_days.
[[nodiscard]] Result<> keep_stock_outs(store::Connection& connection, const std::vector<StockOut>& stock_outs);

}  // namespace suanpan::data::quality
