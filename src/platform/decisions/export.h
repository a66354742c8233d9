#pragma once

#include <string>

#include "platform/decisions/decision.h"

namespace suanpan::decisions {

// Decisions that are acted on together.
struct Group {
    std::string kind;
    Day as_of;
};

// Writes every decision of its kind and day that stands as acted on, whole; gives the file's name, relative to the
// shop's folder, empty where the kind exports nothing. Within the caller's transaction.
[[nodiscard]] Result<std::string> write_export(store::Connection& connection, const store::Shop& shop, const Kind& kind,
                                               const Group& group);

}  // namespace suanpan::decisions
