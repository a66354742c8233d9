#pragma once

#include "platform/operations/operation.h"
#include "platform/store/schema.h"
#include "platform/store/shop.h"

namespace suanpan::data {

[[nodiscard]] store::Schema schema();
// Changes with every load that brought something: a run on other data is another run.
[[nodiscard]] Result<std::string> version(const store::Shop& shop);
void add_operations(operations::Registry& registry);

}  // namespace suanpan::data
