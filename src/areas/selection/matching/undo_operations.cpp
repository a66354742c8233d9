#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "areas/selection/matching/undo.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ReviewedRequest {
    std::string competitor;
    std::int64_t limit = 50;
};
struct ReviewedMatch {
    std::string competitor, key, title, item, item_title, state, reviewed_by, reviewed_at;
};
struct ReviewedReply {
    std::int64_t reviewed = 0;
    std::vector<ReviewedMatch> matches;
};

struct UndoRequest {
    std::string competitor, key, item;
};
struct UndoReply {
    std::string item, state;
    std::int64_t waiting = 0;
};

struct JudgedMatchRow {
    std::string competitor_id, offer_key, item_id, reviewed_by, reviewed_at;
    std::optional<std::string> title, item_title;
    bool accepted = false;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::ReviewedRequest> {
    static constexpr FieldWords fields[] = {
        {"competitor", "of one competitor alone; empty: of all"},
        {"limit", "rows in the reply, the latest said first", {.minimum = 1, .maximum = 10'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ReviewedMatch> {
    static constexpr FieldWords fields[] = {
        {"state", "accepted or refused"},
        {"title", "of the offer in the newest listing that it is in"},
        {"reviewed_at", "UTC"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::UndoRequest> {
    static constexpr FieldWords fields[] = {
        {"key", "the offer's key, as selection.reviewed_matches has it"},
        {"item", "the shop's item that was judged; where another was judged since, nothing is undone"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::UndoReply> {
    static constexpr FieldWords fields[] = {
        {"state", "what is taken back: accepted or refused"},
        {"waiting", "rows of listings that wait for a person again"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view standing_sql = R"(
    WITH offer AS (
        SELECT competitor_id, offer_key, arg_max(title, day) AS title
        FROM selection.rival_offer GROUP BY competitor_id, offer_key)
    SELECT competitor_id, offer_key, r.item_id, accepted, reviewed_by,
           strftime(reviewed_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS reviewed_at,
           offer.title, p.title AS item_title
    FROM selection.rival_review_standing AS r
    LEFT JOIN offer USING (competitor_id, offer_key)
    LEFT JOIN data.product AS p ON p.item_id = r.item_id
    WHERE ?1 = '' OR competitor_id = ?1
    ORDER BY r.reviewed_at DESC, competitor_id, offer_key)";

constexpr std::string_view one_sql = R"(
    SELECT competitor_id, offer_key, item_id, accepted, reviewed_by, '' AS reviewed_at, NULL::VARCHAR AS title,
           NULL::VARCHAR AS item_title
    FROM selection.rival_review_standing WHERE competitor_id = ? AND offer_key = ?)";

std::string state_of(const JudgedMatchRow& row) {
    return row.accepted ? "accepted" : "refused";
}

Result<ReviewedReply> reviewed_matches(operations::Context& context, const ReviewedRequest& request) {
    const auto rows = TRY(context.shop.database().read(
        [&](Connection& c) { return c.rows<JudgedMatchRow>(standing_sql, request.competitor); }));
    ReviewedReply reply{.reviewed = std::ssize(rows), .matches = {}};
    for (const auto& row : rows) {
        if (std::ssize(reply.matches) >= request.limit) break;
        reply.matches.push_back({.competitor = row.competitor_id,
                                 .key = row.offer_key,
                                 .title = row.title.value_or(""),
                                 .item = row.item_id,
                                 .item_title = row.item_title.value_or(""),
                                 .state = state_of(row),
                                 .reviewed_by = row.reviewed_by,
                                 .reviewed_at = row.reviewed_at});
    }
    return reply;
}

// The word of the person who takes back is a row of its own. What the listings would say without any word is not known
// any more, so their rows wait for a person; a listing that is read later is matched afresh.
Result<std::int64_t> take_back(Connection& c, const JudgedMatchRow& row, const std::string& by) {
    TRY(c.query("INSERT INTO selection.rival_review VALUES (?, ?, ?, ?, ?, now(), true)", row.competitor_id,
                row.offer_key, row.item_id, row.accepted, by));
    constexpr std::string_view judged =
        "competitor_id = ? AND offer_key = ? AND item_id = ? AND state IN ('accepted', 'refused')";
    const auto waiting = TRY(c.count(fmt::format("SELECT count(*) FROM selection.rival_offer WHERE {}", judged),
                                     row.competitor_id, row.offer_key, row.item_id));
    TRY(c.query(fmt::format("UPDATE selection.rival_offer SET state = 'waiting' WHERE {}", judged), row.competitor_id,
                row.offer_key, row.item_id));
    return waiting;
}

Result<UndoReply> undo_review(operations::Context& context, const UndoRequest& request) {
    UndoReply reply;
    TRY(context.shop.database().write([&](Connection& c) -> Result<> {
        const auto found = TRY(c.rows<JudgedMatchRow>(one_sql, request.competitor, request.key));
        if (found.empty())
            return fail(ErrorCode::not_found, "nothing was said of this offer, or it was taken back already",
                        request.key);
        const auto& row = found.front();
        if (!request.item.empty() && request.item != row.item_id)
            return fail(ErrorCode::conflict, "another item was judged for this offer since; look at it again",
                        row.item_id);
        reply = {.item = row.item_id, .state = state_of(row), .waiting = 0};
        reply.waiting = TRY(take_back(c, row, context.principal.name));
        return {};
    }));
    return reply;
}

}  // namespace

void add_undo_operations(operations::Registry& registry) {
    registry.add(operations::declare<ReviewedRequest, ReviewedReply>(
        {.name = "selection.reviewed_matches",
         .summary = {"Matches of competitors' offers that a person accepted or refused, as it stands",
                     "人工已接受或拒绝、目前有效的竞品匹配"}},
        reviewed_matches));
    registry.add(operations::declare<UndoRequest, UndoReply>(
        {.name = "selection.undo_review",
         .summary = {"Takes back what a person said of a match; the offer waits again, and both words stay recorded",
                     "撤回对一条竞品匹配的人工判断；该报价重新待复核，两次操作均留有记录"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .required = {"competitor", "key"}},
        undo_review));
}

}  // namespace suanpan::selection
