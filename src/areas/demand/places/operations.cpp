#include "areas/demand/places/operations.h"

#include <fmt/format.h>

#include "areas/demand/history.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct PlacesRequest {
    std::string item;
};

struct AtPlace {
    std::string place, title, method;
    double units = 0, low = 0, high = 0, own_units = 0, baseline_units = 0, backtest_error = 0;
    std::int64_t sold = 0;
    std::vector<double> periods;
};

struct PlacesReply {
    std::string item, as_of, from;
    std::int64_t period_days = 7, window_days = 0;
    double units = 0;
    std::vector<AtPlace> places;
};

struct SumsRequest {
    std::string by = "category";
};

struct Sum {
    std::string name, title;
    std::int64_t items = 0;
    double units = 0, model_units = 0, baseline_units = 0;
    std::int64_t sold = 0;
};

struct SumsReply {
    std::string by, as_of, from;
    std::int64_t window_days = 0;
    std::vector<Sum> sums;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::PlacesRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::AtPlace> {
    static constexpr FieldWords fields[] = {
        {"units", "expected in the window, after overrides; the places add up to the item"},
        {"low", "the 5 % quantile"},
        {"high", "the 95 % quantile"},
        {"own_units", "what the place's own forecast said before the places were made to add up"},
        {"method", "of the place's own forecast; share: it had none, and the item's was spread"},
        {"sold", "there in as long a time before"},
        {"periods", "expected units of each period ahead"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::PlacesReply> {
    static constexpr FieldWords fields[] = {
        {"from", "the window's first day"},
        {"units", "of all places together"},
        {"places", "what is expected most comes first; empty: the shop does not forecast by place (demand.by_place)"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::SumsRequest> {
    static constexpr FieldWords fields[] = {
        {"by", "category, place or total"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::Sum> {
    static constexpr FieldWords fields[] = {
        {"name", "of the category or place; empty: items without one"},
        {"units", "expected in the window, after overrides; sums of any kind add up to the same total"},
        {"model_units", "the model's, before overrides"},
        {"baseline_units", "the seasonal naive's"},
        {"sold", "in as long a time before"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::SumsReply> {
    static constexpr FieldWords fields[] = {
        {"from", "the window's first day"},
        {"sums", "the largest first; by place none where the shop does not forecast by place (demand.by_place)"},
    };
};

namespace suanpan::demand {

struct NewestWindow {
    std::optional<Day> as_of, first_period;
    std::optional<std::int64_t> period_days, window_periods;

    [[nodiscard]] std::int64_t days() const { return period_days.value_or(7) * window_periods.value_or(0); }
};

struct PlaceRow {
    std::string place_id, title, method;
    double units = 0, low = 0, high = 0, own_units = 0, baseline_units = 0, error = 0;
    std::int64_t sold = 0;
    std::vector<double> mean;
};

namespace {

using operations::Context;
using store::Connection;

Result<NewestWindow> newest_window(Connection& connection) {
    auto newest = TRY(connection.row<NewestWindow>(R"(
        SELECT max(as_of) AS as_of, any_value(first_period) AS first_period, any_value(period_days) AS period_days,
               any_value(window_periods) AS window_periods
        FROM (SELECT * FROM demand.latest LIMIT 1))"));
    if (!newest.as_of) return fail(ErrorCode::not_found, "there is no forecast yet; run `daily` or demand.run first");
    return newest;
}

// {0}: sales by place, {1}: the column of their periods.
constexpr auto places_sql = R"(
    SELECT p.place_id, coalesce(any_value(d.title), p.place_id) AS title, any_value(method) AS method,
           any_value(window_mean) AS units,
           any_value(coalesce(window_quantiles[list_position(levels, 0.05)], window_mean)) AS low,
           any_value(coalesce(window_quantiles[list_position(levels, 0.95)], window_mean)) AS high,
           any_value(own_window_mean) AS own_units, any_value(baseline_mean) AS baseline_units,
           any_value(error) AS error, coalesce(sum(s.units), 0)::BIGINT AS sold, any_value(mean) AS mean
    FROM demand.latest_place_planned AS p
    LEFT JOIN data.place AS d USING (place_id)
    LEFT JOIN {0} AS s ON s.item_id = p.item_id AND s.place_id = p.place_id
        AND s.{1} < p.first_period AND s.{1} >= p.first_period - CAST(window_periods * period_days AS INTEGER)
    WHERE p.item_id = ?
    GROUP BY p.place_id
    ORDER BY units DESC, p.place_id)";

Result<PlacesReply> show_places(Context& context, const PlacesRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<PlacesReply> {
        const auto newest = TRY(newest_window(connection));
        if (TRY(connection.count("SELECT count(*) FROM demand.latest WHERE item_id = ?", request.item)) == 0)
            return fail(ErrorCode::not_found, "no forecast of this item; run the day first, or check the id",
                        request.item);
        PlacesReply reply{.item = request.item,
                          .as_of = format(*newest.as_of),
                          .from = format(*newest.first_period),
                          .period_days = *newest.period_days,
                          .window_days = newest.days()};
        const auto [view, period] = place_sales(reply.period_days);
        for (auto& row : TRY(connection.rows<PlaceRow>(fmt::format(places_sql, view, period), request.item))) {
            reply.units += row.units;
            reply.places.push_back({std::move(row.place_id), std::move(row.title), std::move(row.method), row.units,
                                    row.low, row.high, row.own_units, row.baseline_units, row.error, row.sold,
                                    std::move(row.mean)});
        }
        return reply;
    });
}

// {0}: sales by item or place, {1}: the column of their periods, {2}: a group's name and title. ?1, ?2: the days on
// which `sold` begins and ends.
constexpr auto sums_of_items_sql = R"(
    WITH sold AS (
        SELECT item_id, sum(units)::BIGINT AS units FROM {0} WHERE {1} >= ?1 AND {1} < ?2 GROUP BY item_id
    )
    SELECT {2} AS name, {2} AS title, count(*) AS items, sum(window_mean) AS units,
           sum(model_window_mean) AS model_units, sum(baseline_mean) AS baseline_units,
           coalesce(sum(s.units), 0)::BIGINT AS sold
    FROM demand.latest_planned AS f
    LEFT JOIN data.product AS p USING (item_id)
    LEFT JOIN sold AS s USING (item_id)
    GROUP BY ALL ORDER BY units DESC, name)";

constexpr auto sums_of_places_sql = R"(
    WITH sold AS (
        SELECT place_id, sum(units)::BIGINT AS units FROM {0} WHERE {1} >= ?1 AND {1} < ?2 GROUP BY place_id
    )
    SELECT f.place_id AS name, coalesce(any_value(d.title), f.place_id) AS title, count(*) AS items,
           sum(window_mean) AS units, sum(model_window_mean) AS model_units, sum(baseline_mean) AS baseline_units,
           coalesce(any_value(s.units), 0)::BIGINT AS sold
    FROM demand.latest_place_planned AS f
    LEFT JOIN data.place AS d USING (place_id)
    LEFT JOIN sold AS s USING (place_id)
    GROUP BY f.place_id ORDER BY units DESC, name)";

Result<std::string> sums_sql(const std::string& by, std::int64_t period_days) {
    const auto [view, period] = place_sales(period_days);
    if (by == "place") return fmt::format(sums_of_places_sql, view, period);
    if (by == "category") return fmt::format(sums_of_items_sql, view, period, "coalesce(category, '')");
    if (by == "total") return fmt::format(sums_of_items_sql, view, period, "'total'");
    return fail(ErrorCode::invalid_argument, "forecasts are summed by category, place or total", by);
}

Result<SumsReply> show_sums(Context& context, const SumsRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<SumsReply> {
        const auto newest = TRY(newest_window(connection));
        const auto sql = TRY(sums_sql(request.by, *newest.period_days));
        return SumsReply{
            .by = request.by,
            .as_of = format(*newest.as_of),
            .from = format(*newest.first_period),
            .window_days = newest.days(),
            .sums = TRY(connection.rows<Sum>(sql, *newest.first_period - Days(newest.days()), *newest.first_period))};
    });
}

}  // namespace

void add_place_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<PlacesRequest, PlacesReply>(
        {.name = "demand.places",
         .summary = {"Shows the forecast of an item at every place", "查看一件商品在各地点的预测"},
         .required = {"item"}},
        show_places));
    registry.add(declare<SumsRequest, SumsReply>(
        {.name = "demand.sums",
         .summary = {"Sums the forecasts by category, place or all together", "按品类、地点或总计汇总预测"}},
        show_sums));
}

}  // namespace suanpan::demand
