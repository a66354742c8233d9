#include "areas/stock/inventory/lead_time.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "areas/stock/inventory/normal.h"

namespace suanpan::stock {
namespace {

constexpr std::int64_t longest = 365;  // days

std::vector<std::int64_t> plausible(std::span<const std::int64_t> days) {
    std::vector<std::int64_t> kept;
    std::ranges::copy_if(days, std::back_inserter(kept), [](std::int64_t d) { return d >= 0 && d <= longest; });
    std::ranges::sort(kept);
    if (kept.size() < 8) return kept;
    const auto q1 = kept[kept.size() / 4], q3 = kept[kept.size() * 3 / 4], range = std::max<std::int64_t>(1, q3 - q1);
    std::erase_if(kept, [&](std::int64_t d) { return d < q1 - 3 * range || d > q3 + 3 * range; });
    return kept;
}

// Rounded to days; at least at zero.
std::vector<double> stated_chances(const StatedLeadTime& stated) {
    const double mean = std::clamp(stated.days, 0.0, static_cast<double>(longest));
    const double sd = std::clamp(stated.deviation, 0.0, static_cast<double>(longest));
    const auto last = static_cast<std::size_t>(std::min(static_cast<double>(longest), std::ceil(mean + 5 * sd)));
    std::vector<double> chance(last + 1);
    if (sd <= 0) {
        // Between two days, so that the mean stays.
        const auto whole = static_cast<std::size_t>(mean);
        const double part = mean - static_cast<double>(whole);
        chance[whole] += 1 - part;
        if (part > 0) chance[whole + 1] += part;
        return chance;
    }
    double below = 0;
    for (std::size_t d = 0; d <= last; ++d) {
        const double up_to = d == last ? 1 : normal_cumulative((static_cast<double>(d) + 0.5 - mean) / sd);
        chance[d] = up_to - below;
        below = up_to;
    }
    return chance;
}

// The distribution function of a mixture of quantiles, which is linear between the quantiles of all parts: where it
// jumps and where its slope changes.
class Mixture {
  public:
    void add(const WindowDemand& part, double chance) {
        const auto &levels = part.levels, &values = part.quantiles;
        changes_.push_back({values.front(), chance * levels.front(), 0});
        for (std::size_t i = 1; i < levels.size(); ++i) {
            const double mass = chance * (levels[i] - levels[i - 1]), width = values[i] - values[i - 1];
            if (width <= 1e-12) {
                changes_.push_back({values[i], mass, 0});
                continue;
            }
            changes_.push_back({values[i - 1], 0, mass / width});
            changes_.push_back({values[i], 0, -mass / width});
        }
        changes_.push_back({values.back(), chance * (1 - levels.back()), 0});
    }

    // At rising levels.
    std::vector<double> quantiles(const std::vector<double>& levels) {
        std::ranges::sort(changes_, {}, &Change::at);
        std::vector<double> result;
        double reached = 0, slope = 0, at = changes_.front().at;
        std::size_t next = 0;
        for (const auto& change : changes_) {
            const double before = reached, from = at;
            reached += slope * (change.at - at);
            at = change.at;
            for (; next < levels.size() && reached >= levels[next] - 1e-12; ++next)
                result.push_back(slope > 0 ? std::min(at, from + (levels[next] - before) / slope) : at);
            reached += change.jump;
            for (; next < levels.size() && reached >= levels[next] - 1e-12; ++next) result.push_back(at);
            slope = std::max(0.0, slope + change.slope);
        }
        result.resize(levels.size(), at);
        return result;
    }

  private:
    struct Change {
        double at, jump, slope;
    };
    std::vector<Change> changes_;
};

}  // namespace

double LeadTime::mean() const {
    double sum = 0;
    for (std::size_t d = 0; d < chance.size(); ++d) sum += static_cast<double>(d) * chance[d];
    return sum;
}

double LeadTime::deviation() const {
    const double centre = mean();
    double sum = 0;
    for (std::size_t d = 0; d < chance.size(); ++d) sum += std::pow(static_cast<double>(d) - centre, 2) * chance[d];
    return std::sqrt(sum);
}

std::int64_t LeadTime::quantile(double level) const {
    double sum = 0;
    for (std::size_t d = 0; d < chance.size(); ++d)
        if ((sum += chance[d]) >= level - 1e-12) return static_cast<std::int64_t>(d);
    return std::max<std::int64_t>(0, std::ssize(chance) - 1);
}

LeadTime learn_lead_time(std::span<const std::int64_t> days, const StatedLeadTime& stated, double stated_weight) {
    const auto kept = plausible(days);
    auto chance = stated_chances(stated);
    const double weight = kept.empty() ? 1 : std::max(0.0, stated_weight);
    const double total = weight + static_cast<double>(kept.size());
    for (auto& c : chance) c *= weight / total;
    for (const auto d : kept) {
        if (std::cmp_greater_equal(d, chance.size())) chance.resize(static_cast<std::size_t>(d) + 1);
        chance[static_cast<std::size_t>(d)] += 1 / total;
    }
    return {std::move(chance), std::ssize(kept)};
}

WindowDemand over_lead_time(const WindowDemand& window, double window_days, const LeadTime& lead, double review_days) {
    WindowDemand result{.mean = 0, .levels = window.levels, .quantiles = {}};
    Mixture mixture;
    for (std::size_t d = 0; d < lead.chance.size(); ++d) {
        const double chance = lead.chance[d];
        if (chance <= 0) continue;
        auto part = scaled(window, (static_cast<double>(d) + review_days) / window_days);
        if (chance >= 1 - 1e-12) return part;
        result.mean += chance * part.mean;
        if (!window.levels.empty()) mixture.add(part, chance);
    }
    if (!window.levels.empty()) result.quantiles = mixture.quantiles(window.levels);
    return result;
}

}  // namespace suanpan::stock
