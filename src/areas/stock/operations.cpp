#include "areas/stock/guardrails.h"
#include "areas/stock/run.h"
#include "areas/stock/stock.h"
#include "platform/operations/declare.h"

namespace suanpan::stock {

struct ProposeRequest {
    std::string as_of;
};

struct ProposeReply {
    std::string as_of;
    std::int64_t items = 0, assumed_stock = 0;
    std::int64_t pending = 0, approved_by_policy = 0, refused_by_guardrails = 0, superseded = 0, known = 0;
};

}  // namespace suanpan::stock

template <>
struct glz::json_schema<suanpan::stock::ProposeRequest> {
    schema as_of{.description = "the day of the forecast to order from, as 2011-11-14"};
};
template <>
struct glz::json_schema<suanpan::stock::ProposeReply> {
    schema assumed_stock{.description =
                             "items whose stock nobody counted; their orders rest on an assumption and say so"};
};

namespace suanpan::stock {
namespace {

Result<ProposeReply> propose(operations::Context& context, const decisions::Kinds& kinds,
                             const ProposeRequest& request) {
    const auto report = TRY(propose_orders(context, kinds, TRY(parse_day(request.as_of))));
    const auto& counts = report.decisions;
    return ProposeReply{request.as_of,   report.items,   report.assumed_stock, counts.pending,
                        counts.approved, counts.refused, counts.superseded,    counts.known};
}

}  // namespace

decisions::Kind order_kind() {
    return {.name = "stock.order",
            .title = {"Purchase order", "采购订单"},
            .export_prefix = "orders",
            .guard = guard_order,
            .measure = measure_order};
}

void add_operations(operations::Registry& registry, const decisions::Kinds& kinds) {
    registry.add(operations::declare<ProposeRequest, ProposeReply>(
        {.name = "stock.propose",
         .summary = {"Proposes purchase orders from a day's forecast", "根据某日预测提出采购订单"},
         .role = operations::Role::editor,
         .effect = operations::Effect::proposes,
         .idempotent = true,
         .required = {"as_of"}},
        [kinds](operations::Context& context, const ProposeRequest& request) {
            return propose(context, kinds, request);
        }));
}

}  // namespace suanpan::stock
