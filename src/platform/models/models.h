#pragma once

#include "platform/decisions/decision.h"
#include "platform/operations/operation.h"
#include "platform/settings/option.h"
#include "platform/store/schema.h"

namespace suanpan::models {

[[nodiscard]] store::Schema schema();

// Decisions on which version of a model serves.
[[nodiscard]] decisions::Kind promote_kind();

[[nodiscard]] settings::Section settings_section();

// models.list, show, promote and roll_back.
void add_operations(operations::Registry& registry);

}  // namespace suanpan::models
