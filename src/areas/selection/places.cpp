#include "areas/selection/places.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace suanpan::selection {
namespace {

constexpr int bisections = 40;
constexpr std::size_t most_exchanged = 400;  // places; longer lists are not improved by exchanges

void grow(std::vector<std::size_t>& counts, std::size_t key) {
    if (counts.size() <= key) counts.resize(key + 1);
}

bool below(const std::vector<std::size_t>& counts, std::size_t key, std::size_t most) {
    return key == 0 || most == 0 || counts[key] < most;
}

struct Offer {
    double gain = 0;
    std::size_t i = 0, alike = 0;  // alike: how many of its look were taken when the gain was worked out
    bool operator<(const Offer& other) const { return gain != other.gain ? gain < other.gain : i > other.i; }
};

// Takes what is worth most less `price` for each minor unit of stock. Gains only fall as likes are taken, so an offer
// that is still the best after it was worked out anew is the best.
void take_by_price(const std::vector<Wanted>& wanted, double price, Taken& taken) {
    const auto gain = [&](std::size_t i) { return taken.worth(i) - price * wanted[i].cost; };
    std::vector<Offer> offers;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!taken.has(i) && gain(i) > 0) offers.push_back({gain(i), i});
    std::priority_queue queue(std::less<Offer>(), std::move(offers));
    while (!queue.empty()) {
        const auto best = queue.top();
        queue.pop();
        if (!taken.fits(best.i)) continue;
        if (const double now = gain(best.i); now < best.gain) {
            if (now > 0) queue.push({now, best.i});
            continue;
        }
        taken.add(best.i);
    }
}

// The most that places can bring at a price of stock where only one kind of limit holds: best first within it is
// optimal there (a laminar matroid), so no list within all limits brings more than this and the budget's worth.
double bound_at(const std::vector<Wanted>& wanted, const Limits& limits, double price,
                const std::vector<std::size_t>& order) {
    double least = std::numeric_limits<double>::infinity();
    const Limits alone[] = {{.slots = limits.slots, .category = limits.category},
                            {.slots = limits.slots, .supplier = limits.supplier},
                            {.slots = limits.slots, .look = limits.look}};
    for (const auto& one : alone) {
        Taken taken(wanted, one);
        double sum = price * limits.budget;
        for (const auto i : order) {
            const double gain = wanted[i].value - price * wanted[i].cost;
            if (gain <= 0 || taken.list().size() == limits.slots) break;
            if (!taken.fits(i)) continue;
            taken.add(i);
            sum += gain;
        }
        least = std::min(least, sum);
    }
    return least;
}

double bound(const std::vector<Wanted>& wanted, const Limits& limits, double price) {
    std::vector<std::size_t> order(wanted.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto gain = [&](std::size_t i) { return wanted[i].value - price * wanted[i].cost; };
    if (!std::ranges::is_sorted(order, std::greater(), gain)) std::ranges::stable_sort(order, std::greater(), gain);
    return bound_at(wanted, limits, price, order);
}

// Takes one out and another in wherever that brings more within the limits.
void exchange(const std::vector<Wanted>& wanted, const Limits& limits, Taken& taken, std::size_t fixed) {
    if (taken.list().size() > most_exchanged || limits.cannibalisation > 0) return;
    for (bool better = true; better;) {
        better = false;
        for (std::size_t in = 0; in < wanted.size(); ++in) {
            if (taken.has(in)) continue;
            std::size_t worst = wanted.size();
            for (std::size_t at = fixed; at < taken.list().size(); ++at) {
                const auto out = taken.list()[at];
                const double least = worst == wanted.size() ? wanted[in].value : wanted[worst].value;
                if (wanted[out].value < least && taken.fits_instead(in, out)) worst = out;
            }
            if (worst == wanted.size()) continue;
            taken.remove(worst);
            taken.add(in);
            better = true;
        }
    }
}

// The list at one price of stock, completed by what still fits.
Taken at_price(const std::vector<Wanted>& wanted, double price, Taken taken) {
    take_by_price(wanted, price, taken);
    if (price > 0) take_by_price(wanted, 0, taken);
    return taken;
}

}  // namespace

Taken::Taken(const std::vector<Wanted>& wanted, const Limits& limits)
    : wanted_(&wanted), limits_(limits), in_(wanted.size()) {
    for (const auto& w : wanted) {
        grow(categories_, w.category);
        grow(suppliers_, w.supplier);
        grow(looks_, w.look);
    }
}

bool Taken::fits(std::size_t i) const {
    const auto& w = (*wanted_)[i];
    return !in_[i] && list_.size() < limits_.slots && below(categories_, w.category, limits_.category) &&
           below(suppliers_, w.supplier, limits_.supplier) && below(looks_, w.look, limits_.look) &&
           (limits_.budget <= 0 || cost_ + w.cost <= limits_.budget + 1e-6);
}

bool Taken::fits_instead(std::size_t in, std::size_t out) const {
    const auto &a = (*wanted_)[in], &b = (*wanted_)[out];
    return (a.category == b.category || below(categories_, a.category, limits_.category)) &&
           (a.supplier == b.supplier || below(suppliers_, a.supplier, limits_.supplier)) &&
           (a.look == b.look || below(looks_, a.look, limits_.look)) &&
           (limits_.budget <= 0 || cost_ + a.cost - b.cost <= limits_.budget + 1e-6);
}

void Taken::count(std::size_t i, int by) {
    const auto& w = (*wanted_)[i];
    for (auto* const at : {&categories_[w.category], &suppliers_[w.supplier], &looks_[w.look]})
        *at += static_cast<std::size_t>(by);
    cost_ += by * w.cost;
    in_[i] = by > 0;
}

void Taken::add(std::size_t i) {
    list_.push_back(i);
    count(i, 1);
}

void Taken::remove(std::size_t i) {
    std::erase(list_, i);
    count(i, -1);
}

double Taken::worth(std::size_t i) const {
    const auto& w = (*wanted_)[i];
    const auto likes = w.look == 0 ? 0 : looks_[w.look];
    return w.value * std::max(0.0, 1 - limits_.cannibalisation * static_cast<double>(likes));
}

double Taken::profit() const {
    auto order = list_;
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return (*wanted_)[i].value; });
    std::vector<double> likes(looks_.size());
    double sum = 0;
    for (const auto i : order) {
        const auto& w = (*wanted_)[i];
        sum += w.value * std::max(0.0, 1 - limits_.cannibalisation * (w.look == 0 ? 0 : likes[w.look]));
        ++likes[w.look];
    }
    return sum;
}

double fill(const std::vector<Wanted>& wanted, const Limits& limits, Taken& taken) {
    const auto given = taken;
    double least = bound(wanted, limits, 0), low = 0, high = 0;
    Taken best = at_price(wanted, 0, given);
    if (limits.budget > 0)
        for (const auto& w : wanted)
            if (w.cost > 0) high = std::max(high, w.value / w.cost);
    for (int i = 0; i < bisections && high > 0; ++i) {
        const double price = (low + high) / 2;
        least = std::min(least, bound(wanted, limits, price));
        Limits free = limits;
        free.budget = 0;
        Taken unlimited(wanted, free);
        take_by_price(wanted, price, unlimited);
        (unlimited.cost() > limits.budget ? low : high) = price;
        if (auto found = at_price(wanted, price, given); found.profit() > best.profit()) best = std::move(found);
    }
    if (limits.budget > 0) exchange(wanted, limits, best, given.list().size());
    taken = std::move(best);
    return least;
}

}  // namespace suanpan::selection
