#include "areas/demand/newcomers/launch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace suanpan::demand {
namespace {

constexpr double cut_at = 0.9;

bool is_before(const Launch& launch, const Launch& target, bool sold, const LaunchOptions& options) {
    return &launch != &target && launch.id != target.id && launch.start + options.window <= target.start &&
           (sold || launch.listed);
}

double cosine(const Launch& a, const Launch& b) {
    if (a.vector.empty() || a.vector.size() != b.vector.size()) return 0;
    return double(std::inner_product(a.vector.begin(), a.vector.end(), b.vector.begin(), 0.0F));
}

std::vector<Alike::One> likest(std::span<const Launch> launches, const Launch& target, bool sold,
                               const LaunchOptions& options) {
    std::vector<Alike::One> ones;
    for (std::size_t i = 0; i < launches.size(); ++i)
        if (is_before(launches[i], target, sold, options))
            if (const double likeness = cosine(launches[i], target); likeness > 0.05) ones.push_back({i, likeness});
    const auto count = std::min(options.neighbours, ones.size());
    const auto more = [](const auto& a, const auto& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.launch < b.launch;
    };
    std::partial_sort(ones.begin(), ones.begin() + static_cast<std::ptrdiff_t>(count), ones.end(), more);
    ones.resize(count);
    return ones;
}

// The newest first.
std::vector<Alike::One> newest(std::span<const Launch> launches, const Launch& target, bool sold,
                               const LaunchOptions& options, bool of_category) {
    std::vector<Alike::One> ones;
    if (of_category && target.category.empty()) return ones;
    for (std::size_t i = 0; i < launches.size(); ++i)
        if (is_before(launches[i], target, sold, options) && (!of_category || launches[i].category == target.category))
            ones.push_back({i, 1});
    const auto count = std::min(options.most_alike, ones.size());
    const auto newer = [&](const auto& a, const auto& b) {
        const auto x = launches[a.launch].start, y = launches[b.launch].start;
        return x != y ? x > y : a.launch < b.launch;
    };
    std::partial_sort(ones.begin(), ones.begin() + static_cast<std::ptrdiff_t>(count), ones.end(), newer);
    ones.resize(count);
    return ones;
}

struct Weighed {
    double value = 0, weight = 0;
};

double cut_mean(std::vector<Weighed>& all) {
    std::ranges::sort(all, {}, &Weighed::value);
    double total = 0;
    for (const auto& one : all) total += one.weight;
    double sum = 0, seen = 0, cap = all.back().value;
    for (const auto& one : all)
        if ((seen += one.weight) >= cut_at * total) {
            cap = one.value;
            break;
        }
    for (const auto& one : all) sum += one.weight * std::min(one.value, cap);
    return sum / total;
}

}  // namespace

std::string_view name(Way way) {
    switch (way) {
        case Way::neighbours:
            return "neighbours";
        case Way::category:
            return "category";
        default:
            return "all_items";
    }
}

Alike alike(std::span<const Launch> launches, const Launch& target, Way way, bool sold, const LaunchOptions& options) {
    Alike found{way, {}};
    if (way == Way::neighbours) {
        found.ones = likest(launches, target, sold, options);
        if (found.ones.size() >= options.least) return found;
        found.way = Way::category;
    }
    if (found.way == Way::category) {
        found.ones = newest(launches, target, sold, options, true);
        if (found.ones.size() >= options.least) return found;
        found.way = Way::everything;
    }
    found.ones = newest(launches, target, sold, options, false);
    if (found.ones.size() < options.least) found.ones.clear();
    return found;
}

std::vector<double> beginning(std::span<const Launch> launches, const Alike& alike, std::int64_t now,
                              std::size_t periods, const LaunchOptions& options) {
    std::vector<double> means;
    std::vector<Weighed> values;
    for (std::size_t t = 0; t < periods && !alike.ones.empty(); ++t) {
        values.clear();
        for (const auto& [place, likeness] : alike.ones) {
            const auto& launch = launches[place];
            if (t < launch.values.size() && launch.start + static_cast<std::int64_t>(t) < now)
                values.push_back({launch.values[t], likeness * likeness});
        }
        if (values.size() >= options.least)
            means.push_back(cut_mean(values));
        else
            means.push_back(means.empty() ? 0 : means.back());
    }
    return means;
}

double factor(const Scale& scale, double strength) {
    if (scale.periods <= 0 || scale.expected <= 0 || std::isinf(strength)) return 1;
    const double prior = strength * scale.expected / scale.periods;
    return (prior + scale.sold) / (prior + scale.expected);
}

}  // namespace suanpan::demand
