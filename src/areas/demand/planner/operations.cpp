#include "areas/demand/planner/operations.h"

#include "areas/demand/planner/accuracy.h"
#include "areas/demand/planner/overrides.h"
#include "areas/demand/planner/value_added.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct OverrideRequest {
    std::string item, from, until, reason;
    double units = -1, factor = -1;
};

struct OverrideReply {
    std::int64_t override_id = 0;
    std::string item, made_on;
    double model_window_units = 0, window_units = 0;
};

struct WithdrawRequest {
    std::int64_t override_id = 0;
};

struct WithdrawReply {
    std::int64_t override_id = 0;
};

struct OverridesRequest {
    std::string item;
    bool ended = false;
    std::int64_t limit = 100;
};

struct ListedOverride {
    std::int64_t override_id = 0;
    std::string item, from, until, reason, made_by, made_at, made_on, withdrawn_on;
    std::optional<double> units, factor;
};

struct OverridesReply {
    std::vector<ListedOverride> overrides;
};

struct ValueAddedRequest {
    std::int64_t days = 90;
};

struct StepReply {
    std::string method;
    std::int64_t windows = 0;
    double units = 0, naive_wape = 0, model_wape = 0, planned_wape = 0, model_added = 0, override_added = 0;
};

struct OverrideValueReply {
    std::int64_t override_id = 0;
    std::string item, reason, made_by;
    std::int64_t windows = 0;
    double units = 0, model_error = 0, planned_error = 0;
    bool helped = false;
};

struct ValueAddedReply {
    StepReply all;
    std::vector<StepReply> methods;
    std::vector<OverrideValueReply> overrides;
    std::int64_t left_out = 0;
};

struct AccuracyRequest {
    std::string by = "class";
    std::int64_t days = 91;
};

struct GroupReply {
    std::string name;
    std::int64_t windows = 0;
    double units = 0, naive_wape = 0, model_wape = 0, planned_wape = 0, bias = 0, within = 0, model_added = 0,
           override_added = 0;
};

struct AheadReply {
    std::int64_t ahead = 0, periods = 0;
    double units = 0, model_wape = 0, planned_wape = 0, bias = 0;
};

struct AccuracyReply {
    std::string by;
    std::int64_t items = 0;
    GroupReply all;
    std::vector<GroupReply> groups;
    std::vector<AheadReply> ahead;
};

struct BiasRequest {
    std::int64_t days = 180, least_periods = 6, limit = 100;
    double signal = 4;
};

struct BiasAlarm {
    std::string item;
    std::int64_t periods = 0;
    double sold = 0, forecast = 0, mean_error = 0, signal = 0;
    std::string en, zh;
};

struct BiasReply {
    std::int64_t items = 0;
    std::vector<BiasAlarm> alarms;
};

