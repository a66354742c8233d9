#pragma once

#include <optional>
#include <string>

// The JSON of a verdict's decision.
namespace suanpan::selection {

struct VerdictArguments {
    std::string item, title, category, verdict;
    double expected_profit = 0, stock_cost = 0;  // major units
    std::string from, to;
};

// Money in major units; nothing: unknown.
struct VerdictEvidence {
    std::int64_t place = 0, items = 0;
    bool explores = false;
    double expected_profit = 0, low = 0, high = 0, profit_before = 0, stock_cost = 0;
    std::int64_t horizon_days = 0;
    std::optional<double> stock, units_28, quiet_days, known_days, return_share, margin_share, price_to_rival;
    std::string flags, reasons_en, reasons_zh, model, model_version;
};

struct VerdictExpectation {
    std::string measure = "profit of the horizon", unit;
    double mean = 0, low = 0, high = 0, baseline = 0;
    std::string from, to;
};

}  // namespace suanpan::selection
