#pragma once

#include <string>

#include "areas/data/labels/label_set.h"

// Labels as JSON lines for training: the first line says which set, version and classes, and a hash of all further
// lines; then one line a labelled task, by task_id. The same labels give the same bytes.
namespace suanpan::data::labels {

struct Export {
    std::string text;
    std::string hash;  // BLAKE2b-256 of definition and lines, in hex
    std::int64_t labels = 0;
};

// The labels that stand: gold, adjudicated, majority.
[[nodiscard]] Result<Export> export_labels(store::Connection& connection, const LabelSet& set);

// Nothing of the version changes from now on; again is the same. Errors: conflict where no task has a label.
[[nodiscard]] Result<Export> freeze(store::Connection& connection, const LabelSet& set, const Actor& actor);

}  // namespace suanpan::data::labels
