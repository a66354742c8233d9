#pragma once

#include <string>

#include "platform/operations/json.h"

namespace suanpan::gateway {

// The value as JSON that every reader takes: glaze's own dump() leaves control characters as they are.
[[nodiscard]] std::string json_dump(const operations::Json& json);

}  // namespace suanpan::gateway
