#include "areas/selection/order_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "areas/selection/hash_table.h"
#include "areas/selection/order_sizes.h"
#include "areas/selection/shares.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view numbers_sql = R"(
    CREATE OR REPLACE TEMP TABLE item_place AS
    SELECT item_id, (row_number() OVER (ORDER BY item_id) - 1)::INTEGER AS item FROM data.product)";

constexpr std::string_view hashes_sql = "SELECT item, (hash(item_id) >> 1)::BIGINT FROM item_place";

constexpr std::string_view days_sql = "SELECT day, count(*) AS lines FROM data.order_line GROUP BY day ORDER BY day";

// A line that was not cancelled has no key to look for what came back. Hashes lose a bit on their way.
constexpr std::string_view lines_sql = R"(
    WITH back AS (SELECT DISTINCT order_id, order_line AS line FROM data.return_line WHERE order_id IS NOT NULL)
    SELECT count(*)
    FROM data.order_line AS o
    LEFT JOIN back ON back.order_id = CASE WHEN o.cancelled_quantity > 0 THEN o.order_id END AND back.line = o.line
    WHERE o.day BETWEEN $2 AND $3
      AND passes($1, (hash(o.item_id) >> 1)::BIGINT, o.day - DATE '1970-01-01', (hash(o.order_id) >> 1)::BIGINT,
                 CASE WHEN o.customer_id IS NULL THEN 0 ELSE (hash(o.customer_id) >> 1)::BIGINT END,
                 o.quantity - CASE WHEN back.order_id IS NULL THEN o.cancelled_quantity ELSE 0 END,
                 o.quantity - o.cancelled_quantity, o.unit_price))";

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
    std::uint32_t item = 0;
    std::int32_t day = 0;
    std::uint64_t order = 0, customer = 0;  // hashes; no customer: 0
    double quantity = 0, settled = 0, unit_price = 0;
};
using Lines = std::vector<Line>;

constexpr std::size_t range = 4096;  // items whose lines a thread puts together at a time

Result<HashTable> item_hashes(Connection& connection, std::span<const Item> items) {
    const auto table = TRY(connection.query(hashes_sql));
    HashTable found(items.size());
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        const auto places = table.values<std::int32_t>(chunk, 0);
        const auto hashes = table.values<std::int64_t>(chunk, 1);
        for (std::size_t row = 0; row < places.size(); ++row) {
            const auto place = static_cast<std::uint32_t>(places[row]);
            if (const auto other = found.add(spread(hashes[row]), place + 1); other != 0)
                return fail(ErrorCode::conflict,
                            fmt::format("the items \"{}\" and \"{}\" cannot be told apart by DuckDB's hash; rename one",
                                        items[other - 1].id, items[place].id));
        }
    }
    return found;
}

// Lines of a part of the days as a thread of the store saw them, by range of their items; and, where they are wanted,
// the orders of all of them.
struct SeenLines {
    std::vector<Lines> ranges;
    OrderBuckets orders;
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> places;
};

struct SinkOptions {
    std::size_t ranges = 0, lines = 0;  // lines: about as many come
    bool with_orders = false;
};

SeenLines nothing_seen(const SinkOptions& options) {
    SeenLines seen{.ranges = std::vector<Lines>(options.ranges), .orders = {}, .hashes = {}, .places = {}};
    for (auto& lines : seen.ranges) lines.reserve(options.lines / options.ranges / thread_count(0) * 9 / 8);
    return seen;
}

// Takes each line while the store reads it, so that none is put down in between.
class LineSink : public store::RowFilter {
  public:
    LineSink(const HashTable& items, const SinkOptions& options)
        : items_(items), options_(options), seen_([options] { return nothing_seen(options); }) {}

    void judge(Columns columns, std::span<bool> passes) override {
        std::ranges::fill(passes, false);
        const auto lease = seen_.borrow();
        auto& [ranges, orders, hashes, places] = *lease;
        hashes.clear();
        for (const auto hash : columns[0]) hashes.push_back(spread(hash));
        places.resize(hashes.size());
        items_.find(hashes, places);
        if (options_.with_orders)
            for (const auto hash : columns[2]) orders.add(spread(hash));
        for (std::size_t row = 0; row < places.size(); ++row) {
            if (places[row] == 0) continue;
            const auto place = places[row] - 1;
            ranges[place / range].push_back({place, static_cast<std::int32_t>(columns[1][row]), spread(columns[2][row]),
                                             static_cast<std::uint64_t>(columns[3][row]), double(columns[4][row]),
                                             double(columns[5][row]), double(columns[6][row])});
        }
    }
    [[nodiscard]] std::span<const std::unique_ptr<SeenLines>> seen() const { return seen_.all(); }
    [[nodiscard]] OrderSizes sizes() const {
        std::vector<OrderBuckets*> all;
        for (const auto& some : seen()) all.push_back(&some->orders);
        return OrderSizes::count(all);
    }

  private:
    const HashTable& items_;
    SinkOptions options_;
    Shares<SeenLines> seen_;
};

// What a thread puts the lines of a range together with.
struct Bench {
    Lines sorted;
    std::vector<std::uint32_t> ends, order_lines;  // of each item's lines, once they lie there; by line
    std::vector<std::uint64_t> orders, customers;
};

