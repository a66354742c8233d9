#pragma once

#include "platform/settings/option.h"

namespace suanpan::settings {

// settings.list, settings.set and settings.reset over what the parts of the program declare.
void add_operations(operations::Registry& registry, const Sections& sections);

// The shop's name, language, currency and time zone. Amounts and days are kept in the last two: another value is
// refused where `holds_data` says so.
[[nodiscard]] Section shop_section(std::function<Result<>(store::Connection&)> holds_data);

}  // namespace suanpan::settings
