#include "areas/selection/order_days.h"

#include <algorithm>
#include <vector>

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view numbers_sql = R"(
    CREATE OR REPLACE TEMP TABLE item_place AS
    SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::INTEGER AS item FROM data.product)";

// How many lines each order of several has.
constexpr std::string_view order_sizes_sql = R"(
    CREATE OR REPLACE TEMP TABLE order_size AS
    SELECT order_hash, count(*) AS lines FROM (SELECT hash(order_id) AS order_hash FROM data.order_line)
    GROUP BY order_hash HAVING count(*) > 1)";

constexpr std::string_view days_sql = "SELECT day, count(*) AS lines FROM data.order_line GROUP BY day ORDER BY day";

// A line that was not cancelled has no key to look for what came back.
constexpr std::string_view lines_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL),
    line AS (
        SELECT item, o.day, hash(o.order_id) AS order_hash,
               CASE WHEN o.customer_id IS NULL THEN 0 ELSE hash(o.customer_id) END AS customer_hash,
               o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END AS quantity,
               o.quantity - o.cancelled_quantity AS settled, o.unit_price
        FROM data.order_line AS o
        JOIN item_place USING (item_id)
        LEFT JOIN back ON back.order_id = CASE WHEN o.cancelled_quantity > 0 THEN o.order_id END AND back.line = o.line
        WHERE o.day BETWEEN $1 AND $2)
    SELECT item, day, order_hash, customer_hash, quantity, settled, unit_price, coalesce(lines, 1) AS order_lines
    FROM line LEFT JOIN order_size USING (order_hash)
    ORDER BY item, day, order_hash)";

struct DayLines {
    Day day;
    std::int64_t lines = 0;
};
struct Period {
    Day first, last;
};

std::vector<Period> parts_of(const std::vector<DayLines>& days, std::int64_t most_lines) {
    std::vector<Period> parts;
    std::int64_t room = 0;
    for (const auto& [day, lines] : days) {
        if (lines > room) {
            parts.push_back({day, day});
            room = most_lines;
        }
        parts.back().last = day;
        room -= lines;
    }
    return parts;
}

struct Line {
    std::uint64_t order = 0, customer = 0;  // hashes; no customer: 0
    double quantity = 0, settled = 0, unit_price = 0, order_lines = 0;
};

// Orders and customers of lines that come by order.
void count_buyers(std::span<const Line> lines, ItemDay& day) {
    std::vector<std::uint64_t> customers;
    for (std::size_t i = 0; i < lines.size(); ++day.orders) {
        const auto order = lines[i].order;
        std::uint64_t customer = 0;
        for (; i < lines.size() && lines[i].order == order; ++i) customer = std::max(customer, lines[i].customer);
        if (customer != 0) customers.push_back(customer);
    }
    std::ranges::sort(customers);
    day.customers = static_cast<float>(std::ranges::unique(customers).begin() - customers.begin());
}

// Of one item's lines of a day, by order. Leaves those of which something was known to be sold.
ItemDay day_of(Day day, std::vector<Line>& lines) {
    double units = 0, revenue = 0, order_lines = 0, settled_units = 0, settled_revenue = 0;
    for (const auto& line : lines) {
        settled_units += line.settled;
        settled_revenue += line.settled * line.unit_price;
    }
    std::erase_if(lines, [](const Line& line) { return line.quantity <= 0; });
    for (const auto& line : lines) {
        units += line.quantity;
        revenue += line.quantity * line.unit_price;
        order_lines += line.order_lines;
    }
    ItemDay found{.day = day,
                  .units = static_cast<float>(units),
                  .revenue = static_cast<float>(revenue),
                  .settled_units = static_cast<float>(settled_units),
                  .settled_revenue = static_cast<float>(settled_revenue)};
    count_buyers(lines, found);
    if (!lines.empty()) found.basket = static_cast<float>(order_lines / static_cast<double>(lines.size()));
    return found;
}

// By columns, as they come: with a million items there are tens of millions of lines.
Result<> add_part(Connection& connection, const Period& part, std::span<Item> items) {
    const store::Table table = TRY(connection.query(lines_sql, part.first, part.last));
    std::int32_t place = 0, day = 0;
    std::vector<Line> lines;
    const auto end_day = [&] {
        if (!lines.empty()) items[static_cast<std::size_t>(place)].days.push_back(day_of(Day(Days(day)), lines));
        lines.clear();
    };
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0), days = table.values<std::int32_t>(chunk, 1);
        const auto orders = table.values<std::uint64_t>(chunk, 2), customers = table.values<std::uint64_t>(chunk, 3);
        const auto quantities = table.values<std::int64_t>(chunk, 4), settled = table.values<std::int64_t>(chunk, 5),
                   prices = table.values<std::int64_t>(chunk, 6), order_lines = table.values<std::int64_t>(chunk, 7);
        for (std::size_t row = 0; row < places.size(); ++row) {
            if (places[row] != place || days[row] != day) end_day();
            place = places[row];
            day = days[row];
            lines.push_back({orders[row], customers[row], double(quantities[row]), double(settled[row]),
                             double(prices[row]), double(order_lines[row])});
        }
    }
    end_day();
    return {};
}

}  // namespace

Result<> number_items(Connection& connection) {
    return connection.run(numbers_sql);
}

Result<> add_order_days(Connection& connection, std::span<Item> items, std::int64_t most_lines) {
    TRY(connection.run(order_sizes_sql));
    const auto days = TRY(connection.rows<DayLines>(days_sql));
    for (const auto& part : parts_of(days, most_lines)) TRY(add_part(connection, part, items));
    return connection.run("DROP TABLE order_size");
}

}  // namespace suanpan::selection
