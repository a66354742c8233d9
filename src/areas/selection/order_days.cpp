#include "areas/selection/order_days.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "areas/selection/order_sizes.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view numbers_sql = R"(
    CREATE OR REPLACE TEMP TABLE item_place AS
    SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::INTEGER AS item FROM data.product)";

constexpr std::string_view days_sql = "SELECT day, count(*) AS lines FROM data.order_line GROUP BY day ORDER BY day";

// A line that was not cancelled has no key to look for what came back.
constexpr std::string_view lines_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL)
    SELECT item, o.day, hash(o.order_id), CASE WHEN o.customer_id IS NULL THEN 0 ELSE hash(o.customer_id) END,
           o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END,
           o.quantity - o.cancelled_quantity, o.unit_price
    FROM data.order_line AS o
    JOIN item_place USING (item_id)
    LEFT JOIN back ON back.order_id = CASE WHEN o.cancelled_quantity > 0 THEN o.order_id END AND back.line = o.line
    WHERE o.day BETWEEN $1 AND $2)";

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
    std::int32_t item = 0, day = 0;
    std::uint64_t order = 0, customer = 0;  // hashes; no customer: 0
    double quantity = 0, settled = 0, unit_price = 0, order_lines = 0;
};
using Lines = std::vector<Line>;

constexpr std::size_t range = 16'384;  // items whose lines a thread puts together at a time

// Puts the lines behind those of their ranges.
void sort_out(const store::Table& table, const OrderSizes& sizes, std::vector<Lines>& ranges) {
    std::vector<std::uint32_t> order_lines;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0), days = table.values<std::int32_t>(chunk, 1);
        const auto orders = table.values<std::uint64_t>(chunk, 2), customers = table.values<std::uint64_t>(chunk, 3);
        const auto quantities = table.values<std::int64_t>(chunk, 4), settled = table.values<std::int64_t>(chunk, 5),
                   prices = table.values<std::int64_t>(chunk, 6);
        order_lines.resize(orders.size());
        sizes.lines(orders, order_lines);
        for (std::size_t row = 0; row < places.size(); ++row)
            ranges[static_cast<std::size_t>(places[row]) / range].push_back(
                {places[row], days[row], orders[row], customers[row], double(quantities[row]), double(settled[row]),
                 double(prices[row]), double(order_lines[row])});
    }
}

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

// Of one item's lines of a day, by order. Those of which nothing was known to be sold come last.
ItemDay day_of(std::span<Line> lines) {
    double units = 0, revenue = 0, order_lines = 0, settled_units = 0, settled_revenue = 0;
    for (const auto& line : lines) {
        settled_units += line.settled;
        settled_revenue += line.settled * line.unit_price;
    }
    const auto rest = std::ranges::stable_partition(lines, [](const Line& line) { return line.quantity > 0; });
    const std::span sold(lines.begin(), rest.begin());
    for (const auto& line : sold) {
        units += line.quantity;
        revenue += line.quantity * line.unit_price;
        order_lines += line.order_lines;
    }
    ItemDay found{.day = Day(Days(lines.front().day)),
                  .units = static_cast<float>(units),
                  .revenue = static_cast<float>(revenue),
                  .settled_units = static_cast<float>(settled_units),
                  .settled_revenue = static_cast<float>(settled_revenue)};
    count_buyers(sold, found);
    if (!sold.empty()) found.basket = static_cast<float>(order_lines / static_cast<double>(sold.size()));
    return found;
}

// Of one range; its lines' memory stays for the next part.
void add_days_of(Lines& lines, std::span<Item> items) {
    std::ranges::sort(lines, {}, [](const Line& line) { return std::tuple(line.item, line.day, line.order); });
    for (auto first = lines.begin(); first != lines.end();) {
        const auto last = std::find_if(
            first, lines.end(), [&](const Line& line) { return line.item != first->item || line.day != first->day; });
        items[static_cast<std::size_t>(first->item)].days.push_back(day_of({first, last}));
        first = last;
    }
    lines.clear();
}

Result<> read_part(Connection& connection, const Period& part, const OrderSizes& sizes, std::vector<Lines>& ranges) {
    sort_out(TRY(connection.query(lines_sql, part.first, part.last)), sizes, ranges);
    return {};
}

}  // namespace

Result<> number_items(Connection& connection) {
    return connection.run(numbers_sql);
}

Result<> add_order_days(Connection& connection, std::span<Item> items, std::int64_t most_lines) {
    const auto sizes = TRY(OrderSizes::read(connection));
    const auto days = TRY(connection.rows<DayLines>(days_sql));
    std::vector<Lines> ranges((items.size() + range - 1) / range);
    for (const auto& part : parts_of(days, most_lines)) {
        TRY(read_part(connection, part, sizes, ranges));
        in_parallel(ranges.size(), 0, [&](std::size_t one) { add_days_of(ranges[one], items); });
    }
    return {};
}

}  // namespace suanpan::selection
