#pragma once

#include "areas/data/mapping.h"
#include "platform/operations/operation.h"

namespace suanpan::data {

// The mapping.yaml of the shop. Errors: those of reading and of parse_mapping().
[[nodiscard]] Result<Mapping> shop_mapping(const store::Shop& shop);

// data.quarantine, data.replay
void add_quarantine_operations(operations::Registry& registry);
// data.mapping, data.replace_mapping
void add_mapping_operations(operations::Registry& registry);
// data.trace
void add_trace_operation(operations::Registry& registry);

}  // namespace suanpan::data