struct WindowUnits {
    double model = 0, planned = 0;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::OverrideRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
        {"from", "the first day it speaks of, as 2011-11-14; empty: the forecast's first"},
        {"until", "the last day it speaks of; then it ends by itself"},
        {"reason", "why the planner knows better; kept and shown beside the number"},
        {"units", "units a period (a week or a day) instead of the model's number; below 0: not said"},
        {"factor", "a multiple of the model's number, as 1.3, instead of units; below 0: not said"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::OverrideReply> {
    static constexpr FieldWords fields[] = {
        {"window_units", "what orders are made from now, over lead time and review"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::OverridesRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "only of this item"},
        {"ended", "also those that ended or were withdrawn"},
        {"limit", "at most so many, the newest first", {.minimum = 1, .maximum = 10000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ValueAddedRequest> {
    static constexpr FieldWords fields[] = {
        {"days", "of forecasts made in so many days before the newest", {.minimum = 1, .maximum = 3660}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::StepReply> {
    static constexpr FieldWords fields[] = {
        {"windows", "items and days of forecasting whose window is over"},
        {"model_added", "share of the seasonal naive's error that the model took off"},
        {"override_added", "share of the model's error that overrides took off; below 0: they added to it"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ValueAddedReply> {
    static constexpr FieldWords fields[] = {
        {"left_out", "windows with days out of stock: what was wanted is not known"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::AccuracyRequest> {
    static constexpr FieldWords fields[] = {
        {"by", "class (A, B, C by revenue), category or method"},
        {"days", "of forecasts made in so many days before the newest", {.minimum = 1, .maximum = 3660}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::GroupReply> {
    static constexpr FieldWords fields[] = {
        {"windows", "items and first periods of forecasts whose window is over and had no day out of stock"},
        {"model_wape", "sum of |sold - forecast| over units sold, of the model's windows"},
        {"planned_wape", "the same after overrides"},
        {"bias", "forecast over sold, less 1; above 0: too high"},
        {"within", "share of the windows within the 90 % interval"},
        {"model_added", "share of the seasonal naive's error that the model took off"},
        {"override_added", "share of the model's error that overrides took off; below 0: they added to it"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::AheadReply> {
    static constexpr FieldWords fields[] = {
        {"ahead", "1: the first period after the day of forecasting"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::AccuracyReply> {
    static constexpr FieldWords fields[] = {
        {"items", "that were looked at: in a shop of more than 50,000 some 20,000 are drawn"},
        {"groups", "what sold most comes first"},
        {"ahead", "single periods by how far ahead they were"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::BiasRequest> {
    static constexpr FieldWords fields[] = {
        {"days", "of forecasts made in so many days before the newest", {.minimum = 1, .maximum = 3660}},
        {"least_periods", "items with fewer are not judged", {.minimum = 2, .maximum = 1000}},
        {"limit", "at most so many alarms, the largest first", {.minimum = 1, .maximum = 10000}},
        {"signal", "alarms from this size of the tracking signal on", {.minimum = 0.0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::BiasAlarm> {
    static constexpr FieldWords fields[] = {
        {"signal", "sum of sold less forecast over the mean absolute error; above 0: forecast too low"},
    };
};

namespace suanpan::demand {
namespace {

using operations::Context;
using store::Connection;

Result<Override> override_of(Connection& connection, const Context& context, const OverrideRequest& request) {
    if (request.until.empty())
        return fail(ErrorCode::invalid_argument, "say the last day it speaks of: every override ends", "until");
    Override one{.item_id = request.item,
                 .made_on = TRY(newest_day(connection)),
                 .until_day = TRY(parse_day(request.until)),
                 .reason = request.reason,
                 .made_by = context.principal.name,
                 .made_at = now()};
    if (request.units >= 0) one.units = request.units;
    if (request.factor >= 0) one.factor = request.factor;
    one.from_day = request.from.empty() ? std::min(one.made_on, one.until_day) : TRY(parse_day(request.from));
    return one;
}

Result<OverrideReply> keep(Context& context, const OverrideRequest& request) {
    OverrideReply reply{.item = request.item};
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        const auto one = TRY(override_of(connection, context, request));
        reply.override_id = TRY(add_override(connection, one));
        reply.made_on = format(one.made_on);
        const auto units = TRY(connection.row<WindowUnits>(R"(
            SELECT model_window_mean AS model, window_mean AS planned
            FROM demand.latest_planned WHERE item_id = ?)",
                                                           request.item));
        reply.model_window_units = units.model;
        reply.window_units = units.planned;
        return {};
    }));
    return reply;
}

Result<WithdrawReply> withdraw(Context& context, const WithdrawRequest& request) {
    TRY(context.shop.database().write(
        [&](Connection& connection) { return withdraw_override(connection, request.override_id); }));
    return WithdrawReply{request.override_id};
}

Result<OverridesReply> list(Context& context, const OverridesRequest& request) {
    OverridesReply reply;
    for (const auto& one : TRY(context.shop.database().read([&](Connection& connection) {
             return connection.rows<Override>(R"(
                 FROM demand.override
                 WHERE (? = '' OR item_id = ?)
                   AND (? OR (withdrawn_on IS NULL
                              AND until_day >= (SELECT coalesce(max(as_of), '-infinity') FROM demand.forecast)))
                 ORDER BY override_id DESC LIMIT ?)",
                                              request.item, request.item, request.ended, request.limit);
         })))
        reply.overrides.push_back({one.override_id, one.item_id, format(one.from_day), format(one.until_day),
                                   one.reason, one.made_by, format(one.made_at), format(one.made_on),
                                   one.withdrawn_on ? format(*one.withdrawn_on) : "", one.units, one.factor});
    return reply;
}

StepReply reply_of(const StepErrors& step) {
    const auto share = [&](double error) { return step.sold > 0 ? error / step.sold : 0; };
    return {step.name,         step.windows,        step.sold,          share(step.naive),
            share(step.model), share(step.planned), step.model_added(), step.planned_added()};
}

Result<ValueAddedReply> show_value_added(Context& context, const ValueAddedRequest& request) {
    const auto found = TRY(context.shop.database().read([&](Connection& connection) -> Result<ValueAdded> {
        return value_added(connection, TRY(newest_day(connection)) - Days(static_cast<int>(request.days)));
    }));
    ValueAddedReply reply{.all = reply_of(found.all), .left_out = found.left_out};
    for (const auto& step : found.methods) reply.methods.push_back(reply_of(step));
    for (const auto& one : found.overrides)
        reply.overrides.push_back({one.override_id, one.item_id, one.reason, one.made_by, one.windows, one.sold,
                                   one.model, one.planned, one.planned < one.model});
    return reply;
}

double share_of(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

GroupReply reply_of(const GroupAccuracy& one) {
    return {.name = one.name,
            .windows = one.windows,
            .units = one.sold,
            .naive_wape = share_of(one.naive, one.sold),
            .model_wape = share_of(one.model, one.sold),
            .planned_wape = share_of(one.planned, one.sold),
            .bias = one.sold > 0 ? one.forecast / one.sold - 1 : 0,
            .within = share_of(double(one.held), double(one.windows)),
            .model_added = one.naive > 0 ? 1 - one.model / one.naive : 0,
            .override_added = one.model > 0 ? 1 - one.planned / one.model : 0};
}

Result<AccuracyReply> show_accuracy(Context& context, const AccuracyRequest& request) {
    const auto by = TRY(group_by(request.by));
    const auto found = TRY(context.shop.database().read([&](Connection& connection) -> Result<Accuracy> {
        return accuracy(connection, TRY(newest_day(connection)) - Days(static_cast<int>(request.days)), by);
    }));
    AccuracyReply reply{.by = request.by, .items = found.items, .all = reply_of(found.all)};
    for (const auto& one : found.groups) reply.groups.push_back(reply_of(one));
    for (const auto& one : found.ahead)
        reply.ahead.push_back({one.ahead, one.periods, one.sold, share_of(one.model, one.sold),
                               share_of(one.planned, one.sold), one.sold > 0 ? one.forecast / one.sold - 1 : 0});
    return reply;
}

BiasAlarm alarm_of(const Bias& bias) {
    const bool low = bias.signal > 0;
    return {
        .item = bias.item_id,
        .periods = bias.periods,
        .sold = bias.sold,
        .forecast = bias.forecast,
        .mean_error = bias.deviation,
        .signal = bias.signal,
        .en = low ? "sells more than was forecast, again and again" : "sells less than was forecast, again and again",
        .zh = low ? "销量持续高于预测" : "销量持续低于预测"};
}

Result<BiasReply> show_bias(Context& context, const BiasRequest& request) {
    const auto found = TRY(context.shop.database().read([&](Connection& connection) -> Result<BiasReport> {
        const auto since = TRY(newest_day(connection)) - Days(static_cast<int>(request.days));
        return bias(connection, {since, request.signal, request.least_periods, request.limit});
    }));
    BiasReply reply{.items = found.items};
    for (const auto& one : found.alarms) reply.alarms.push_back(alarm_of(one));
    return reply;
}

}  // namespace

void add_planner_operations(operations::Registry& registry) {
    using operations::declare;
    using operations::Effect;
    using operations::Role;
    registry.add(declare<OverrideRequest, OverrideReply>(
        {.name = "demand.override",
         .summary = {"Puts a planner's number beside the model's until a day; orders are made from it",
                     "在截止日前以计划员的数字替代模型预测（并列保存）；订货以此为准"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .required = {"item", "until", "reason"}},
        keep));
    registry.add(declare<WithdrawRequest, WithdrawReply>(
        {.name = "demand.withdraw",
         .summary = {"Withdraws an override: the model's number counts again", "撤销一条人工调整，恢复模型预测"},
         .role = Role::editor,
         .effect = Effect::changes,
         .required = {"override_id"}},
        withdraw));
    registry.add(declare<OverridesRequest, OverridesReply>(
        {.name = "demand.overrides",
         .summary = {"Lists overrides of forecasts with their reasons", "列出对预测的人工调整及原因"}},
        list));
    registry.add(declare<ValueAddedRequest, ValueAddedReply>(
        {.name = "demand.value_added",
         .summary = {"Says what the model took off the seasonal naive's error, and overrides off the model's",
                     "预测增值：模型相对季节性朴素法、人工调整相对模型各减少多少误差"}},
        show_value_added));
    registry.add(declare<AccuracyRequest, AccuracyReply>(
        {.name = "demand.accuracy",
         .summary = {"Says how far off forecasts were that are over, by class of items and periods ahead",
                     "按商品类别与提前期列出已结束预测的准确度"}},
        show_accuracy));
    registry.add(declare<BiasRequest, BiasReply>(
        {.name = "demand.bias",
         .summary = {"Lists items whose forecasts lean to one side, by the tracking signal",
                     "按跟踪信号列出预测持续偏高或偏低的商品"}},
        show_bias));
}

}  // namespace suanpan::demand
