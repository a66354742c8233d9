#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "platform/operations/json.h"

// What the parts of the OpenAPI document are made of.
namespace suanpan::gateway {

using operations::Json;

[[nodiscard]] Json object(std::initializer_list<std::pair<std::string_view, Json>> members);
[[nodiscard]] Json list(std::initializer_list<Json> elements);
[[nodiscard]] Json reference(const std::string& component);  // "schemas/run"
[[nodiscard]] Json json_content(const Json& schema);
[[nodiscard]] Json problem_replies();  // the statuses that anything may answer with, all as problems
[[nodiscard]] Json run_schema();
[[nodiscard]] Json page_paths();  // of everything that is no operation

}  // namespace suanpan::gateway
