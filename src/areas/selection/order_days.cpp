#include "areas/selection/order_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "areas/selection/hash_table.h"
#include "areas/selection/order_sizes.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view numbers_sql = R"(
    CREATE OR REPLACE TEMP TABLE item_place AS
    SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::INTEGER AS item FROM data.product)";

constexpr std::string_view hashes_sql = "SELECT item, hash(item_id) FROM item_place";

constexpr std::string_view days_sql = "SELECT day, count(*) AS lines FROM data.order_line GROUP BY day ORDER BY day";

// A line that was not cancelled has no key to look for what came back.
constexpr std::string_view lines_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL)
    SELECT hash(o.item_id), o.day, hash(o.order_id), CASE WHEN o.customer_id IS NULL THEN 0 ELSE hash(o.customer_id) END,
           o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END,
           o.quantity - o.cancelled_quantity, o.unit_price
    FROM data.order_line AS o
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
    double quantity = 0, settled = 0, unit_price = 0;
    std::uint32_t order_lines = 0;
};
using Lines = std::vector<Line>;

constexpr std::size_t range = 16'384;  // items whose lines a thread puts together at a time

// Lines of a part of the days, of so many items; its memory stays for the next part.
struct Range {
    std::vector<Lines> slices;  // as they were read
    Lines sorted;
};

// What lines are looked up in by hashes of their ids: many times quicker than a join by texts.
struct Known {
    HashTable items;  // an item's place counted from 1
    OrderSizes sizes;
};

Result<HashTable> item_hashes(Connection& connection, std::span<const Item> items) {
    const auto table = TRY(connection.query(hashes_sql));
    HashTable found(items.size());
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0);
        const auto hashes = table.values<std::uint64_t>(chunk, 1);
        for (std::size_t row = 0; row < places.size(); ++row) {
            const auto place = static_cast<std::uint32_t>(places[row]);
            if (const auto other = found.add(hashes[row], place + 1); other != 0)
                return fail(ErrorCode::conflict,
                            fmt::format("the items \"{}\" and \"{}\" cannot be told apart by DuckDB's hash; rename one",
                                        items[other - 1].id, items[place].id));
        }
    }
    return found;
}

struct Slice {
    std::size_t number = 0, first = 0, last = 0;  // chunks from first to before last
};

// Puts a slice's lines into their ranges.
void sort_out(const store::Table& table, const Slice& slice, const Known& known, std::vector<Range>& ranges) {
    std::vector<std::uint32_t> places, order_lines;
    for (auto chunk = slice.first; chunk < slice.last; ++chunk) {
        const auto items = table.values<std::uint64_t>(chunk, 0);
        const auto days = table.values<std::int32_t>(chunk, 1);
        const auto orders = table.values<std::uint64_t>(chunk, 2), customers = table.values<std::uint64_t>(chunk, 3);
        const auto quantities = table.values<std::int64_t>(chunk, 4), settled = table.values<std::int64_t>(chunk, 5),
                   prices = table.values<std::int64_t>(chunk, 6);
        places.resize(items.size());
        known.items.find(items, places);
        order_lines.resize(orders.size());
        known.sizes.lines(orders, order_lines);
        for (std::size_t row = 0; row < items.size(); ++row) {
            if (places[row] == 0) continue;
            const auto place = places[row] - 1;
            ranges[place / range].slices[slice.number].push_back(
                {static_cast<std::int32_t>(place), days[row], orders[row], customers[row], double(quantities[row]),
                 double(settled[row]), double(prices[row]), order_lines[row]});
        }
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
        order_lines += double(line.order_lines);
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

// By item, day and order. Lines come by day or nearly so, so that little is left to sort within an item.
void sort_lines(Range& lines, std::size_t first_item) {
    std::vector<std::uint32_t> ends(range + 1);  // of each item's lines, once they lie there
    const auto at = [&](const Line& line) { return static_cast<std::size_t>(line.item) - first_item; };
    for (const auto& slice : lines.slices)
        for (const auto& line : slice) ++ends[at(line) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    lines.sorted.resize(ends.back());
    for (auto& slice : lines.slices) {
        for (const auto& line : slice) lines.sorted[ends[at(line)]++] = line;
        slice.clear();
    }
    constexpr auto order = [](const Line& line) { return std::pair(line.day, line.order); };
    auto first = lines.sorted.begin();
    for (std::size_t item = 0; item < range; ++item) {
        const auto last = lines.sorted.begin() + ends[item];
        if (!std::ranges::is_sorted(first, last, {}, order)) std::ranges::sort(first, last, {}, order);
        first = last;
    }
}

// How far reading is, in parts.
struct Progress {
    std::size_t read = 0, all = 0;
};

void add_day(std::vector<ItemDay>& days, ItemDay day, const Progress& progress) {
    // Room for what the parts that are left may have, if they are like those that were read.
    if (days.size() == days.capacity())
        days.reserve(std::max((days.size() + 1) * progress.all / progress.read, days.size() * 2) + 2);
    days.push_back(day);
}

void add_days_of(Range& lines, std::size_t first_item, std::span<Item> items, const Progress& progress) {
    sort_lines(lines, first_item);
    for (auto first = lines.sorted.begin(); first != lines.sorted.end();) {
        const auto last = std::find_if(first, lines.sorted.end(), [&](const Line& line) {
            return line.item != first->item || line.day != first->day;
        });
        add_day(items[static_cast<std::size_t>(first->item)].days, day_of({first, last}), progress);
        first = last;
    }
}

Result<> read_part(Connection& connection, const Period& part, const Known& known, std::vector<Range>& ranges) {
    const auto table = TRY(connection.query(lines_sql, part.first, part.last));
    in_slices(table.chunks(), ranges.empty() ? 0 : ranges.front().slices.size(),
              [&](std::size_t number, std::size_t first, std::size_t last) {
                  sort_out(table, {number, first, last}, known, ranges);
              });
    return {};
}

}  // namespace

Result<> number_items(Connection& connection) {
    return connection.run(numbers_sql);
}

Result<> add_order_days(Connection& connection, std::span<Item> items, std::int64_t most_lines) {
    const Known known{TRY(item_hashes(connection, items)), TRY(OrderSizes::read(connection))};
    const auto days = TRY(connection.rows<DayLines>(days_sql));
    std::vector<Range> ranges((items.size() + range - 1) / range);
    for (auto& one : ranges) one.slices.resize(thread_count(0));
    const auto parts = parts_of(days, most_lines);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        TRY(read_part(connection, parts[part], known, ranges));
        in_parallel(ranges.size(), 0,
                    [&](std::size_t one) { add_days_of(ranges[one], one * range, items, {part + 1, parts.size()}); });
    }
    return {};
}

}  // namespace suanpan::selection
