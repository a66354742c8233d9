#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/data/labels/assignment.h"
#include "areas/data/labels/sampling.h"

// A model's doubts decide what is labelled next.
namespace suanpan::data::labels {

struct Scoring {
    std::string model;                 // and its version, for the record
    std::string strategy = "entropy";  // least_confidence, margin, entropy
    double explore = 0.1;              // share of places for tasks drawn at random
    std::int64_t seed = 1;
};

struct TaskScores {
    std::string task_id;
    std::vector<double> probabilities;  // of the classes, in their order
};

// Orders the tasks that are scored. Scores of the same model, strategy, share and seed are added to, others replaced.
// Errors by task: not_found; invalid_argument where the probabilities are not one a class from 0 to 1 that sum to 1.
[[nodiscard]] Result<std::vector<Outcome>> score_tasks(store::Connection& connection, const LabelSet& set,
                                                       const Scoring& scoring, std::span<const TaskScores> scores);

}  // namespace suanpan::data::labels
