#pragma once

#include "platform/operations/operation.h"
#include "platform/settings/option.h"
#include "platform/store/schema.h"

namespace suanpan::demand {

[[nodiscard]] store::Schema schema();
[[nodiscard]] settings::Section settings_section();
void add_operations(operations::Registry& registry);

}  // namespace suanpan::demand
