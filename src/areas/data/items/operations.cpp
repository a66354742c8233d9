#include "areas/data/items/operations.h"

#include <memory>
#include <mutex>

#include "areas/data/data.h"
#include "areas/data/items/catalogue.h"
#include "platform/operations/declare.h"

namespace suanpan::items {

struct SearchRequest {
    std::string query;
    std::int64_t limit = 20;
};

struct FoundItem {
    std::string item_id, title, category;
    std::optional<std::int64_t> unit_price;
};

struct SearchReply {
    std::vector<FoundItem> items;
    bool more = false;
    std::int64_t total = 0;
};

struct ShowRequest {
    std::string item;
    std::int64_t weeks = 104;
};

struct ShownItem {
    std::string item_id, title, category, supplier;
    std::optional<std::int64_t> unit_cost, unit_price;
    std::string currency, listed_on;
};

struct Week {
    std::string week;
    std::int64_t units = 0;
    std::optional<std::int64_t> revenue;
    std::int64_t promoted_days = 0;
    std::optional<std::int64_t> empty_days, on_hand;
};

struct SalesRequest {
    std::int64_t weeks = 26;
};

struct SalesWeek {
    std::string week;
    std::int64_t units = 0;
    std::optional<std::int64_t> revenue;
};

struct SalesReply {
    std::vector<SalesWeek> weeks;
};

struct ItemStock {
    std::string day;
    std::int64_t on_hand = 0, on_order = 0;
};

struct ShowReply {
    ShownItem item;
    std::optional<ItemStock> stock;
    std::vector<Week> weeks;
};

}  // namespace suanpan::items

