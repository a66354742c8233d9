#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "areas/selection/matching/matcher.h"
#include "areas/selection/offered_csv.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/selection/title_words.h"
#include "platform/operations/declare.h"
#include "platform/operations/may_read.h"

namespace suanpan::selection {

struct ListingRow {
    std::string title, code;
    std::optional<double> price;
};
struct MatchRequest {
    std::vector<std::string> files;
    std::vector<ListingRow> rows;
    std::string competitor, day;
};
struct MatchReply {
    std::string competitor, day;
    std::int64_t read = 0, by_code = 0, by_title = 0, reviewed = 0, waiting = 0, none = 0;
    bool suspect = false;
    double price_move = 0;
};

struct ListedRow {
    std::optional<std::string> code, title, price;
};
struct OwnRow {
    std::string item_id;
    std::optional<std::string> code, title;
    std::optional<double> price;
};
struct ReviewedRow {
    std::string offer_key, item_id;
    bool accepted = false;
};
struct OfferRow {
    std::string competitor_id, offer_key;
    Day day;
    std::string title;
    std::optional<std::int64_t> unit_price;
    std::optional<std::string> item_id;
    std::string how;
    double likeness = 0;
    std::string state;
    bool suspect = false;
};
struct MoveRow {
    std::optional<double> move;
    std::int64_t offers = 0;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::MatchRequest> {
    static constexpr FieldWords fields[] = {
        {"files",
         "a competitor's listing: one CSV file with a header and the column title; code (barcode or the "
         "shop's item id) and price (the shop's currency) where there are"},
        {"rows", "such a listing itself, in place of a file", {.max_items = 100'000}},
        {"competitor", "whose listing it is"},
        {"day", "the day it was seen; a listing of the same day takes the place of the earlier one"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::MatchReply> {
    static constexpr FieldWords fields[] = {
        {"reviewed", "offers that a person has judged before; that stands"},
        {"waiting", "likely, but a person has to say: selection.waiting_matches"},
        {"suspect", "most prices moved by 1.6 times or more since this competitor's last good listing: none is used"},
        {"price_move", "median of new to last price of the same offers; 0: fewer than ten of them"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ListingRow> {
    static constexpr FieldWords fields[] = {
        {"code", "barcode or the shop's item id; empty: unknown"},
        {"price", "in the shop's currency; left out: unknown"},
    };
};
namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view own_sql = R"(
    WITH barcode AS (SELECT item_id, min(barcode) AS barcode FROM data.variant WHERE barcode <> '' GROUP BY ALL),
    sold AS (SELECT item_id, median(unit_price)::DOUBLE AS price FROM data.order_line WHERE quantity > 0 GROUP BY ALL)
    SELECT item_id, coalesce(barcode, item_id) AS code, title, coalesce(unit_price::DOUBLE, price) AS price
    FROM data.product LEFT JOIN barcode USING (item_id) LEFT JOIN sold USING (item_id) ORDER BY item_id)";

// Of each offer its price in the competitor's newest listing before the day that was not suspect.
constexpr std::string_view move_sql = R"(
    WITH before AS (
        SELECT offer_key, arg_max(unit_price, day) AS price FROM selection.rival_offer
        WHERE competitor_id = ?1 AND day < ?2 AND NOT suspect AND unit_price > 0 GROUP BY ALL)
    SELECT median(now.unit_price / before.price)::DOUBLE AS move, count(*) AS offers
    FROM selection.rival_offer AS now JOIN before USING (offer_key)
    WHERE competitor_id = ?1 AND day = ?2 AND now.unit_price > 0)";

constexpr std::string_view readable[] = {"inbox"};  // folders of the shop

Result<std::vector<ListedRow>> read_listing(Connection& connection, const std::string& file) {
    constexpr const char* names[] = {"code", "title", "price"};
    const auto csv = TRY(offered_csv(connection, file, names));
    return connection.rows<ListedRow>(fmt::format("SELECT {} FROM {}", csv.columns, csv.source), file);
}

std::vector<ListedRow> given_listing(const std::vector<ListingRow>& rows) {
    std::vector<ListedRow> given;
    for (const auto& row : rows)
        given.push_back({row.code, row.title, row.price ? std::optional(fmt::format("{}", *row.price)) : std::nullopt});
    return given;
}

Result<std::vector<ListedRow>> listing_of(operations::Context& context, const MatchRequest& request) {
    if (!request.rows.empty() && request.files.empty()) return given_listing(request.rows);
    if (request.files.size() != 1 || !request.rows.empty())
        return fail(ErrorCode::invalid_argument, "give one file, or the rows of a listing", "files");
    TRY(may_read(context, request.files[0], readable));
    return context.shop.database().read([&](Connection& c) { return read_listing(c, request.files[0]); });
}

double price_of(const ListedRow& row, double minor) {
    return std::max(0.0, offered_number(row.price).value_or(0)) * minor;
}

struct Shelf {
    std::vector<OwnRow> items;
    std::map<std::string, ReviewedRow> reviewed;
};

Result<Shelf> read_shelf(Connection& connection, const std::string& competitor) {
    Shelf shelf{.items = TRY(connection.rows<OwnRow>(own_sql)), .reviewed = {}};
    for (auto& row : TRY(connection.rows<ReviewedRow>(
             "SELECT offer_key, item_id, accepted FROM selection.rival_review_standing WHERE competitor_id = ?",
             competitor))) {
        const auto key = row.offer_key;
        shelf.reviewed[key] = std::move(row);
    }
    return shelf;
}

Matcher matcher_of(const Shelf& shelf) {
    std::vector<Offered> own;
    for (const auto& item : shelf.items)
        own.push_back({item.code.value_or(""), item.title.value_or(""), item.price.value_or(0)});
    return {own, {}};
}

void settle(const Shelf& shelf, const Match& match, OfferRow& row, MatchReply& reply) {
    row.how = std::string(name(match.how));
    row.likeness = match.likeness;
    row.state = match.how == Matched::none ? "none" : match.how == Matched::to_review ? "waiting" : "matched";
    if (match.how != Matched::none) row.item_id = shelf.items[match.item].item_id;
    // A refusal is of one item: where another is found now, that counts.
    if (const auto said = shelf.reviewed.find(row.offer_key);
        said != shelf.reviewed.end() && (said->second.accepted || said->second.item_id == row.item_id)) {
        row.item_id = said->second.item_id;
        row.state = said->second.accepted ? "accepted" : "refused";
        ++reply.reviewed;
    } else
        ++(match.how == Matched::by_code    ? reply.by_code
           : match.how == Matched::by_title ? reply.by_title
           : match.how == Matched::none     ? reply.none
                                            : reply.waiting);
}

std::vector<OfferRow> match_all(const Shelf& shelf, const std::vector<ListedRow>& listing, double minor,
                                MatchReply& reply) {
    const auto matcher = matcher_of(shelf);
    const auto day = parse_day(reply.day).value();
    std::vector<OfferRow> rows;
    for (const auto& listed : listing) {
        const Offered offer{listed.code.value_or(""), listed.title.value_or(""), price_of(listed, minor)};
        OfferRow row{.competitor_id = reply.competitor,
                     .offer_key = offer.code.empty() ? shortened(offer.title) : offer.code,
                     .day = day,
                     .title = shortened(offer.title),
                     .unit_price = {},
                     .item_id = {}};
        if (offer.price > 0) row.unit_price = std::llround(offer.price);
        settle(shelf, matcher.find(offer), row, reply);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<> store_offers(Connection& connection, Day day, const std::vector<OfferRow>& rows, MatchReply& reply) {
    TRY(connection.query("DELETE FROM selection.rival_offer WHERE competitor_id = ? AND day = ?", reply.competitor,
                         day));
    TRY(connection.append<OfferRow>("selection", "rival_offer", rows));
    const auto moved = TRY(connection.row<MoveRow>(move_sql, reply.competitor, day));
    reply.price_move = moved.offers >= 10 ? moved.move.value_or(0) : 0;
    reply.suspect = reply.price_move > 0 && std::abs(std::log(reply.price_move)) >= std::log(1.6);
    if (!reply.suspect) return {};
    TRY(connection.query("UPDATE selection.rival_offer SET suspect = true WHERE competitor_id = ? AND day = ?",
                         reply.competitor, day));
    return {};
}

Result<MatchReply> match_listing(operations::Context& context, const MatchRequest& request) {
    if (request.competitor.empty()) return fail(ErrorCode::invalid_argument, "say whose listing it is", "competitor");
    const auto day = TRY(parse_day(request.day));
    auto& database = context.shop.database();
    const auto listing = TRY(listing_of(context, request));
    const auto shelf = TRY(database.read([&](Connection& c) { return read_shelf(c, request.competitor); }));
    MatchReply reply{.competitor = request.competitor, .day = format(day), .read = std::ssize(listing)};
    const auto rows = match_all(shelf, listing, minor_units(context.shop.settings()), reply);
    TRY(database.write([&](Connection& c) { return store_offers(c, day, rows, reply); }));
    return reply;
}

}  // namespace

void add_matching_operation(operations::Registry& registry) {
    registry.add(operations::declare<MatchRequest, MatchReply>(
        {.name = "selection.match",
         .summary =
             {"Matches a competitor's listing to the shop's items by code and title; doubtful ones wait for a person",
              "按编码与标题将竞争对手的商品清单匹配到本店商品；存疑的等待人工复核"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true,
         .positional = {"files"},
         .paths = {"files"},
         .required = {"competitor", "day"}},
        match_listing));
}

}  // namespace suanpan::selection
