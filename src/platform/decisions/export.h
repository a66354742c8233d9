#pragma once

#include <functional>
#include <string>

#include "platform/decisions/decision.h"

namespace suanpan::decisions {

// Decisions that are acted on together.
struct Group {
    std::string kind;
    Day as_of;
};

// A write that changes what export files hold. They get into their place once it is on disk, so that no file ever tells
// of what was undone; where the process dies in between, the next such write puts them there first.
[[nodiscard]] Result<> write_with_exports(const store::Shop& shop, const Kinds& kinds,
                                          const std::function<Result<>(store::Connection&)>& function);

// Within such a write: asks for the file of a kind and day to be written anew, with every decision that stands as acted
// on, and takes the space that it needs. Gives its name, relative to the shop's folder; empty where the kind exports
// nothing. Errors: no_space.
[[nodiscard]] Result<std::string> reserve_export(store::Connection& connection, const store::Shop& shop,
                                                 const Kind& kind, const Group& group);

}  // namespace suanpan::decisions
