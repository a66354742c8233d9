#include "areas/demand/explain/operations.h"

#include "areas/demand/explain/words.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct ExplainRequest {
    std::string item;
};

struct ExplainReply {
    std::string item, title, as_of, method, from, to;
    double units = 0, model_units = 0;
    std::vector<ForecastPart> parts;
    std::vector<SeasonPeriod> season;
    std::optional<double> last_year_units, last_weeks_units;
    std::int64_t promoted_days_before = 0;
    std::vector<std::string> neighbours;
    Uplift uplift;
    PlannedPromotion planned;
    std::string sentence_en, sentence_zh;
};

// A forecast as kept, with what is known of its item.
struct ForecastToExplain {
    std::string title, method;
    Day as_of, first_period;
    std::int64_t window_periods = 0, period_days = 7;
    double window_mean = 0, model_window_mean = 0;
    std::optional<double> base_part, trend_part, cut_part, alike_part, shared_part, promotion_part, places_part;
    std::optional<std::vector<double>> season_part;
};

// Beside the window: units sold in other times, and promoted days.
struct OtherTimes {
    std::optional<double> last_year, last_weeks;  // NULL where the data do not reach so far back
    std::int64_t promoted_ahead = 0, promoted_before = 0, promoted_usual = 0;
};

struct NeighbourTitle {
    std::string title;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::ExplainRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ExplainReply> {
    static constexpr FieldWords fields[] = {
        {"units", "of the window, after overrides; the parts add up to it"},
        {"model_units", "before overrides"},
        {"season", "the season's part by period of the window"},
        {"last_year_units", "sold in the same weekdays 52 weeks before; null: before the data"},
        {"last_weeks_units", "sold in the four weeks before, brought to the window's length"},
        {"promoted_days_before", "of these four weeks"},
        {"neighbours", "of a new item, those whose beginnings it is forecast from, the likest first"},
        {"planned", "what promotions in the window would add where the forecast does not know of them"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::ForecastPart> {
    static constexpr FieldWords fields[] = {
        {"name",
         "base, trend, season, cut (parts below zero), alike (new items), shared (the model of all items), promotion "
         "(planned), places (by being the sum of its places), override"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::Uplift> {
    static constexpr FieldWords fields[] = {
        {"of", "whose promotions: item, or category where it has few; empty: too few to say"},
        {"factor", "sold on promoted days over the same weekdays of the eight weeks before"},
        {"low", "low and high hold 90 %, by a bootstrap over promotions"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::PlannedPromotion> {
    static constexpr FieldWords fields[] = {
        {"usual_share", "of the 56 days before that were promoted: the forecast has learned from those"},
    };
};

namespace suanpan::demand {
namespace {

using store::Connection;

constexpr std::string_view forecast_sql = R"(
    SELECT coalesce(p.title, f.item_id) AS title, f.method, f.as_of, f.first_period, f.window_periods, f.period_days,
           f.window_mean, f.model_window_mean, f.base_part, f.trend_part, f.cut_part, f.alike_part,
           f.shared_part, f.promotion_part, f.places_part, f.season_part
    FROM demand.latest_planned AS f
    LEFT JOIN data.product AS p USING (item_id)
    WHERE f.item_id = ?)";

// ?1 item, ?2 the window's first day, ?3 the day after it, ?4 whether it is of weeks.
constexpr std::string_view other_times_sql = R"(
    WITH promoted AS (
        SELECT DISTINCT unnest(range(greatest(from_day, ?2::DATE - 56), least(to_day, ?3::DATE - 1) + 1,
                                     INTERVAL 1 DAY))::DATE AS day
        FROM data.promotion WHERE item_id = ?1
    ), sold AS (
        SELECT day, units FROM data.sales_daily
        WHERE NOT ?4 AND item_id = ?1 AND day >= ?2::DATE - 364 AND day < ?2
        UNION ALL
        SELECT week, units FROM data.sales_weekly
        WHERE ?4 AND item_id = ?1 AND week >= ?2::DATE - 364 AND week < ?2
    ), marks AS (
        SELECT count(*) FILTER (day >= ?2) AS ahead, count(*) FILTER (day < ?2 AND day >= ?2::DATE - 28) AS before,
               count(*) FILTER (day < ?2) AS usual
        FROM promoted
    ), first AS (
        SELECT min(first_day) AS day FROM data.span
    )
    SELECT CASE WHEN any_value(first.day) <= ?2::DATE - 364
                THEN coalesce(sum(units) FILTER (sold.day < ?3::DATE - 364), 0)::DOUBLE END AS last_year,
           CASE WHEN any_value(first.day) <= ?2::DATE - 28
                THEN coalesce(sum(units) FILTER (sold.day >= ?2::DATE - 28), 0)::DOUBLE
                    * (?3::DATE - ?2::DATE) / 28 END AS last_weeks,
           any_value(ahead) AS promoted_ahead, any_value(before) AS promoted_before, any_value(usual) AS promoted_usual
    FROM marks, first LEFT JOIN sold ON true)";

constexpr std::string_view neighbours_sql = R"(
    SELECT coalesce(p.title, b.other_id) AS title
    FROM demand.beginning AS b
    LEFT JOIN data.product AS p ON p.item_id = b.other_id
    WHERE b.item_id = ? AND b.as_of = ? ORDER BY b.place)";

Day end_of(const ForecastToExplain& row) {
    return row.first_period + Days(static_cast<int>(row.window_periods * row.period_days));
}

void add_parts(Explained& explained, const ForecastToExplain& row) {
    double season = 0;
    for (std::size_t i = 0; row.season_part && i < row.season_part->size(); ++i) {
        const auto from = row.first_period + Days(static_cast<int>(i) * static_cast<int>(row.period_days));
        explained.season.push_back({format(from), (*row.season_part)[i]});
        season += (*row.season_part)[i];
    }
    const std::pair<const char*, double> parts[] = {{"base", *row.base_part},
                                                    {"trend", row.trend_part.value_or(0)},
                                                    {"season", season},
                                                    {"cut", row.cut_part.value_or(0)},
                                                    {"alike", row.alike_part.value_or(0)},
                                                    {"shared", row.shared_part.value_or(0)},
                                                    {"promotion", row.promotion_part.value_or(0)},
                                                    {"places", row.places_part.value_or(0)},
                                                    {"override", row.window_mean - row.model_window_mean}};
    for (const auto& [name, units] : parts)
        if (units != 0 || explained.parts.empty()) explained.parts.push_back({name, units, "", ""});
    name_parts(explained);
}

ExplainReply reply_of(std::string item, const Explained& e, const ForecastToExplain& row, const OtherTimes& other) {
    return {.item = std::move(item),
            .title = e.title,
            .as_of = format(row.as_of),
            .method = e.method,
            .from = e.from,
            .to = e.to,
            .units = e.units,
            .model_units = row.model_window_mean,
            .parts = e.parts,
            .season = e.season,
            .last_year_units = e.last_year,
            .last_weeks_units = e.last_weeks,
            .promoted_days_before = other.promoted_before,
            .neighbours = e.neighbours,
            .uplift = e.uplift,
            .planned = e.planned,
            .sentence_en = sentence_en(e),
            .sentence_zh = sentence_zh(e)};
}

Result<ExplainReply> explain_item(Connection& connection, const std::string& item) {
    const auto rows = TRY(connection.rows<ForecastToExplain>(forecast_sql, item));
    if (rows.empty())
        return fail(ErrorCode::not_found, "no forecast of this item; run the day first, or check the id", item);
    const auto& row = rows.front();
    if (!row.base_part)
        return fail(ErrorCode::conflict, "this forecast was kept without its parts; run the day again", item);
    const auto end = end_of(row);
    const auto other =
        TRY(connection.row<OtherTimes>(other_times_sql, item, row.first_period, end, row.period_days == 7));
    Explained explained{.title = row.title,
                        .method = row.method,
                        .from = format(row.first_period),
                        .to = format(end - Days(1)),
                        .units = row.window_mean,
                        .last_year = other.last_year,
                        .last_weeks = other.last_weeks,
                        .uplift = TRY(read_uplift(connection, item, row.as_of))};
    for (auto& one : TRY(connection.rows<NeighbourTitle>(neighbours_sql, item, row.as_of)))
        explained.neighbours.push_back(std::move(one.title));
    if (!row.promotion_part)
        explained.planned = planned_promotion(explained.uplift, {.units = row.model_window_mean,
                                                                 .days = (end - row.first_period).count(),
                                                                 .promoted = other.promoted_ahead,
                                                                 .usual_share = double(other.promoted_usual) / 56});
    add_parts(explained, row);
    return reply_of(item, explained, row, other);
}

Result<ExplainReply> explain(operations::Context& context, const ExplainRequest& request) {
    return context.shop.database().read([&](Connection& connection) { return explain_item(connection, request.item); });
}

}  // namespace

void add_explain_operation(operations::Registry& registry) {
    registry.add(operations::declare<ExplainRequest, ExplainReply>(
        {.name = "demand.explain",
         .summary = {"Why an item's forecast is what it is: its parts, other times beside it, and what promotions did",
                     "解释一件商品的预测：各组成部分、与往期的对比以及促销的作用"},
         .positional = {"item"},
         .required = {"item"}},
        explain));
}

}  // namespace suanpan::demand
