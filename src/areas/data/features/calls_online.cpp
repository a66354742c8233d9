#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/data/features/calls.h"

namespace suanpan::features {

namespace {

Value value_of(Cell cell) {
    return std::visit(
        []<class T>(T& value) -> Value {
            if constexpr (std::is_same_v<T, std::monostate>)
                return std::nullopt;
            else if constexpr (std::is_same_v<T, Instant>)
                return format(value);
            else if constexpr (std::is_same_v<T, double>)
                return std::isfinite(value) ? Value(value) : Value();
            else
                return Value(std::move(value));
        },
        cell);
}

Result<std::vector<std::size_t>> columns_of(const EntityTable& table, const std::vector<std::string>& names) {
    std::vector<std::size_t> columns;
    for (const auto& wanted : names) {
        const auto column = table.column_of.find(wanted);
        if (column == table.column_of.end())
            return fail(ErrorCode::not_found,
                        fmt::format("there is no computed feature \"{}\" of this entity; features.list has all, and "
                                    "features.compute fills in new ones",
                                    wanted),
                        "features");
        columns.push_back(column->second);
    }
    for (std::size_t i = 0; names.empty() && i < table.names.size(); ++i) columns.push_back(i);
    return columns;
}

}  // namespace

Result<ReadReply> read(Shelf& shelf, Context& context, const ReadRequest& request) {
    const auto entity = TRY(parse_entity(request.entity));
    const bool pairs = keys(entity).size() == 2;
    if (request.seconds.size() != (pairs ? request.ids.size() : 0))
        return fail(ErrorCode::invalid_argument,
                    pairs ? fmt::format("{} has two keys: give as many seconds ({}) as ids ({})", request.entity,
                                        keys(entity)[1], keys(entity)[0])
                          : fmt::format("{} has one key; leave seconds out", request.entity),
                    "seconds");
    const auto snapshot = TRY(shelf.online.snapshot(context.shop));
    const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
    if (!served.table)
        return fail(ErrorCode::unavailable, "these features were never computed; call features.compute first",
                    request.entity);
    const auto columns = TRY(columns_of(*served.table, request.features));
    ReadReply reply{.entity = request.entity, .moment = format(served.table->moment)};
    for (const auto column : columns) reply.features.push_back(served.table->names[column]);
    reply.rows.reserve(request.ids.size());
    for (std::size_t i = 0; i < request.ids.size(); ++i) {
        auto& row = reply.rows.emplace_back(ReadRow{.id = request.ids[i], .second = pairs ? request.seconds[i] : ""});
        const auto key = key_text(row.id, row.second);
        const auto* changed = served.changes ? served.changes->find(key) : nullptr;
        const auto at = served.table->row_of.find(key);
        row.found = changed != nullptr || at != served.table->row_of.end();
        row.values.reserve(columns.size());
        for (const auto column : columns)
            row.values.push_back(changed     ? value_of(changed->cells[column])
                                 : row.found ? value_of(served.table->columns[column].cell(at->second))
                                             : Value());
    }
    return reply;
}

Result<ApplyReply> apply(Shelf& shelf, Context& context, const ApplyRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    std::vector<Event> events;
    for (const auto& pushed : request.events) {
        auto at = parse_instant(pushed.at);
        if (!at) return fail(ErrorCode::invalid_argument, at.error().message, fmt::format("event {}: at", pushed.id));
        if (pushed.id.empty() || pushed.item_id.empty())
            return fail(ErrorCode::invalid_argument, "an event needs an id and an item_id", "events");
        events.push_back({.id = pushed.id,
                          .kind = pushed.kind,
                          .item_id = pushed.item_id,
                          .customer_id = pushed.customer_id,
                          .place_id = pushed.place_id,
                          .order_id = pushed.order_id,
                          .quantity = pushed.quantity,
                          .unit_price = pushed.unit_price,
                          .at = *at,
                          .received_at = now()});
    }
    const auto applied = TRY(shelf.online.apply(context.shop, *declared, std::move(events)));
    TRY(record(context.shop, "apply", applied.events));
    return ApplyReply{applied.events, applied.repeated, applied.keys};
}

Result<ForgetReply> forget(Shelf& shelf, Context& context, const ForgetRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    const std::lock_guard computing(shelf.online.computing);  // what is being computed may have read them
    TRY(shelf.online.forget(context.shop, *declared, request.customer_ids));
    return ForgetReply{std::ssize(request.customer_ids)};
}

namespace {

struct Stored {
    std::string entity;
    std::int64_t features;
    Instant moment, computed_at;
};

}  // namespace

Result<StatusReply> status(Shelf& shelf, Context& context, const StatusRequest&) {
    const auto declared = TRY(declarations(shelf, context.shop));
    const auto rows = TRY(context.shop.database().read([](store::Connection& connection) {
        return connection.rows<Stored>(
            "SELECT entity, count(*)::BIGINT AS features, max(moment) AS moment, "
            "max(computed_at) AS computed_at FROM features.state GROUP BY entity");
    }));
    const auto snapshot = TRY(shelf.online.snapshot(context.shop));
    StatusReply reply;
    for (const auto entity : entities) {
        EntityStatus one{.entity = std::string(name(entity))};
        std::int64_t freshness = 0;
        for (const auto& feature : declared->features) {
            if (feature.entity != entity) continue;
            freshness = freshness == 0 ? feature.freshness_minutes : std::min(freshness, feature.freshness_minutes);
            ++one.declared;
        }
        one.freshness_minutes = freshness;
        if (const auto row = std::ranges::find(rows, one.entity, &Stored::entity); row != rows.end()) {
            one.moment = format(row->moment);
            one.computed_at = format(row->computed_at);
            one.age_minutes = std::chrono::duration_cast<std::chrono::minutes>(now() - row->moment).count();
        }
        one.fresh = one.age_minutes && *one.age_minutes <= freshness;
        const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
        if (served.table) one.keys = std::ssize(served.table->row_of);
        reply.entities.push_back(std::move(one));
    }
    reply.changed_keys = changed_keys(*snapshot);
    return reply;
}

}  // namespace suanpan::features
