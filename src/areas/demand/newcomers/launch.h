#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

// Items that are new, forecast from how others began. Plain data; read.h fills it from the store.
namespace suanpan::demand {

// An item whose first period in the shop is known.
struct Launch {
    std::string id, category;
    std::int64_t start = 0;      // number of its first period; the numbers of all launches count from the same one
    bool listed = false;         // the start is the day it was listed; else its first sale
    std::vector<double> values;  // units a period, from the start to the end of the data
    std::vector<float> vector;   // what it is, without how it sold; unit length, or empty: not known
};

struct LaunchOptions {
    int horizon = 8, window = 2;  // periods
    int per_week = 1;             // periods in a week
    int weeks = 8;                // an item is new for so long
    std::size_t neighbours = 20;
    std::size_t least = 5;           // beginnings without which nothing is said
    std::size_t most_alike = 200;    // of a category, or of all: the newest
    std::size_t most_known = 5000;   // launches to learn from
    std::size_t most_judged = 1000;  // of them, held back to judge the ways
    std::vector<double> levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99};
    int threads = 0;
};

// Who the beginnings are taken from. A way falls back on the next one where it has too few.
enum class Way : std::uint8_t { neighbours, category, everything };
constexpr int ways = 3;
[[nodiscard]] std::string_view name(Way way);  // "neighbours", "category", "all_items"

// Whose beginnings stand in for an item's.
struct Alike {
    struct One {
        std::size_t launch = 0;
        double likeness = 0;  // cosine; 1 where the way knows of none
    };
    Way way = Way::everything;  // after falling back
    std::vector<One> ones;      // the likest first; empty: too few began before
};

// Of launches whose window after any age is over when the target's begins: nothing that came later is looked at. Of a
// target that has not sold yet (`sold` false), only launches by their day of listing, since those by a first sale did.
[[nodiscard]] Alike alike(std::span<const Launch> launches, const Launch& target, Way way, bool sold,
                          const LaunchOptions& options);

// Mean demand a period since the start, weighted by likeness squared, each period's values cut at their weighted 90 %
// quantile, since one wholesale order says nothing of another item. Only values before period number `now` are used;
// where fewer than `least` have one, the period before is repeated.
[[nodiscard]] std::vector<double> beginning(std::span<const Launch> launches, const Alike& alike, std::int64_t now,
                                            std::size_t periods, const LaunchOptions& options);

// A beginning brought to an item's own level by its newest four weeks.
struct Scale {
    double expected = 0, sold = 0;  // over the newest `periods`: the beginning's and the item's own
    double periods = 0;
};
// (k m + sold) / (k m + expected), m the expected a period: the beginning counts as k periods of the item's own sales.
// This is the mean of a gamma-Poisson level (empirical Bayes). k infinite: 1.
[[nodiscard]] double factor(const Scale& scale, double strength);

}  // namespace suanpan::demand
