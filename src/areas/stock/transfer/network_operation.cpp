#include <algorithm>
#include <set>

#include "areas/stock/look.h"
#include "areas/stock/transfer/network.h"
#include "areas/stock/transfer/transfer.h"
#include "platform/operations/declare.h"

namespace suanpan::stock {

struct NetworkRequest {
    std::string item, as_of;
    std::int64_t limit = 100, skip = 0;
};

struct NetworkPlaceRow {
    std::string place, title, supplied_by;
    std::int64_t own_days = 0, inbound_days = 0, promised_days = 0, net_days = 0;
    double expected = 0, safety_stock = 0, safety_stock_alone = 0;
    std::int64_t base_stock = 0;
    std::optional<std::int64_t> on_hand, on_order;
    bool forecast = false;
};

struct NetworkItem {
    std::string item, title;
    double cost = 0, cost_alone = 0;
    std::optional<double> cost_at_the_ends;
    std::vector<NetworkPlaceRow> places;
};

struct NetworkReply {
    std::string as_of, currency;
    std::int64_t links = 0, links_left_out = 0, plans = 0;
    double cost = 0, cost_alone = 0, safety_stock = 0, safety_stock_alone = 0;
    std::vector<NetworkItem> items;
};

}  // namespace suanpan::stock

template <>
struct suanpan::operations::Described<suanpan::stock::NetworkRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id; empty: all"},
        {"as_of", "the day of the forecast, as 2011-11-14; empty: the newest"},
        {"limit", "how many items at most", {.minimum = 1, .maximum = 10000}},
        {"skip", "how many of the first to leave out, for the next page", {.minimum = 0}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::NetworkPlaceRow> {
    static constexpr FieldWords fields[] = {
        {"supplied_by", "a place; empty: the item's supplier"},
        {"own_days", "from having what it asked for to having it on the shelf, and the time between two orders"},
        {"inbound_days", "that it waits for who supplies it"},
        {"promised_days", "that those it supplies, or its customers, wait for it"},
        {"net_days", "that its stock must cover: inbound and own less promised"},
        {"expected", "units in the net days, of all that it serves"},
        {"safety_stock_alone", "if every place promised at once and covered its own days"},
        {"base_stock", "what it is brought up to, with what is on the way"},
        {"forecast", "whether the item's demand there is forecast; not: a warehouse that only supplies others"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::NetworkItem> {
    static constexpr FieldWords fields[] = {
        {"cost", "of holding the safety stocks for a year, in the shop's currency"},
        {"cost_alone", "if every place promised at once and covered its own days"},
        {"cost_at_the_ends", "if only places that supply nobody held any; nothing where promises do not allow it"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::stock::NetworkReply> {
    static constexpr FieldWords fields[] = {
        {"links", "that the shop's table tells"},
        {"links_left_out", "of them, as they lead into a circle or take less than 0 or more than 3000 days"},
        {"plans", "items with a forecast at a linked place; the sums are over all of them"},
    };
};

namespace suanpan::stock {
namespace {

using store::Connection;

struct NetworkRead {
    Day as_of;
    std::vector<PlaceLink> links;
    std::vector<LinkedPlace> places;
    SupplierDays receipts;
};

Result<NetworkRead> read_network(Connection& connection, const NetworkRequest& request) {
    std::optional<Day> as_of;
    if (!request.as_of.empty()) as_of = TRY(parse_day(request.as_of));
    NetworkRead read{.as_of = TRY(forecast_day(connection, as_of)), .links = {}, .places = {}, .receipts = {}};
    read.links = TRY(read_links(connection));
    if (read.links.empty()) return read;
    read.places = TRY(read_linked(connection, read.as_of, request.item));
    read.receipts = TRY(read_lead_times(connection, read.as_of));
    return read;
}

NetworkPlaceRow row_of(const NetworkPlan& plan, const NetworkPlace& place) {
    NetworkPlaceRow row{.place = place.place_id,
                        .title = place.place_title,
                        .supplied_by = place.supplied_by ? plan.places[*place.supplied_by].place_id : "",
                        .own_days = place.own_days,
                        .inbound_days = place.inbound_days,
                        .promised_days = place.promised_days,
                        .net_days = place.net_days,
                        .expected = place.expected,
                        .safety_stock = place.safety_stock,
                        .safety_stock_alone = place.safety_stock_alone,
                        .base_stock = place.base_stock};
    if (place.at == nullptr) return row;
    row.on_hand = place.at->on_hand;
    row.on_order = place.at->on_order;
    row.forecast = place.at->forecast();
    return row;
}

Result<NetworkReply> network_reply(operations::Context& context, const NetworkRequest& request) {
    const auto& settings = context.shop.settings();
    const auto read =
        TRY(context.shop.database().read([&](Connection& connection) { return read_network(connection, request); }));
    const auto plans = TRY(plan_networks(read.places, read.links, read.receipts, plan_options(settings)));
    NetworkReply reply{.as_of = format(read.as_of),
                       .currency = settings.currency,
                       .links = std::ssize(read.links),
                       .links_left_out = links_left_out(read.links)};
    for (const auto& plan : plans) {
        reply.cost += plan.cost;
        reply.cost_alone += plan.cost_alone;
        for (const auto& place : plan.places) {
            reply.safety_stock += place.safety_stock;
            reply.safety_stock_alone += place.safety_stock_alone;
        }
        if (reply.plans++ < request.skip || std::ssize(reply.items) >= request.limit) continue;
        NetworkItem item{plan.item_id, plan.title, plan.cost, plan.cost_alone, plan.cost_at_the_ends, {}};
        for (const auto& place : plan.places) item.places.push_back(row_of(plan, place));
        reply.items.push_back(std::move(item));
    }
    return reply;
}

}  // namespace

void add_network_operation(operations::Registry& registry) {
    registry.add(operations::declare<NetworkRequest, NetworkReply>(
        {.name = "stock.network",
         .summary =
             {"Which of the linked places holds how much of each item, and what every place for itself would hold",
              "有补货关系的各地点应持有多少库存，以及各自为政时的库存"}},
        network_reply));
}

}  // namespace suanpan::stock
