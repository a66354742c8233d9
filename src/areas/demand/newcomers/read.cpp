#include "areas/demand/newcomers/read.h"

#include <algorithm>
#include <unordered_map>

#include "platform/base/hash.h"
#include "platform/operations/json.h"

namespace suanpan::demand {

struct ListedItem {
    std::string item_id;
    std::optional<std::string> category;
    std::optional<Day> listed_on;
};

struct ItemVector {
    std::string item_id;
    std::vector<double> values;
};

namespace {

using store::Connection;

constexpr int settled_weeks = 4;  // of the data, whose items may have been sold before

// Numbers periods from the history's begin.
class Periods {
  public:
    Periods(const History& history, const LaunchOptions& options)
        : begin_(history.begin), days_(7 / options.per_week), now_((history.end - history.begin).count() / days_) {}
    [[nodiscard]] std::int64_t of(Day day) const {
        const auto days = (day - begin_).count();
        return days >= 0 ? days / days_ : -1;
    }
    [[nodiscard]] std::int64_t now() const { return now_; }

  private:
    Day begin_;
    std::int64_t days_, now_;
};

void add_launches(std::vector<Launch>& all, const ListedItem& item, const Series* sales, const Periods& periods,
                  const LaunchOptions& options) {
    const auto now = periods.now();
    const auto first = sales == nullptr ? now : now - std::ssize(sales->values);
    const auto category = item.category.value_or("");
    const auto add = [&](std::int64_t start, bool listed) {
        Launch launch{item.item_id, category, start, listed, std::vector<double>(std::size_t(now - start)), {}};
        if (sales != nullptr)
            std::ranges::copy(sales->values, launch.values.begin() + static_cast<std::ptrdiff_t>(first - start));
        all.push_back(std::move(launch));
    };
    const auto start = item.listed_on ? periods.of(*item.listed_on) : first;
    if (item.listed_on && start < 0) return;  // listed before the data
    const bool listed = item.listed_on && start <= first && start <= now;
    if (listed) add(start, true);
    const bool late = first - start > std::int64_t{options.weeks} * options.per_week;
    if (sales != nullptr && (!listed || late) && first >= settled_weeks * options.per_week) add(first, false);
}

bool is_fresh(const Launch& launch, const Periods& periods, const LaunchOptions& options) {
    return periods.now() - launch.start < std::int64_t{options.weeks} * options.per_week;
}

// All that are new now, and of the others so many as are learned from.
std::vector<Launch> bounded(std::vector<Launch> all, const Periods& periods, const LaunchOptions& options) {
    const auto old =
        std::partition(all.begin(), all.end(), [&](const auto& one) { return is_fresh(one, periods, options); });
    std::sort(old, all.end(), [](const auto& a, const auto& b) { return folded_fnv1a(a.id) < folded_fnv1a(b.id); });
    const auto most = static_cast<std::ptrdiff_t>(options.most_known);
    if (all.end() - old > most) all.erase(old + most, all.end());
    std::ranges::sort(all, {}, [](const auto& one) { return std::pair(std::string_view(one.id), one.start); });
    return all;
}

// How many of a vector's leading places say what an item is; 0 where the shop has no vectors.
std::int64_t attribute_places(operations::Context& context) {
    const auto reply = context.operations.call(context, "selection.dimensions", "{}");
    if (!reply) return 0;
    const auto json = operations::parse_json(*reply);
    if (!json || !json->contains("dimensions")) return 0;
    std::int64_t places = 0;
    for (const auto& dimension : (*json)["dimensions"].get_array()) {
        if (!dimension.contains("window") || dimension["window"].as<double>() != 0) break;
        ++places;
    }
    return places;
}

Result<> add_vectors(Connection& connection, std::vector<Launch>& all, std::int64_t places, Day as_of) {
    if (TRY(connection.count(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'selection' AND table_name = 'vector'")) == 0)
        return {};
    std::string ids;  // a line each, bound as one value: DuckDB binds no lists
    for (const auto& launch : all) ids += launch.id + "\n";
    const auto rows = TRY(connection.rows<ItemVector>(R"(
        SELECT item_id, ("values"[1:?1])::DOUBLE[] AS "values" FROM selection.vector
        WHERE as_of = (SELECT max(as_of) FROM selection.vector WHERE as_of <= ?2)
          AND item_id IN (SELECT unnest(string_split(?3, chr(10))))
        ORDER BY item_id)",
                                                      places, as_of, ids));
    std::unordered_map<std::string_view, const ItemVector*> by_item;
    for (const auto& row : rows) by_item.emplace(row.item_id, &row);
    for (auto& launch : all) {
        const auto found = by_item.find(launch.id);
        if (found == by_item.end()) continue;
        double square = 0;
        for (const double value : found->second->values) square += value * value;
        if (!(square > 0) || !std::isfinite(square)) continue;
        for (const double value : found->second->values)
            launch.vector.push_back(static_cast<float>(value / std::sqrt(square)));
    }
    return {};
}

}  // namespace

LaunchOptions launch_options(const Period& period, const PanelOptions& options) {
    return {.horizon = options.horizon,
            .window = options.window,
            .per_week = 7 / period.days,
            .levels = options.levels,
            .threads = options.threads};
}

Result<Launches> read_launches(operations::Context& context, const History& history, const LaunchOptions& options,
                               Day as_of) {
    const auto places = attribute_places(context);
    const Periods periods(history, options);
    std::unordered_map<std::string_view, const Series*> sold;
    for (const auto& series : history.series) sold.emplace(series.id, &series);
    return context.shop.database().read([&](Connection& connection) -> Result<Launches> {
        std::vector<Launch> all;
        for (const auto& item : TRY(connection.rows<ListedItem>(
                 "SELECT item_id, any_value(category) AS category, min(listed_on) AS listed_on "
                 "FROM data.product GROUP BY item_id ORDER BY item_id"))) {
            const auto found = sold.find(item.item_id);
            add_launches(all, item, found == sold.end() ? nullptr : found->second, periods, options);
        }
        Launches launches{.all = bounded(std::move(all), periods, options), .fresh = {}, .now = periods.now()};
        if (places > 0) TRY(add_vectors(connection, launches.all, places, as_of));
        for (std::size_t i = 0; i < launches.all.size(); ++i) {
            const bool newest = i + 1 == launches.all.size() || launches.all[i + 1].id != launches.all[i].id;
            if (newest && is_fresh(launches.all[i], periods, options)) launches.fresh.push_back(i);
        }
        return launches;
    });
}

}  // namespace suanpan::demand
