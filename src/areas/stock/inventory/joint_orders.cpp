#include "areas/stock/inventory/joint_orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

struct Prices {
    double budget = 0, volume = 0;  // multipliers, not negative
};

struct Use {
    double value = 0, cost = 0, volume = 0;
};

Result<> check(std::span<const JointItem> items, const JointLimits& limits) {
    if (!(limits.budget >= 0 && std::isfinite(limits.budget)) || !(limits.volume >= 0 && std::isfinite(limits.volume)))
        return fail(ErrorCode::invalid_argument, "budget and volume must be finite and not negative");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        bool sound = item.demand.levels.size() == item.demand.quantiles.size() && item.pack > 0 && item.minimum >= 0 &&
                     item.maximum >= 0 && std::ranges::is_sorted(item.demand.levels) &&
                     std::ranges::is_sorted(item.demand.quantiles);
        for (const double x : {item.unit_cost, item.unit_volume, item.margin, item.holding})
            sound = sound && x >= 0 && std::isfinite(x);
        sound = sound && std::isfinite(item.position) && std::isfinite(item.demand.mean);
        for (const double x : item.demand.quantiles) sound = sound && std::isfinite(x);
        if (!sound)
            return fail(
                ErrorCode::invalid_argument,
                "costs, volume, margin and holding must be finite and not negative, packs above zero, quantiles "
                "rising",
                fmt::format("item {}", i));
    }
    return {};
}

std::int64_t packs_down(const JointItem& item, double units) {
    const double packs = std::floor(units / static_cast<double>(item.pack) + 1e-9);
    return static_cast<std::int64_t>(std::clamp(packs, 0.0, 1e12)) * item.pack;
}

// Whole packs within minimum and maximum; 0 where there are none.
std::int64_t least_order(const JointItem& item) {
    const auto packs = std::max<std::int64_t>(1, (item.minimum + item.pack - 1) / item.pack);
    return packs * item.pack <= item.maximum ? packs * item.pack : 0;
}

// The order of most value less what the prices charge. The value is concave in the units, so where the slope turns is
// the best, but for the minimum, which is compared with nothing.
std::int64_t best_order(const JointItem& item, const Prices& prices) {
    const double charge = prices.budget * item.unit_cost + prices.volume * item.unit_volume;
    const double both = item.margin + item.holding;
    const auto least = least_order(item);
    if (least == 0 || both <= 0 || charge >= item.margin) return 0;
    const double wanted = quantile(item.demand, (item.margin - charge) / both) - item.position;
    const auto most = packs_down(item, static_cast<double>(item.maximum));
    const auto low = std::clamp(packs_down(item, wanted), least, most);
    const auto high = std::min(low + item.pack, most);
    std::int64_t best = 0;
    double worth = 0;
    for (const auto units : {low, high})
        if (const double w = value_of(item, units) - charge * static_cast<double>(units); w > worth) {
            worth = w;
            best = units;
        }
    return best;
}

class Dual {
  public:
    Dual(std::span<const JointItem> items, const JointLimits& limits) : items_(items), limits_(limits) {}

    // The bound at these prices and what its orders use; keeps the lowest bound.
    Use at(const Prices& prices) {
        Use use;
        for (const auto& item : items_) {
            const auto units = static_cast<double>(best_order(item, prices));
            if (units == 0) continue;
            use.value += value_of(item, static_cast<std::int64_t>(units));
            use.cost += units * item.unit_cost;
            use.volume += units * item.unit_volume;
        }
        const double bound = use.value + prices.budget * (limits_.budget - use.cost) +
                             (limits_.volume > 0 ? prices.volume * (limits_.volume - use.volume) : 0);
        if (bound < bound_) {
            bound_ = bound;
            best_ = prices;
        }
        return use;
    }
    [[nodiscard]] bool fits(const Use& use) const {
        return use.cost <= limits_.budget && (limits_.volume <= 0 || use.volume <= limits_.volume);
    }
    [[nodiscard]] double bound() const { return bound_; }
    [[nodiscard]] const Prices& best() const { return best_; }
    [[nodiscard]] const JointLimits& limits() const { return limits_; }

