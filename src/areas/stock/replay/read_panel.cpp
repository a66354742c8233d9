#include "areas/stock/replay/read_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace suanpan::stock {

struct PanelRow {
    std::string item_id, place_id;
    Day day;
    double sold = 0, promoted = 0;
    std::optional<bool> open;
};

struct PanelPromotion {
    std::string item_id;
    Day from_day, to_day;
};

struct PanelHoliday {
    Day day;
    bool closed = false, holiday = false;
};

struct PanelIndicator {
    std::string place_id, name;
    Day day;
    double value = 0;
};

namespace {

using store::Connection;

constexpr std::size_t most_drivers = 30;

constexpr std::string_view sales_sql = R"(
    WITH sold AS (
        SELECT item_id, place_id, day, greatest(coalesce(units, revenue, 0), 0)::DOUBLE AS sold,
               coalesce(promoted, 0) AS promoted, open
        FROM data.sales_by_place_daily
        WHERE day < ?1 AND day > (SELECT max(day) - 1830 FROM data.sales_by_place_daily WHERE day < ?1)
    ), largest AS (
        SELECT item_id, place_id FROM sold GROUP BY ALL HAVING sum(sold) > 0
        ORDER BY sum(sold) DESC, item_id, place_id LIMIT ?2
    )
    SELECT item_id, place_id, day, sum(sold) AS sold, max(promoted) AS promoted, bool_or(open) AS open
    FROM sold SEMI JOIN largest USING (item_id, place_id)
    GROUP BY item_id, place_id, day
    ORDER BY item_id, place_id, day)";

constexpr std::string_view indicators_sql = R"(
    SELECT place_id, name, day, value FROM data.indicator
    WHERE day < ? AND isfinite(value)
      AND (name ILIKE '%holiday%' OR list_contains(string_split(?, ' '), name))
    ORDER BY ALL)";

class Filler {
  public:
    explicit Filler(const std::vector<PanelRow>& rows) {
        const auto [first, last] = std::ranges::minmax_element(rows, {}, [](const PanelRow& row) { return row.day; });
        panel_.first = first->day;
        panel_.days = static_cast<std::size_t>((last->day - first->day).count()) + 1;
        for (const auto& row : rows)
            if (panel_.ids.empty() || row.item_id != items_.back() || row.place_id != places_.back()) {
                items_.push_back(row.item_id);
                places_.push_back(row.place_id);
                panel_.ids.push_back(row.item_id + " at " + row.place_id);
            }
        panel_.sales.resize(panel_.series() * panel_.days);
        panel_.open.resize(panel_.sales.size());
        panel_.drivers.push_back({"promotion", true, std::vector<float>(panel_.sales.size())});
        fill(rows);
        classify();
    }

    void promotions(const std::vector<PanelPromotion>& promotions) {
        std::multimap<std::string_view, const PanelPromotion*> by_item;
        for (const auto& p : promotions) by_item.emplace(p.item_id, &p);
        for (std::size_t i = 0; i < panel_.series(); ++i)
            for (auto [at, end] = by_item.equal_range(items_[i]); at != end; ++at)
                for (auto d = place_of(at->second->from_day); d <= place_of(at->second->to_day); ++d)
                    set(panel_.drivers[0], i, d, 1);
    }

    void calendar(const std::vector<PanelHoliday>& days) {
        if (days.empty()) return;
        auto& driver = driver_named("holiday");
        for (const auto& day : days)
            for (std::size_t i = 0; i < panel_.series(); ++i) {
                const auto d = place_of(day.day);
                if (day.holiday) set(driver, i, d, 1);
                // A day that the calendar calls closed but that sold was open.
                if (day.closed && inside(d) && panel_.sales[panel_.at(i, static_cast<std::size_t>(d))] <= 0)
                    panel_.open[panel_.at(i, static_cast<std::size_t>(d))] = 0;
            }
    }