template <>
struct suanpan::operations::Described<suanpan::items::SearchRequest> {
    static constexpr FieldWords fields[] = {
        {"query", "words that the id or the title holds", {.max_length = 200}},
        {"limit", "at most so many, the best first", {.minimum = 1, .maximum = 200}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::FoundItem> {
    static constexpr FieldWords fields[] = {
        {"unit_price", "in minor units of the shop's currency"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::SearchReply> {
    static constexpr FieldWords fields[] = {
        {"more", "whether others match too"},
        {"total", "items of the shop"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::ShowRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "the item's id"},
        {"weeks", "at most so many of the newest weeks", {.minimum = 1, .maximum = 520}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::SalesRequest> {
    static constexpr FieldWords fields[] = {
        {"weeks", "at most so many of the newest whole weeks", {.minimum = 1, .maximum = 520}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::SalesWeek> {
    static constexpr FieldWords fields[] = {
        {"week", "its Monday"},
        {"revenue", "in minor units of the shop's currency"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::items::Week> {
    static constexpr FieldWords fields[] = {
        {"week", "its Monday; weeks without a sale are listed too"},
        {"revenue", "in minor units of the shop's currency"},
        {"promoted_days", "days of the week on which a promotion of the item ran"},
        {"empty_days", "days counted with nothing on hand; null where no stock is known"},
        {"on_hand", "units on hand when last counted in the week"},
    };
};

namespace suanpan::items {
namespace {

using operations::Context;
using store::Connection;

// The catalogue as of one load of one shop; whoever reads it keeps it while another takes its place.
class Shelf {
  public:
    [[nodiscard]] Result<std::shared_ptr<const Catalogue>> catalogue(const store::Shop& shop) {
        const auto version = TRY(data::version(shop));
        const std::lock_guard lock(mutex_);
        if (catalogue_ && version == version_ && folder_ == shop.folder()) return catalogue_;
        const auto rows = TRY(shop.database().read([](Connection& connection) {
            return connection.rows<Named>(
                "SELECT item_id, coalesce(title, '') AS title, coalesce(category, '') AS category, unit_price "
                "FROM data.item ORDER BY item_id");
        }));
        catalogue_ = std::make_shared<const Catalogue>(rows);
        version_ = version;
        folder_ = shop.folder();
        return catalogue_;
    }

  private:
    std::mutex mutex_;
    std::string version_;
    std::filesystem::path folder_;
    std::shared_ptr<const Catalogue> catalogue_;
};

Result<SearchReply> search(Context& context, const SearchRequest& request, Shelf& shelf) {
    const auto catalogue = TRY(shelf.catalogue(context.shop));
    auto found = catalogue->find(request.query, static_cast<std::size_t>(request.limit));
    SearchReply reply{.more = found.more, .total = static_cast<std::int64_t>(catalogue->size())};
    for (auto& item : found.items)
        reply.items.push_back(
            {std::move(item.item_id), std::move(item.title), std::move(item.category), item.unit_price});
    return reply;
}

struct ItemRow {
    std::string item_id, title, category, supplier;
    std::optional<std::int64_t> unit_cost, unit_price;
    std::optional<Day> listed_on;
};

constexpr auto item_sql = R"(
    SELECT i.item_id, coalesce(i.title, '') AS title, coalesce(i.category, '') AS category,
           coalesce(s.title, i.supplier_id, '') AS supplier, i.unit_cost, i.unit_price, i.listed_on
    FROM data.item AS i LEFT JOIN data.supplier AS s USING (supplier_id)
    WHERE i.item_id = ?)";

struct WeekRow {
    Day week;
    std::int64_t units = 0;
    std::optional<std::int64_t> revenue;
    std::int64_t promoted_days = 0;
    std::optional<std::int64_t> empty_days, on_hand;
};

// From the item's first sale to the shop's last day; the days of a promotion are counted once however many run.
constexpr auto weeks_sql = R"(
    WITH sold AS MATERIALIZED (FROM data.sales_weekly WHERE item_id = ?1),
    weeks AS (
        SELECT unnest(generate_series(min(week)::TIMESTAMP,
                                      (SELECT max(last_day) FROM data.span)::TIMESTAMP, INTERVAL 7 DAY))::DATE AS week
        FROM sold
    ), promoted AS (
        SELECT date_trunc('week', day)::DATE AS week, count(DISTINCT day)::BIGINT AS days
        FROM (SELECT unnest(generate_series(from_day::TIMESTAMP, least(to_day, from_day + 400)::TIMESTAMP,
                                            INTERVAL 1 DAY))::DATE AS day
              FROM data.promotion WHERE item_id = ?1)
        GROUP BY ALL
    ), counted AS (
        SELECT date_trunc('week', day)::DATE AS week, count(*) FILTER (on_hand <= 0)::BIGINT AS empty_days,
               arg_max(on_hand, day)::BIGINT AS on_hand
        FROM (SELECT day, sum(on_hand) AS on_hand FROM data.stock WHERE item_id = ?1 GROUP BY day)
        GROUP BY ALL
    )
    SELECT w.week, coalesce(s.units, 0)::BIGINT AS units, s.revenue, coalesce(p.days, 0)::BIGINT AS promoted_days,
           c.empty_days, c.on_hand
    FROM weeks AS w LEFT JOIN sold AS s USING (week) LEFT JOIN promoted AS p USING (week)
         LEFT JOIN counted AS c USING (week)
    ORDER BY w.week DESC
    LIMIT ?2)";

struct StockRow {
    Day day;
    std::int64_t on_hand = 0, on_order = 0;
};

constexpr auto stock_sql = R"(
    SELECT day, sum(on_hand)::BIGINT AS on_hand, sum(on_order)::BIGINT AS on_order
    FROM data.stock WHERE item_id = ? GROUP BY day ORDER BY day DESC LIMIT 1)";

Result<ShowReply> show(Context& context, const ShowRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<ShowReply> {
        const auto found = TRY(connection.rows<ItemRow>(item_sql, request.item));
        if (found.empty())
            return fail(ErrorCode::not_found, "the shop has no such item; items.search finds them", request.item);
        const auto& row = found.front();
        ShowReply reply{.item = {row.item_id, row.title, row.category, row.supplier, row.unit_cost, row.unit_price,
                                 context.shop.settings().currency, row.listed_on ? format(*row.listed_on) : ""}};
        for (const auto& stock : TRY(connection.rows<StockRow>(stock_sql, request.item)))
            reply.stock = ItemStock{format(stock.day), stock.on_hand, stock.on_order};
        const auto weeks = TRY(connection.rows<WeekRow>(weeks_sql, request.item, request.weeks));
        for (auto week = weeks.rbegin(); week != weeks.rend(); ++week)
            reply.weeks.push_back(
                {format(week->week), week->units, week->revenue, week->promoted_days, week->empty_days, week->on_hand});
        return reply;
    });
}

struct SalesRow {
    Day week;
    std::int64_t units = 0;
    std::optional<std::int64_t> revenue;
};

// The week that the data end in counts once its Sunday is there.
constexpr auto sales_sql = R"(
    SELECT week, sum(units)::BIGINT AS units, sum(revenue)::BIGINT AS revenue
    FROM data.sales_weekly
    WHERE week + 6 <= (SELECT max(last_day) FROM data.span)
    GROUP BY week ORDER BY week DESC LIMIT ?)";

Result<SalesReply> sales(Context& context, const SalesRequest& request) {
    const auto rows = TRY(context.shop.database().read(
        [&](Connection& connection) { return connection.rows<SalesRow>(sales_sql, request.weeks); }));
    SalesReply reply;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        reply.weeks.push_back({format(row->week), row->units, row->revenue});
    return reply;
}

}  // namespace

void add_operations(operations::Registry& registry) {
    using operations::declare;
    auto shelf = std::make_shared<Shelf>();
    registry.add(declare<SearchRequest, SearchReply>(
        {.name = "items.search",
         .summary = {"Finds items as somebody types, by id or title", "按编码或名称即时查找商品"},
         .positional = {"query"}},
        [shelf](Context& context, const SearchRequest& request) { return search(context, request, *shelf); }));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "items.show",
         .summary = {"Shows an item with its stock and what it sold by week", "显示一件商品的资料、库存与每周销量"},
         .positional = {"item"},
         .required = {"item"}},
        show));
    registry.add(declare<SalesRequest, SalesReply>(
        {.name = "items.sales", .summary = {"Shows what the whole shop sold by week", "显示全店每周销量"}}, sales));
}

}  // namespace suanpan::items
