#pragma once

#include <string>

#include "areas/selection/scorer_file.h"
#include "platform/operations/operation.h"

// Which saved scorer serves a morning, and when a new one is learned.
namespace suanpan::selection {

enum class Learning { when_due, always, never };
[[nodiscard]] Result<Learning> parse_learning(const std::string& text);  // "when due", "always", "never"

// What became of a version that was learned now; all empty: none was.
struct Learned {
    std::string version, promotion, message;
};

struct Champion {
    Scorer scorer;
    models::Card card;
    std::int64_t days_old = 0;  // since the end of what it learned from
    Learned learned;
};

// "selection.28_days"
[[nodiscard]] std::string model_name(int horizon);

// The scorer that serves on the morning of `day`. Where there is none, or it learned from later data, or other
// features, or is `selection.retrain_days` (28) old, or learning is asked for, one is learned from what had happened by
// then and proposed to take its place (models/promotion.h). Its card says how much of the lists of the trials missed
// the best, beside the buyer's rules, and beside the one that serves on the same trials as far as it had not seen them.
// One of later data, or of other features, never serves: then what was learned now does. Errors: invalid_argument where
// the history is too short; not_found where learning is not wanted and nothing serves.
[[nodiscard]] Result<Champion> champion(operations::Context& context, const History& history, Day day,
                                        const TrainOptions& options, Learning learning);

}  // namespace suanpan::selection
