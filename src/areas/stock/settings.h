#pragma once

#include "platform/settings/option.h"

namespace suanpan::stock {

// What a shop may set of its orders; plan.h, guardrails.h and exceptions.h read it.
[[nodiscard]] settings::Section settings_section();

}  // namespace suanpan::stock
