#pragma once

#include "areas/data/labels/label_set.h"
#include "platform/operations/operation.h"

namespace suanpan::data::labels {

void add_set_operations(operations::Registry& registry);  // create, list, show, export, freeze
void add_import_operation(operations::Registry& registry);
void add_work_operations(operations::Registry& registry);     // next, submit, skip, tasks, settle
void add_quality_operations(operations::Registry& registry);  // agreement, rules, scores

// One write on a version that takes changes; its value comes back.
template <class Value, class Function>
[[nodiscard]] Result<Value> change(operations::Context& context, const std::string& set, std::int64_t version,
                                   const Function& function) {
    Value value{};
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        value = TRY(function(connection, TRY(open_set(connection, set, version))));
        return {};
    }));
    return value;
}

}  // namespace suanpan::data::labels