  private:
    std::span<const JointItem> items_;
    JointLimits limits_;
    double bound_ = std::numeric_limits<double>::infinity();
    Prices best_;
};

// One price is found by bisection of the use, which falls as the price rises.
template <class PricesOf, class Over>
void bisect(Dual& dual, double highest, PricesOf prices_of, Over over) {
    double low = 0, high = highest;
    for (int i = 0; i < 60 && high - low > 1e-9 * highest; ++i) {
        const double middle = (low + high) / 2;
        (over(dual.at(prices_of(middle))) ? low : high) = middle;
    }
    dual.at(prices_of(high));
}

// Both at once: the ellipsoid of prices that may still be best shrinks by the half plane that the use excludes.
void shrink_ellipsoid(Dual& dual, const Prices& highest) {
    double x = highest.budget / 2, y = highest.volume / 2;
    double a = 2 * x * x, b = 0, c = 2 * y * y;  // the matrix [[a, b], [b, c]]
    for (int i = 0; i < 120; ++i) {
        double gx = 0, gy = 0;
        if (x < 0) {
            gx = -1;
        } else if (y < 0) {
            gy = -1;
        } else {
            const auto use = dual.at({x, y});
            gx = dual.limits().budget - use.cost;
            gy = dual.limits().volume - use.volume;
        }
        const double hx = a * gx + b * gy, hy = b * gx + c * gy, size = std::sqrt(std::max(0.0, gx * hx + gy * hy));
        if (size < 1e-10 * std::max(1.0, std::abs(dual.bound()))) break;
        const double ux = hx / size, uy = hy / size;
        x -= ux / 3;
        y -= uy / 3;
        a = 4.0 / 3 * (a - 2.0 / 3 * ux * ux);
        b = 4.0 / 3 * (b - 2.0 / 3 * ux * uy);
        c = 4.0 / 3 * (c - 2.0 / 3 * uy * uy);
    }
}

// Prices above which nothing is ordered any more.
Prices highest_prices(std::span<const JointItem> items) {
    Prices highest;
    for (const auto& item : items) {
        if (item.unit_cost > 0) highest.budget = std::max(highest.budget, item.margin / item.unit_cost);
        if (item.unit_volume > 0) highest.volume = std::max(highest.volume, item.margin / item.unit_volume);
    }
    return highest;
}

void solve(Dual& dual, const Prices& highest) {
    if (dual.fits(dual.at({}))) return;
    const auto& limits = dual.limits();
    auto over_budget = [&](const Use& use) { return use.cost > limits.budget; };
    auto over_volume = [&](const Use& use) { return use.volume > limits.volume; };
    bisect(dual, highest.budget, [](double price) { return Prices{price, 0}; }, over_budget);
    if (limits.volume <= 0) return;
    if (dual.fits(dual.at(dual.best()))) return;
    bisect(dual, highest.volume, [](double price) { return Prices{0, price}; }, over_volume);
    shrink_ellipsoid(dual, highest);
}

// A change of one item's order by a pack, or of a whole order with a minimum, and its value for the limits it uses.
struct Step {
    double rate = 0;  // value a unit of what it uses
    std::size_t item = 0;
    std::int64_t from = 0, to = 0;

    bool operator<(const Step& other) const { return rate != other.rate ? rate < other.rate : item > other.item; }
};

class Filling {
  public:
    Filling(std::span<const JointItem> items, const Dual& dual) : items_(items), limits_(dual.limits()) {
        // What a limit is worth: its share, weighed by its price; both alike where neither is scarce.
        budget_weight_ = dual.best().budget;
        volume_weight_ = dual.best().volume;
        if (budget_weight_ + volume_weight_ <= 0) budget_weight_ = 1;
        for (const auto& item : items) units_.push_back(best_order(item, dual.best()));
        for (std::size_t i = 0; i < items.size(); ++i) add(i, units_[i]);
    }

