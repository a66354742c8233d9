#pragma once

#include "platform/operations/operation.h"
#include "platform/settings/option.h"
#include "platform/store/schema.h"
#include "platform/store/shop.h"

namespace suanpan::data {

[[nodiscard]] store::Schema schema();
// Changes with every load that brought something: a run on other data is another run.
[[nodiscard]] Result<std::string> version(const store::Shop& shop);
[[nodiscard]] settings::Section settings_section();
// Errors: conflict where something was loaded: amounts and days are kept in the shop's currency and time zone.
[[nodiscard]] Result<> nothing_loaded(store::Connection& connection);
void add_operations(operations::Registry& registry);

}  // namespace suanpan::data
