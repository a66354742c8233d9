#include "areas/demand/explain/promotions.h"

#include <algorithm>
#include <random>

namespace suanpan::demand {
namespace {

constexpr std::int64_t least_of_item = 7, least_of_category = 14;  // promoted days
constexpr int resamples = 1000;

// Both bounds of the range keep a file's absurd dates from becoming millions of days.
constexpr std::string_view episodes_sql = R"(
    WITH chosen AS (
        SELECT item_id FROM data.product
        WHERE item_id = ?1 OR (?3 AND category = (SELECT any_value(category) FROM data.product WHERE item_id = ?1))
    ), promoted AS (
        SELECT item_id, min(promotion_id) AS promotion_id, day
        FROM (
            SELECT item_id, promotion_id,
                   unnest(range(greatest(from_day, ?2::DATE - 1100), least(to_day, ?2::DATE - 1) + 1,
                                INTERVAL 1 DAY))::DATE AS day
            FROM data.promotion SEMI JOIN chosen USING (item_id)
        )
        GROUP BY item_id, day
    ), sold AS (
        SELECT item_id, day, sum(units)::DOUBLE AS units
        FROM data.sales_daily SEMI JOIN chosen USING (item_id)
        WHERE day < ?2 AND day >= ?2::DATE - 1200
        GROUP BY ALL
    ), began AS (
        SELECT item_id, min(day) AS day FROM sold GROUP BY item_id
    ), control AS (
        SELECT p.item_id, p.day, p.promotion_id, (p.day - (7 * k)::INTEGER)::DATE AS before
        FROM promoted AS p
        JOIN began AS b ON b.item_id = p.item_id,
        unnest(range(1, 9)) AS weeks(k)
        WHERE p.day - (7 * k)::INTEGER >= b.day
    ), usual AS (
        SELECT c.item_id, c.promotion_id, c.day, avg(coalesce(s.units, 0)) AS expected
        FROM control AS c
        ANTI JOIN promoted AS p ON p.item_id = c.item_id AND p.day = c.before
        ANTI JOIN data.stock_out_days AS o ON o.item_id = c.item_id AND o.day = c.before
        LEFT JOIN sold AS s ON s.item_id = c.item_id AND s.day = c.before
        GROUP BY ALL HAVING count(*) >= 2
    )
    SELECT u.item_id, u.promotion_id, count(*) AS days, sum(coalesce(s.units, 0))::DOUBLE AS units,
           sum(u.expected)::DOUBLE AS expected
    FROM usual AS u
    ANTI JOIN data.stock_out_days AS o ON o.item_id = u.item_id AND o.day = u.day
    LEFT JOIN sold AS s ON s.item_id = u.item_id AND s.day = u.day
    GROUP BY u.item_id, u.promotion_id
    ORDER BY ALL)";

double ratio(std::span<const PromotionEpisode> episodes) {
    double units = 0, expected = 0;
    for (const auto& one : episodes) {
        units += one.units;
        expected += one.expected;
    }
    return expected > 0 ? units / expected : 1;
}

}  // namespace

Uplift uplift(std::span<const PromotionEpisode> episodes, std::int64_t least) {
    Uplift found{.episodes = std::ssize(episodes)};
    double expected = 0;
    for (const auto& one : episodes) {
        found.days += one.days;
        expected += one.expected;
    }
    if (found.episodes < 2 || found.days < least || expected < 1) return found;
    found.of = "item";
    found.factor = ratio(episodes);
    std::mt19937_64 random(20111114);
    std::vector<double> drawn;
    std::vector<PromotionEpisode> sample(episodes.size());
    for (int i = 0; i < resamples; ++i) {
        for (auto& one : sample) one = episodes[random() % episodes.size()];
        drawn.push_back(ratio(sample));
    }
    std::ranges::sort(drawn);
    found.low = drawn[resamples / 20];
    found.high = drawn[resamples - 1 - resamples / 20];
    return found;
}

Result<Uplift> read_uplift(store::Connection& connection, const std::string& item, Day as_of) {
    auto own = uplift(TRY(connection.rows<PromotionEpisode>(episodes_sql, item, as_of, false)), least_of_item);
    if (!own.of.empty()) return own;
    auto all = uplift(TRY(connection.rows<PromotionEpisode>(episodes_sql, item, as_of, true)), least_of_category);
    if (!all.of.empty()) all.of = "category";
    return all;
}

PlannedPromotion planned_promotion(const Uplift& uplift, const PromotionWindow& window) {
    PlannedPromotion planned{.days = window.promoted, .usual_share = window.usual_share};
    if (uplift.of.empty() || window.days <= 0) return planned;
    const double more = double(window.promoted) - window.usual_share * double(window.days);
    const auto added = [&](double factor) {
        const double day = window.units / (double(window.days) * (1 + window.usual_share * (factor - 1)));
        return day * (factor - 1) * more;
    };
    planned.units = added(uplift.factor);
    planned.low = std::min(added(uplift.low), added(uplift.high));
    planned.high = std::max(added(uplift.low), added(uplift.high));
    return planned;
}

}  // namespace suanpan::demand
