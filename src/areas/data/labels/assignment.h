#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/data/labels/label_set.h"
#include "areas/data/labels/task_file.h"

// Who labels what. Each function is one write of the caller; a task that an annotator labelled or skipped is never
// given to them again, and a task is out or labelled at most annotations_per_task times.
namespace suanpan::data::labels {

struct Imported {
    std::int64_t added = 0, unchanged = 0, gold = 0;
    std::vector<Refused> refused;
};

// Errors by row: another kind of task than the set's, gold that is no class, an id that is there with other content.
[[nodiscard]] Result<Imported> add_tasks(store::Connection& connection, const LabelSet& set,
                                         std::span<const NewTask> tasks, const Actor& actor);

struct GivenTask {
    std::string task_id, text, picture, record;
    Instant expires_at;
    std::optional<std::string> guess;  // of the rules, where the set shows it
};

// What the annotator holds, then further tasks, up to `limit` together. In the order of labels.score where there are
// scores, else as imported; a share of them, drawn by annotator and place, is gold and looks like any other.
[[nodiscard]] Result<std::vector<GivenTask>> next_tasks(store::Connection& connection, const LabelSet& set,
                                                        std::int64_t limit, const Actor& annotator);

struct Submission {
    std::string task_id;
    std::optional<std::string> label;  // empty: skipped
    std::string note;
};

struct Outcome {
    std::string task_id;
    std::string state;                             // labelled, corrected, skipped, unchanged, refused
    std::optional<std::string> error_code, error;  // why it was refused
};

// Each for itself. Errors by task: invalid_argument for no class of the set; not_found where the task was not given to
// the annotator; expired where it has gone to others; conflict where it is settled.
[[nodiscard]] Result<std::vector<Outcome>> submit(store::Connection& connection, const LabelSet& set,
                                                  std::span<const Submission> submissions, const Actor& annotator);

}  // namespace suanpan::data::labels
