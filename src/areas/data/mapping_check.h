#pragma once

#include <string>
#include <vector>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

struct MappingProblem {
    std::string source, where, expression, problem;
};

// Expressions that are no SQL, and those that do not fit the rows that a source has in the quarantine. Nothing is
// loaded.
[[nodiscard]] Result<std::vector<MappingProblem>> check_mapping(store::Connection& connection, const Mapping& mapping);

}  // namespace suanpan::data
