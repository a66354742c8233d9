#pragma once

#include <string>

#include "platform/operations/operation.h"

namespace suanpan::gateway {

// OpenAPI 3.1 of every operation, deterministic.
[[nodiscard]] std::string openapi(const operations::Registry& registry);

}  // namespace suanpan::gateway