    void indicators(const std::vector<PanelIndicator>& indicators) {
        std::multimap<std::string_view, std::size_t> by_place;
        for (std::size_t i = 0; i < panel_.series(); ++i) by_place.emplace(places_[i], i);
        for (const auto& x : indicators) {
            auto& driver = driver_named(x.name);
            if (x.place_id == "all")
                for (std::size_t i = 0; i < panel_.series(); ++i) set(driver, i, place_of(x.day), x.value);
            else
                for (auto [at, end] = by_place.equal_range(x.place_id); at != end; ++at)
                    set(driver, at->second, place_of(x.day), x.value);
        }
    }

    [[nodiscard]] DailyPanel take() { return std::move(panel_); }

  private:
    [[nodiscard]] std::int64_t place_of(Day day) const { return (day - panel_.first).count(); }
    [[nodiscard]] bool inside(std::int64_t day) const {
        return day >= 0 && day < static_cast<std::int64_t>(panel_.days);
    }
    void set(Driver& driver, std::size_t series, std::int64_t day, double value) {
        if (inside(day)) driver.values[panel_.at(series, static_cast<std::size_t>(day))] = static_cast<float>(value);
    }
    Driver& driver_named(const std::string& name) {
        const auto found = std::ranges::find(panel_.drivers, name, &Driver::name);
        if (found != panel_.drivers.end()) return *found;
        return panel_.drivers.emplace_back(name, false, std::vector<float>(panel_.sales.size()));
    }

    void fill(const std::vector<PanelRow>& rows) {
        std::size_t series = 0;
        for (std::size_t begin = 0; begin < rows.size(); ++series) {
            std::size_t end = begin;
            bool told = false;
            while (end < rows.size() && rows[end].item_id == items_[series] && rows[end].place_id == places_[series])
                told = rows[end++].open.has_value() || told;
            if (!told)
                for (auto d = place_of(rows[begin].day); inside(d); ++d)
                    panel_.open[panel_.at(series, static_cast<std::size_t>(d))] = 1;
            for (; begin < end; ++begin) {
                const auto at = panel_.at(series, static_cast<std::size_t>(place_of(rows[begin].day)));
                panel_.sales[at] = rows[begin].sold;
                panel_.open[at] = rows[begin].open.value_or(true) || rows[begin].sold > 0;
                panel_.drivers[0].values[at] = static_cast<float>(rows[begin].promoted);
            }
        }
    }

    void classify() {
        std::map<std::string_view, int> ids;
        for (const auto& item : items_) ids.try_emplace(item, static_cast<int>(ids.size()));
        const bool by_item = panel_.series() >= 8 * ids.size();
        for (const auto& item : items_) panel_.classes.push_back(by_item ? ids[item] : 0);
    }

    DailyPanel panel_;
    std::vector<std::string> items_, places_;
};

}  // namespace

Result<DailyPanel> read_panel(const store::Shop& shop, const PanelRequest& request) {
    return shop.database().read([&](Connection& connection) -> Result<DailyPanel> {
        const auto rows = TRY(connection.rows<PanelRow>(sales_sql, request.end, request.most_series));
        if (rows.empty())
            return fail(ErrorCode::not_found, "nothing was sold before " + format(request.end) + "; load sales first");
        Filler filler(rows);
        filler.promotions(TRY(connection.rows<PanelPromotion>(
            "SELECT item_id, from_day, to_day FROM data.promotion WHERE from_day < ? AND from_day <= to_day",
            request.end)));
        filler.calendar(TRY(connection.rows<PanelHoliday>(
            "SELECT day, coalesce(closed, false) AS closed, coalesce(holiday, false) AS holiday FROM data.calendar "
            "WHERE day < ? ORDER BY day",
            request.end)));
        const auto indicators = TRY(connection.rows<PanelIndicator>(indicators_sql, request.end,
                                                                    shop.settings().text("stock.known_ahead", "")));
        std::set<std::string_view> names;
        for (const auto& x : indicators) names.insert(x.name);
        if (names.size() > most_drivers)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} indicators are known ahead, more than the {} that can be learned from; name "
                                    "fewer in the setting stock.known_ahead",
                                    names.size(), most_drivers));
        filler.indicators(indicators);
        return filler.take();
    });
}

}  // namespace suanpan::stock
