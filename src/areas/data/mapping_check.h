#pragma once

#include <string>
#include <vector>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

// Whether the store can compute the expressions of a mapping, before any row is read.
namespace suanpan::data {

struct MappingProblem {
    std::string source, where;  // "order_lines.quantity", "order_lines.when", "order_lines, rule NAME"
    std::string place;          // "mapping.yaml:14"
    std::string expression, problem;
    bool is_sql = true;  // it is SQL, but names what is not there
};

// Expressions that are no SQL; then those that call an unknown function or mix kinds. Which columns a file has is not
// known yet. Nothing is loaded.
[[nodiscard]] Result<std::vector<MappingProblem>> check_mapping(store::Connection& connection, const Mapping& mapping);

// Expressions of a source that cannot be computed from a file with these columns.
[[nodiscard]] Result<std::vector<MappingProblem>> check_source(store::Connection& connection, const Source& source,
                                                               const std::vector<std::string>& columns);

// The first problem as an error at its place; nothing where there is none. `what` is said of an expression that is SQL,
// "does not fit orders.csv", and `ending` after the problem.
[[nodiscard]] Result<> refuse_problems(const std::vector<MappingProblem>& problems, std::string_view what,
                                       std::string_view ending);

}  // namespace suanpan::data
