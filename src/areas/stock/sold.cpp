#include "areas/stock/sold.h"

namespace suanpan::stock {

struct SoldUnits {
    double units = 0;
};

namespace {

// ?1 item, ?2 place or nothing, ?3 and ?4 the first and the last day.
constexpr std::string_view sold_sql = R"(
    SELECT round(coalesce(sum(units), 0)) AS units
    FROM (SELECT item_id, place_id, units::DOUBLE AS units FROM data.sales_by_place_daily WHERE day BETWEEN ?3 AND ?4
          UNION ALL
          SELECT item_id, place_id,
                 units * (least(from_day + CAST(days AS INTEGER), ?4::DATE + 1) - greatest(from_day, ?3::DATE)) / days
          FROM data.sale_counted
          WHERE days > 1 AND from_day <= ?4 AND from_day + CAST(days AS INTEGER) > ?3)
    WHERE item_id = ?1 AND (?2 = '' OR place_id = ?2))";

}  // namespace

Result<std::optional<double>> units_sold(store::Connection& connection, const SoldWindow& window) {
    if (TRY(connection.count("SELECT count(*) FROM data.span WHERE last_day >= ?", window.to)) == 0)
        return std::nullopt;
    return TRY(connection.row<SoldUnits>(sold_sql, window.item_id, window.place_id, window.from, window.to)).units;
}

}  // namespace suanpan::stock
