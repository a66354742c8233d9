#include <optional>
#include <string>
#include <vector>

#include "areas/selection/matching/undo.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct WaitingRequest {
    std::string competitor;
    std::int64_t limit = 50;
};
struct WaitingRow {
    std::string competitor, key, day, title, item, item_title;
    double price = 0, item_price = 0, likeness = 0;
    bool suspect = false;
};
struct WaitingReply {
    std::int64_t waiting = 0;
    std::vector<WaitingRow> matches;
};

struct ReviewRequest {
    std::string competitor, key, verdict, item;
};
struct ReviewReply {
    std::string item, state;
};

struct WaitingItem {
    std::optional<std::string> item_id;
};
struct QueueRow {
    std::string competitor_id, offer_key, title, item_id;
    Day day;
    std::optional<std::string> item_title;
    std::optional<double> price, item_price;
    double likeness = 0;
    bool suspect = false;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::WaitingRow> {
    static constexpr FieldWords fields[] = {
        {"day", "the newest listing that the offer is in"},
        {"price", "of the offer, in the shop's currency; 0: unknown"},
        {"item_price", "of the shop's item: its list price, else the median it sold for; 0: unknown"},
        {"likeness", "of the titles, 0 to 1"},
        {"suspect", "the listing's prices had moved too much to be used"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::WaitingRequest> {
    static constexpr FieldWords fields[] = {
        {"competitor", "of one competitor alone; empty: of all"},
        {"limit", "rows in the reply, the likeliest first", {.minimum = 1, .maximum = 10'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ReviewRequest> {
    static constexpr FieldWords fields[] = {
        {"key", "the offer's key, as selection.waiting_matches has it"},
        {"verdict", "accept or refuse"},
        {"item", "the shop's item that was seen; where another one waits by now, nothing is said"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

// Of each offer what its newest listing that waits says, beside the shop's item.
constexpr std::string_view queue_sql = R"(
    WITH offer AS (
        SELECT competitor_id, offer_key, max(day) AS day, arg_max(title, day) AS title,
               arg_max(item_id, day) AS item_id, arg_max_null(unit_price::DOUBLE, day) AS price,
               arg_max(likeness, day)::DOUBLE AS likeness, arg_max(suspect, day) AS suspect
        FROM selection.rival_offer
        WHERE state = 'waiting' AND (?1 = '' OR competitor_id = ?1)
        GROUP BY competitor_id, offer_key),
    sold AS (
        SELECT item_id, median(unit_price)::DOUBLE AS price FROM data.order_line
        WHERE quantity > 0 AND item_id IN (SELECT item_id FROM offer) GROUP BY ALL)
    SELECT competitor_id, offer_key, offer.title, offer.item_id, day, p.title AS item_title, offer.price,
           coalesce(p.unit_price::DOUBLE, sold.price) AS item_price, likeness, suspect
    FROM offer LEFT JOIN data.product AS p USING (item_id) LEFT JOIN sold USING (item_id)
    ORDER BY likeness DESC, competitor_id, offer_key)";

Result<WaitingReply> waiting_matches(operations::Context& context, const WaitingRequest& request) {
    const auto rows = TRY(
        context.shop.database().read([&](Connection& c) { return c.rows<QueueRow>(queue_sql, request.competitor); }));
    const double minor = minor_units(context.shop.settings());
    WaitingReply reply{.waiting = std::ssize(rows), .matches = {}};
    for (const auto& row : rows) {
        if (std::ssize(reply.matches) >= request.limit) break;
        reply.matches.push_back({.competitor = row.competitor_id,
                                 .key = row.offer_key,
                                 .day = format(row.day),
                                 .title = row.title,
                                 .item = row.item_id,
                                 .item_title = row.item_title.value_or(""),
                                 .price = row.price.value_or(0) / minor,
                                 .item_price = row.item_price.value_or(0) / minor,
                                 .likeness = row.likeness,
                                 .suspect = row.suspect});
    }
    return reply;
}

Result<ReviewReply> review_match(operations::Context& context, const ReviewRequest& request) {
    if (request.verdict != "accept" && request.verdict != "refuse")
        return fail(ErrorCode::invalid_argument, "\"" + request.verdict + "\" is no verdict; say accept or refuse",
                    "verdict");
    const bool accepted = request.verdict == "accept";
    ReviewReply reply{.item = {}, .state = accepted ? "accepted" : "refused"};
    TRY(context.shop.database().write([&](Connection& c) -> Result<> {
        const auto found = TRY(c.row<WaitingItem>(R"(
            SELECT arg_max(item_id, day) AS item_id FROM selection.rival_offer
            WHERE competitor_id = ? AND offer_key = ? AND state = 'waiting')",
                                                  request.competitor, request.key));
        if (!found.item_id) return fail(ErrorCode::not_found, "no match of this key waits for a review", request.key);
        if (!request.item.empty() && request.item != *found.item_id)
            return fail(ErrorCode::conflict, "another item is matched to this offer by now; look at it again",
                        *found.item_id);
        reply.item = *found.item_id;
        TRY(c.query("INSERT INTO selection.rival_review VALUES (?, ?, ?, ?, ?, now(), false)", request.competitor,
                    request.key, reply.item, accepted, context.principal.name));
        TRY(c.query(R"(
            UPDATE selection.rival_offer SET state = ?
            WHERE competitor_id = ? AND offer_key = ? AND state = 'waiting' AND item_id = ?)",
                    reply.state, request.competitor, request.key, reply.item));
        return {};
    }));
    return reply;
}

}  // namespace

void add_review_operations(operations::Registry& registry) {
    registry.add(operations::declare<WaitingRequest, WaitingReply>(
        {.name = "selection.waiting_matches",
         .summary = {"Matches of competitors' offers that wait for a person", "等待人工复核的竞品匹配"}},
        waiting_matches));
    registry.add(operations::declare<ReviewRequest, ReviewReply>(
        {.name = "selection.review_match",
         .summary = {"Accepts or refuses a match of a competitor's offer, for all its later listings, too",
                     "接受或拒绝一条竞品匹配，对其后的清单同样有效"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .required = {"competitor", "key", "verdict"}},
        review_match));
    add_undo_operations(registry);
}

}  // namespace suanpan::selection