// Orders and customers of lines that come by order.
void count_buyers(std::span<const Line> lines, std::vector<std::uint64_t>& customers, ItemDay& day) {
    customers.clear();
    for (std::size_t i = 0; i < lines.size();) {
        const auto order = lines[i].order;
        std::uint64_t customer = 0;
        bool sold = false;
        for (; i < lines.size() && lines[i].order == order; ++i) {
            if (lines[i].quantity <= 0) continue;
            sold = true;
            customer = std::max(customer, lines[i].customer);
        }
        day.orders += float(sold);
        if (customer != 0) customers.push_back(customer);
    }
    if (customers.size() > 1) std::ranges::sort(customers);
    day.customers = static_cast<float>(std::ranges::unique(customers).begin() - customers.begin());
}

// Of one item's lines of a day, by order, with the lines of each one's order.
ItemDay day_of(std::span<const Line> lines, std::span<const std::uint32_t> sizes,
               std::vector<std::uint64_t>& customers) {
    double units = 0, revenue = 0, order_lines = 0, sold = 0, settled_units = 0, settled_revenue = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = lines[i];
        settled_units += line.settled;
        settled_revenue += line.settled * line.unit_price;
        if (line.quantity <= 0) continue;  // nothing was known to be sold
        units += line.quantity;
        revenue += line.quantity * line.unit_price;
        order_lines += double(sizes[i]);
        ++sold;
    }
    ItemDay found{.day = Day(Days(lines.front().day)),
                  .units = static_cast<float>(units),
                  .revenue = static_cast<float>(revenue),
                  .settled_units = static_cast<float>(settled_units),
                  .settled_revenue = static_cast<float>(settled_revenue)};
    count_buyers(lines, customers, found);
    if (sold > 0) found.basket = static_cast<float>(order_lines / sold);
    return found;
}

// By item, day and order.
void sort_lines(std::span<const std::unique_ptr<SeenLines>> seen, std::size_t one, Bench& bench) {
    const auto at = [&](const Line& line) { return line.item - one * range; };
    auto& ends = bench.ends;
    ends.assign(range + 1, 0);
    for (const auto& some : seen)
        for (const auto& line : some->ranges[one]) ++ends[at(line) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    bench.sorted.resize(ends.back());
    for (const auto& some : seen) {
        for (const auto& line : some->ranges[one]) bench.sorted[ends[at(line)]++] = line;
        some->ranges[one].clear();
    }
    constexpr auto order = [](const Line& line) { return std::pair(line.day, line.order); };
    auto first = bench.sorted.begin();
    for (std::size_t item = 0; item < range; ++item) {
        const auto last = bench.sorted.begin() + ends[item];
        if (!std::ranges::is_sorted(first, last, {}, order)) std::ranges::sort(first, last, {}, order);
        first = last;
    }
}

// How far reading is, in parts.
struct Progress {
    std::size_t read = 0, all = 0;
};

// Room for as many more days, and for what the parts that are left may have, if they are like those that were read.
void make_room(std::vector<ItemDay>& days, std::size_t more, const Progress& progress) {
    const auto size = days.size() + more;
    if (size > days.capacity())
        days.reserve(progress.read == progress.all ? size : size * progress.all / progress.read + 2);
}

void add_days_of(Bench& bench, const OrderSizes& sizes, std::span<Item> items, const Progress& progress) {
    const auto& lines = bench.sorted;
    bench.orders.clear();
    for (const auto& line : lines) bench.orders.push_back(line.order);
    bench.order_lines.resize(lines.size());
    sizes.lines(bench.orders, bench.order_lines);
    for (std::size_t first = 0; first < lines.size();) {
        auto end = first;
        while (end < lines.size() && lines[end].item == lines[first].item) ++end;
        auto& days = items[lines[first].item].days;
        std::size_t count = 1;
        for (auto i = first + 1; i < end; ++i) count += lines[i].day != lines[i - 1].day;
        make_room(days, count, progress);
        while (first < end) {
            auto last = first + 1;
            while (last < end && lines[last].day == lines[first].day) ++last;
            days.push_back(day_of(std::span(lines).subspan(first, last - first),
                                  std::span(bench.order_lines).subspan(first, last - first), bench.customers));
            first = last;
        }
    }
}

}  // namespace

Result<> number_items(Connection& connection) {
    return connection.run(numbers_sql);
}

Result<> add_order_days(Connection& connection, std::span<Item> items, std::int64_t most_lines) {
    const auto hashes = TRY(item_hashes(connection, items));
    const auto days = TRY(connection.rows<DayLines>(days_sql));
    const auto parts = parts_of(days, most_lines);
    if (parts.empty() || items.empty()) return {};
    std::int64_t lines = 0;
    for (const auto& day : days) lines += day.lines;
    const bool at_once = parts.size() == 1;  // else orders reach over parts, and are counted before
    const auto sizes_before = at_once ? std::nullopt : std::optional(TRY(OrderSizes::read(connection)));
    const auto ranges = (items.size() + range - 1) / range;
    const auto sink = std::make_shared<LineSink>(
        hashes, SinkOptions{ranges, static_cast<std::size_t>(lines) / parts.size(), at_once});
    const auto offer = connection.offer(sink);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        TRY(connection.query(lines_sql, offer.number(), parts[part].first, parts[part].last));
        const auto sizes_now = at_once ? std::optional(sink->sizes()) : std::nullopt;
        const auto& sizes = at_once ? *sizes_now : *sizes_before;
        std::atomic<std::size_t> next = 0;
        in_parallel(thread_count(0), 0, [&](std::size_t) {
            Bench bench;
            for (std::size_t one; (one = next++) < ranges;) {
                sort_lines(sink->seen(), one, bench);
                add_days_of(bench, sizes, items, {part + 1, parts.size()});
            }
        });
    }
    return {};
}

}  // namespace suanpan::selection
