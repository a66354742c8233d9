#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/data/labels/assignment.h"

// From several annotations to the one label that stands.
namespace suanpan::data::labels {

struct VoteCount {
    std::string label;
    std::int64_t votes = 0;
};

// The label of more than half of the votes; empty where there is none.
[[nodiscard]] std::optional<std::string> majority(std::span<const VoteCount> votes);

struct Settled {
    std::int64_t settled = 0;    // now
    std::int64_t unchanged = 0;  // were settled before
    std::int64_t conflicts = 0;  // have their annotations and no majority: adjudicate them
    std::int64_t waiting = 0;    // lack annotations
};

// Settles every task that has its annotations and a majority. Gold needs no settling and is not counted.
[[nodiscard]] Result<Settled> settle_by_majority(store::Connection& connection, const LabelSet& set,
                                                 const Actor& actor);

struct Adjudication {
    std::string task_id, label, reason;
};

// Each for itself. Errors by task: not_found; invalid_argument for no class of the set, or no reason; conflict for
// gold.
[[nodiscard]] Result<std::vector<Outcome>> adjudicate(store::Connection& connection, const LabelSet& set,
                                                      std::span<const Adjudication> adjudications, const Actor& actor);

struct TaskFilter {
    std::string state;       // waiting, conflict, ready (has a majority, is not settled), settled, gold; empty: all
    std::int64_t after = 0;  // the number of the task before
    std::int64_t limit = 50;
};

struct TaskRow {
    std::int64_t number = 0;
    std::string task_id, state, text, picture, record;
    std::int64_t annotations = 0;
    std::optional<std::string> label, method, reason;  // where it is settled
    std::optional<std::string> guess;
    std::optional<double> confidence, uncertainty;
    std::optional<std::string> gold;
};

[[nodiscard]] Result<std::vector<TaskRow>> list_tasks(store::Connection& connection, const LabelSet& set,
                                                      const TaskFilter& filter);

}  // namespace suanpan::data::labels
