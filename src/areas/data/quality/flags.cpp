#include "areas/data/quality/flags.h"

namespace suanpan::data::quality {
namespace {

using store::Connection;

// Hampel's identifier (Davies and Gather 1993) on logarithms, as quantities and prices spread by factors.
constexpr auto unusual_by_item = R"(
    WITH usual AS (
        SELECT item_id, median(ln(x)) AS middle, greatest(1.4826 * mad(ln(x)), CAST(? AS DOUBLE)) AS sd
        FROM (SELECT item_id, CASE WHEN CAST(? AS VARCHAR) = 'quantity outlier' THEN quantity ELSE unit_price END AS x
              FROM data.order_line)
        WHERE x > 0
        GROUP BY item_id
        HAVING count(*) >= ?
    ), judged AS (
        SELECT load_id, source_line, item_id, middle,
               CASE WHEN CAST(? AS VARCHAR) = 'quantity outlier' THEN quantity ELSE unit_price END AS x,
               (ln(greatest(x, 1)) - middle) / sd AS score
        FROM data.order_line JOIN usual USING (item_id)
    )
    SELECT 'order_lines' AS table_name, load_id, source_line, item_id, CAST(? AS VARCHAR) AS rule,
           CAST(x AS DOUBLE) AS value, exp(middle) AS expected, score
    FROM judged
    WHERE x > 0 AND CASE WHEN CAST(? AS VARCHAR) = 'quantity outlier' THEN score ELSE abs(score) END > ?)";

constexpr auto far_off = R"(
    WITH priced AS (
        SELECT 'order_lines' AS table_name, load_id, source_line, item_id, unit_price FROM data.order_line
        UNION ALL
        SELECT 'prices', load_id, source_line, item_id, unit_price FROM data.price
    ), usual AS (
        SELECT item_id, count(*) AS rows, median(unit_price) AS middle FROM priced WHERE unit_price > 0 GROUP BY item_id
    ), shop AS (
        SELECT median(middle) AS middle FROM usual
    ), judged AS (
        SELECT p.*, CASE WHEN rows = 1 THEN s.middle ELSE u.middle END AS expected,
               unit_price / expected AS score, CASE WHEN rows = 1 THEN CAST(? AS DOUBLE) ELSE CAST(? AS DOUBLE) END AS far
        FROM priced AS p JOIN usual AS u USING (item_id), shop AS s
        WHERE unit_price > 0
    )
    SELECT table_name, load_id, source_line, item_id, 'price far off' AS rule, CAST(unit_price AS DOUBLE) AS value,
           CAST(expected AS DOUBLE) AS expected, CAST(score AS DOUBLE) AS score
    FROM judged
    WHERE score > far OR score < 1 / far)";

}  // namespace

Result<std::vector<Flag>> find_outliers(Connection& connection, const FlagOptions& options) {
    std::vector<Flag> flags;
    for (const auto* rule : {"quantity outlier", "price outlier"}) {
        const auto least =
            std::string_view(rule).starts_with("quantity") ? options.least_quantity_sd : options.least_price_sd;
        flags.append_range(TRY(connection.rows<Flag>(unusual_by_item, least, rule, options.fewest_rows, rule, rule,
                                                     rule, options.threshold)));
    }
    flags.append_range(TRY(connection.rows<Flag>(far_off, options.beyond_shop, options.far_off)));
    return flags;
}

Result<> keep_flags(Connection& connection, const std::vector<Flag>& flags) {
    TRY(connection.run("DELETE FROM data.flag"));
    return connection.append<Flag>("data", "flag", flags);
}

}  // namespace suanpan::data::quality
