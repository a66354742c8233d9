#pragma once

#include "platform/operations/operation.h"

namespace suanpan::selection {

void add_undo_operations(operations::Registry& registry);  // selection.reviewed_matches, undo_review

}  // namespace suanpan::selection
