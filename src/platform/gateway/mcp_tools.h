#pragma once

#include <string>
#include <string_view>

#include "platform/operations/operation.h"

namespace suanpan::gateway {

[[nodiscard]] const operations::Operation* find_tool(const operations::Registry& registry, std::string_view tool);

// The result of tools/list: what the role may call.
[[nodiscard]] std::string tool_list(const operations::Registry& registry, operations::Role role);

// The result of tools/call. An error of the operation is told to the model, which can mend its request.
[[nodiscard]] std::string tool_result(const Result<std::string>& reply);

}  // namespace suanpan::gateway