    void run() {
        drop_until_it_fits();
        fill_up();
    }
    [[nodiscard]] JointOrders orders(const Dual& dual) const {
        JointOrders result{.units = units_, .bound = dual.bound()};
        for (std::size_t i = 0; i < items_.size(); ++i) result.value += value_of(items_[i], units_[i]);
        result.cost = use_.cost;
        result.volume = use_.volume;
        result.price_of_budget = dual.best().budget;
        result.price_of_volume = dual.best().volume;
        result.bound = std::max(result.bound, result.value);
        return result;
    }

  private:
    void add(std::size_t i, std::int64_t units) {
        use_.cost += static_cast<double>(units) * items_[i].unit_cost;
        use_.volume += static_cast<double>(units) * items_[i].unit_volume;
    }
    [[nodiscard]] bool fits() const {
        return use_.cost <= limits_.budget * (1 + 1e-12) &&
               (limits_.volume <= 0 || use_.volume <= limits_.volume * (1 + 1e-12));
    }
    [[nodiscard]] double weight(std::size_t i, std::int64_t units) const {
        return static_cast<double>(units) *
               (budget_weight_ * items_[i].unit_cost + volume_weight_ * items_[i].unit_volume);
    }
    [[nodiscard]] double rate(std::size_t i, std::int64_t from, std::int64_t to) const {
        const double gain = value_of(items_[i], to) - value_of(items_[i], from);
        const double used = weight(i, to - from);
        return used > 0 ? gain / used : std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] std::int64_t one_less(std::size_t i) const {
        const auto less = units_[i] - items_[i].pack;
        return less < least_order(items_[i]) ? 0 : less;
    }
    [[nodiscard]] std::int64_t one_more(std::size_t i) const {
        const auto more = units_[i] == 0 ? least_order(items_[i]) : units_[i] + items_[i].pack;
        return more <= items_[i].maximum ? more : units_[i];
    }
    void move(std::size_t i, std::int64_t to) {
        add(i, to - units_[i]);
        units_[i] = to;
    }

    void drop_until_it_fits() {
        if (fits()) return;
        std::priority_queue<Step> steps;
        auto offer = [&](std::size_t i) {
            if (units_[i] > 0) steps.push({-rate(i, one_less(i), units_[i]), i, units_[i], one_less(i)});
        };
        for (std::size_t i = 0; i < items_.size(); ++i) offer(i);
        while (!fits() && !steps.empty()) {
            const auto step = steps.top();
            steps.pop();
            move(step.item, step.to);
            offer(step.item);
        }
    }

    void fill_up() {
        std::priority_queue<Step> steps;
        auto offer = [&](std::size_t i) {
            const auto to = one_more(i);
            if (to == units_[i] || value_of(items_[i], to) <= value_of(items_[i], units_[i])) return;
            steps.push({rate(i, units_[i], to), i, units_[i], to});
        };
        for (std::size_t i = 0; i < items_.size(); ++i) offer(i);
        while (!steps.empty()) {
            const auto step = steps.top();
            steps.pop();
            move(step.item, step.to);
            if (fits())
                offer(step.item);
            else
                move(step.item, step.from);
        }
    }

    std::span<const JointItem> items_;
    JointLimits limits_;
    double budget_weight_ = 0, volume_weight_ = 0;
    std::vector<std::int64_t> units_;
    Use use_;
};

}  // namespace

double value_of(const JointItem& item, std::int64_t units) {
    if (units == 0) return 0;
    const double after = item.position + static_cast<double>(units);
    const double served = expected_shortage(item.demand, item.position) - expected_shortage(item.demand, after);
    const double left = static_cast<double>(units) - served;
    return item.margin * served - item.holding * left;
}

Result<JointOrders> joint_orders(std::span<const JointItem> items, const JointLimits& limits) {
    TRY(check(items, limits));
    Dual dual(items, limits);
    solve(dual, highest_prices(items));
    Filling filling(items, dual);
    filling.run();
    return filling.orders(dual);
}

}  // namespace suanpan::stock
