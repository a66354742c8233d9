#pragma once

#include <string>

#include "platform/operations/operation.h"

namespace suanpan::selection {

struct RunRequest {
    std::string as_of;
    std::int64_t horizon = 28;
    std::string learn = "when due";
};

// Reading the store, the model (learning it, where it is due), the parts of scoring, and storing what it says.
struct RunSeconds {
    double read = 0, model = 0, features = 0, scores = 0, list = 0, reasons = 0, store = 0;
};

struct RunReply {
    std::string as_of;
    std::int64_t items = 0, list = 0, push = 0, keep = 0, clear = 0, drop = 0, unknown = 0, explores = 0, flagged = 0;
    double expected_profit = 0, stock_cost = 0, gap = 0;
    std::vector<std::string> unmet;
    std::string model, model_version;
    std::int64_t model_days_old = 0;
    std::string trained_version, promotion, promotion_message;
    RunSeconds seconds;
};

// One row of selection.score, in the order of its columns. Money in minor units; nothing: unknown.
struct ScoreRow {
    Day as_of;
    std::string item_id;
    std::int64_t place = 0;
    std::string verdict;
    bool explores = false;
    std::int64_t horizon = 0;
    double expected_profit = 0, low = 0, high = 0;
    std::string reasons_en, reasons_zh, model_version, flags;
    double baseline = 0, stock_cost = 0;
    std::optional<double> stock, units_28, quiet_days, known_days, return_share, margin_share, price_to_rival;
};

// Scores all items of the morning by the model that serves, learning one where it is due, and stores what it says.
[[nodiscard]] Result<RunReply> run(operations::Context& context, const RunRequest& request);

}  // namespace suanpan::selection
