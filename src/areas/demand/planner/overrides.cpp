#include "areas/demand/planner/overrides.h"

#include <fmt/format.h>

#include <cmath>

namespace suanpan::demand {

struct NewestDay {
    std::optional<Day> day;
};

struct Withdrawn {
    std::optional<Day> withdrawn_on;
};

namespace {

using store::Connection;

constexpr int longest_days = 366;
constexpr std::size_t longest_reason = 1000;

constexpr std::string_view forget_sql = R"(
    UPDATE demand.forecast
    SET planned_mean = NULL, planned_window_mean = NULL, planned_window_quantiles = NULL, override_id = NULL
    WHERE as_of = ? AND override_id IS NOT NULL)";

constexpr std::string_view apply_sql = R"(
    WITH numbers AS (
        SELECT unnest(range(1, 1 + (SELECT max(len(mean)) FROM demand.forecast WHERE as_of = ?1))) AS n
    ), spoken AS (
        SELECT f.item_id, n, f.mean[n] AS model, o.override_id, o.units, o.factor,
               greatest(0, least(first_period + (n * period_days)::INTEGER - 1, until_day)
                           - greatest(first_period + ((n - 1) * period_days)::INTEGER, from_day) + 1)
                   / period_days::DOUBLE AS share
        FROM demand.forecast AS f
        JOIN demand.override AS o USING (item_id)
        JOIN numbers ON n <= len(f.mean)
        WHERE f.as_of = ?1 AND o.made_on <= ?1 AND (o.withdrawn_on IS NULL OR o.withdrawn_on > ?1)
    ), chosen AS (
        SELECT item_id, n, model * (1 - share) + share * coalesce(units, model * factor) AS units, override_id
        FROM spoken WHERE share > 0
        QUALIFY row_number() OVER (PARTITION BY item_id, n ORDER BY override_id DESC) = 1
    ), moved AS (
        SELECT f.item_id, list(coalesce(c.units, f.mean[n]) ORDER BY n) AS mean, max(c.override_id) AS override_id,
               any_value(f.window_mean)
                   + coalesce(sum(c.units - f.mean[n]) FILTER (n <= f.window_periods), 0) AS window_mean
        FROM demand.forecast AS f
        JOIN numbers ON n <= len(f.mean)
        LEFT JOIN chosen AS c USING (item_id, n)
        WHERE f.as_of = ?1 AND f.item_id IN (SELECT item_id FROM chosen)
        GROUP BY f.item_id
    )
    UPDATE demand.forecast AS f
    SET planned_mean = m.mean,
        planned_window_mean = greatest(0, m.window_mean),
        planned_window_quantiles = list_transform(
            f.window_quantiles,
            lambda q: greatest(0, m.window_mean + (q - f.window_mean) *
                CASE WHEN f.window_mean > 0 THEN sqrt(greatest(0, m.window_mean) / f.window_mean) ELSE 1 END)),
        override_id = m.override_id
    FROM moved AS m WHERE f.as_of = ?1 AND f.item_id = m.item_id)";

Result<> check(const Override& one) {
    const auto refuse = [](std::string message, std::string field) {
        return fail(ErrorCode::invalid_argument, std::move(message), std::move(field));
    };
    if (one.units.has_value() == one.factor.has_value())
        return refuse("say either units a period or a factor of the model's number", "units");
    const double number = one.units ? *one.units : *one.factor;
    if (!std::isfinite(number) || number < 0 || number > 1e12)
        return refuse("write a number from 0 to 1,000,000,000,000", one.units ? "units" : "factor");
    if (one.until_day < one.from_day)
        return refuse(fmt::format("the override would end on {}, before it begins on {}", format(one.until_day),
                                  format(one.from_day)),
                      "until");
    if ((one.until_day - one.from_day).count() >= longest_days)
        return refuse(fmt::format("an override lasts at most {} days; choose an earlier end", longest_days), "until");
    if (one.reason.find_first_not_of(" \t\n\r") == std::string::npos || one.reason.size() > longest_reason)
        return refuse(fmt::format("say why, in 1 to {} bytes: the reason is kept beside the number", longest_reason),
                      "reason");
    return {};
}

}  // namespace

Result<Day> newest_day(Connection& connection) {
    const auto newest = TRY(connection.row<NewestDay>("SELECT max(as_of) AS day FROM demand.forecast"));
    if (!newest.day) return fail(ErrorCode::not_found, "there is no forecast yet; run `daily` or demand.run first");
    return *newest.day;
}

Result<std::int64_t> add_override(Connection& connection, const Override& one) {
    TRY(check(one));
    if (TRY(connection.count("SELECT count(*) FROM demand.latest WHERE item_id = ?", one.item_id)) == 0)
        return fail(ErrorCode::not_found, "no forecast of this item; run the day first, or check the id", one.item_id);
    const auto same = TRY(connection.count(R"(
        SELECT coalesce(max(override_id), 0) FROM demand.override
        WHERE item_id = ? AND from_day = ? AND until_day = ? AND coalesce(units, -1) = ? AND coalesce(factor, -1) = ?
          AND reason = ? AND made_by = ? AND withdrawn_on IS NULL)",
                                           one.item_id, one.from_day, one.until_day, one.units.value_or(-1),
                                           one.factor.value_or(-1), one.reason, one.made_by));
    if (same > 0) return same;
    const auto next = TRY(connection.count("SELECT coalesce(max(override_id), 0) + 1 FROM demand.override"));
    auto kept = one;
    kept.override_id = next;
    TRY(connection.append<Override>("demand", "override", std::vector{kept}));
    TRY(apply_overrides(connection, one.made_on));
    return next;
}

Result<> withdraw_override(Connection& connection, std::int64_t override_id) {
    const auto found =
        TRY(connection.rows<Withdrawn>("SELECT withdrawn_on FROM demand.override WHERE override_id = ?", override_id));
    const auto about = fmt::format("{}", override_id);
    if (found.empty()) return fail(ErrorCode::not_found, "there is no override of this number", about);
    if (found[0].withdrawn_on)
        return fail(ErrorCode::conflict, "the override was withdrawn on " + format(*found[0].withdrawn_on), about);
    const auto day = TRY(newest_day(connection));
    TRY(connection.query("UPDATE demand.override SET withdrawn_on = ? WHERE override_id = ?", day, override_id));
    return apply_overrides(connection, day);
}

Result<> apply_overrides(Connection& connection, Day as_of) {
    TRY(connection.query(forget_sql, as_of));
    TRY(connection.query(apply_sql, as_of));
    return {};
}

}  // namespace suanpan::demand
