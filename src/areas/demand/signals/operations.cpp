#include "areas/demand/run.h"
#include "areas/demand/signals/signals.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct SignalsRequest {
    std::string as_of;
    std::int64_t mornings = 0;
};

struct SignalsReply {
    std::string as_of;
    std::int64_t mornings = 0, items = 0, networks = 0;
    std::string without;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::SignalsRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the newest morning is the Monday of its week, as 2011-11-14; empty: today, or where the data end"},
        {"mornings",
         "that many Mondays, the newest included; 0: the newest, if the shop's setting demand.signals is on"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::SignalsReply> {
    static constexpr FieldWords fields[] = {
        {"mornings", "made now; those that were there already stay"},
        {"items", "of the newest that was made"},
        {"networks", "LSTMs learned now; one is asked for four weeks"},
        {"without", "why there is no network; empty: there is"},
    };
};

namespace suanpan::demand {
namespace {

Result<SignalsReply> signals(operations::Context& context, const SignalsRequest& request) {
    if (request.mornings < 0 || request.mornings > 520)
        return fail(ErrorCode::invalid_argument, "mornings are 0 to 520, ten years of Mondays", "mornings");
    const bool wanted = request.mornings > 0 || context.shop.settings().text("demand.signals", "off") == "on";
    const auto day = request.as_of.empty() ? TRY(default_day(context.shop)) : TRY(parse_day(request.as_of));
    if (!wanted) return SignalsReply{.as_of = format(day), .without = "the setting demand.signals is off"};
    const auto report = TRY(make_signals(context, day, std::max<std::int64_t>(1, request.mornings)));
    return SignalsReply{format(day), report.mornings, report.items, report.networks, report.without};
}

}  // namespace

void add_signals_operation(operations::Registry& registry) {
    registry.add(operations::declare<SignalsRequest, SignalsReply>(
        {.name = "demand.signals",
         .summary =
             {"What an LSTM and a Prophet-like model say of each item's next four weeks, as features of selection",
              "LSTM 与类 Prophet 模型对每件商品未来四周的预测，作为选品特征"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true},
        signals));
}

}  // namespace suanpan::demand
