#include <fmt/format.h>

#include <optional>

#include "areas/data/csv/csv.h"
#include "areas/data/events/event_store.h"
#include "areas/data/events/events.h"
#include "areas/data/events/push.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct EventsRequest {
    std::string client_id, user_id;
    std::vector<glz::raw_json> events;
};

struct RefusedEvent {
    std::int64_t index = 0;
    std::string event_id, reason;
};

struct EventsReply {
    std::int64_t stored = 0, repeated = 0, refused = 0;
    std::vector<RefusedEvent> reasons;
};

struct PushRequest {
    std::string source, table, batch_id;
    std::vector<glz::raw_json> records;
};

struct PushReply {
    std::int64_t load_id = 0, read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0, left_out = 0;
    std::vector<RuleCount> rules;
    std::int64_t online = 0;
    std::string online_failure;
};

// What features.apply takes; see areas/data/features/messages.h.
struct AppliedEvent {
    std::string id, kind, item_id;
    std::optional<std::string> customer_id, place_id, order_id;
    std::int64_t quantity = 1, unit_price = 0;
    Instant at;
};

struct AppliedEventMessage {
    std::string id, kind, item_id;
    std::optional<std::string> customer_id, place_id, order_id;
    std::int64_t quantity = 1, unit_price = 0;
    std::string at;
};

struct ApplyMessage {
    std::vector<AppliedEventMessage> events;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::EventsRequest> {
    static constexpr FieldWords fields[] = {
        {"client_id", "the visitor, for events that tell none"},
        {"user_id", "the customer, for events that tell none"},
        {"events",
         "each {name, event_id, timestamp_micros, params: {session_id, transaction_id, currency, value, "
         "item_list_id, items: [{item_id, quantity, price, index or position, propensity}]}}",
         {.max_items = 10000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::EventsReply> {
    static constexpr FieldWords fields[] = {
        {"stored", "events that are safe on disk now"},
        {"repeated", "events that the shop had already, by event_id"},
        {"refused", "events set aside with their reason; see data.quarantine"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::PushRequest> {
    static constexpr FieldWords fields[] = {
        {"source", "a source of the mapping, whose columns the records name"},
        {"table", "or a table as mappings say it, whose fields the records name: order_lines, items"},
        {"batch_id", "the same one again changes nothing; empty: the content tells"},
        {"records", "JSON objects; amounts in the shop's currency, times in its zone or with Z", {.max_items = 10000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::PushReply> {
    static constexpr FieldWords fields[] = {
        {"load_id", "of these records, for data.quarantine and data.rows"},
        {"unchanged", "records that the shop had already"},
        {"online", "order lines and returns counted into the online features"},
        {"online_failure", "why they were not; the next features.compute counts them"},
    };
};

namespace suanpan::data {
namespace {

using operations::Context;
using operations::Effect;
using operations::Role;

// The store of events of each shop, kept while the program runs.
class EventStores {
  public:
    EventStore& of(const store::Shop& shop) {
        const std::lock_guard lock(mutex_);
        auto& there = stores_[shop.folder().string()];
        if (!there) there = std::make_unique<EventStore>();
        return *there;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<EventStore>> stores_;
};

EventBatch parse_batch(const store::Shop& shop, const EventsRequest& request) {
    const EventDefaults defaults{request.client_id, request.user_id, now(), shop.settings().currency,
                                 &shop.time_zone()};
    EventBatch batch;
    for (std::size_t i = 0; i < request.events.size(); ++i) {
        const auto& json = request.events[i].str;
        if (auto rows = parse_event(json, defaults))
            batch.events.push_back(*std::move(rows));
        else
            batch.refused.push_back(
                {static_cast<std::int64_t>(i), event_id_of(json), rows.error().message, csv::readable(json)});
    }
    return batch;
}

std::vector<Result<EventsReply>> store_events(EventStores& stores, Context& context,
                                              std::span<const EventsRequest> requests) {
    std::vector<EventBatch> batches;
    for (const auto& request : requests) batches.push_back(parse_batch(context.shop, request));
    const auto stored = stores.of(context.shop).add(context.shop, batches);
    std::vector<Result<EventsReply>> replies;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (!stored) {
            replies.emplace_back(std::unexpected(stored.error()));
            continue;
        }
        EventsReply reply{(*stored)[i].stored, (*stored)[i].repeated, std::ssize(batches[i].refused), {}};
        for (auto& one : batches[i].refused)
            reply.reasons.push_back({one.index, std::move(one.event_id), std::move(one.reason)});
        replies.emplace_back(std::move(reply));
    }
    return replies;
}

// Tells the online features of the order lines and returns that a load brought. They are safe already: where this fails
// the next computing of the features counts them.
Result<std::int64_t> follow(Context& context, std::int64_t load_id) {
    if (context.operations.find("features.apply") == nullptr) return 0;
    const auto rows = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<AppliedEvent>(R"(
            SELECT order_id || '/' || line AS id, 'order_line' AS kind, item_id, customer_id, place_id, order_id,
                   quantity, unit_price, ordered_at AS at
            FROM data.order_line WHERE load_id = ?
            UNION ALL
            SELECT return_id || '/' || line, 'return_line', item_id, customer_id, place_id, order_id,
                   quantity, coalesce(unit_price, 0), returned_at
            FROM data.return_line WHERE load_id = ?
            ORDER BY 9, 1)",
                                             load_id, load_id);
    }));
    if (rows.empty()) return 0;
    ApplyMessage message;
    for (const auto& row : rows)
        message.events.push_back({row.id, row.kind, row.item_id, row.customer_id, row.place_id, row.order_id,
                                  row.quantity, row.unit_price, format(row.at)});
    (void)TRY(context.operations.call(context, "features.apply", TRY(operations::to_json(message))));
    return std::ssize(rows);
}

Result<PushReply> push(Context& context, const PushRequest& request) {
    PushedRecords pushed{request.source, request.table, request.batch_id, {}};
    for (const auto& record : request.records) pushed.records.push_back(record.str);
    const auto [report, load_id] = TRY(push_records(context.shop, pushed));
    PushReply reply{.load_id = load_id,
                    .read = report.read,
                    .loaded = report.loaded,
                    .mended = report.mended,
                    .quarantined = report.quarantined,
                    .unchanged = report.unchanged,
                    .left_out = report.read - report.loaded - report.quarantined - report.unchanged,
                    .rules = report.rules};
    if (report.loaded == 0) return reply;
    if (const auto online = follow(context, load_id))
        reply.online = *online;
    else
        reply.online_failure = online.error().text();
    return reply;
}

}  // namespace

void add_push_operations(operations::Registry& registry) {
    const auto stores = std::make_shared<EventStores>();
    registry.add(operations::declare_many<EventsRequest, EventsReply>(
        {.name = "data.events",
         .summary = {"Takes in what visitors do, as it happens; answered when it is safe on disk",
                     "接收访客行为事件；写入磁盘后才应答"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .required = {"events"}},
        [stores](Context& context, std::span<const EventsRequest> requests) {
            return store_events(*stores, context, requests);
        }));
    registry.add(operations::declare<PushRequest, PushReply>(
        {.name = "data.push",
         .summary = {"Takes in records of a table or a mapped source; answered when they are safe on disk",
                     "接收某张表或某个映射来源的记录；写入磁盘后才应答"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .required = {"records"}},
        push));
}

}  // namespace suanpan::data
