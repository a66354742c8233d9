#include "areas/demand/contributions.h"

#include <cmath>
#include <numeric>

namespace suanpan::demand {

double Contributions::sum() const {
    return std::accumulate(season.begin(), season.end(), base + trend + cut + alike);
}

// The season's mean over a cycle belongs to the base, so that the season's part says what is special about its weeks:
// the seasonal naive, which is all season, has a base, too.
Contributions contributions(const Path& path, int window) {
    const auto& season = path.season;
    const double middle = season.empty() ? (path.multiplicative ? 1 : 0)
                                         : std::accumulate(season.begin(), season.end(), 0.0) / double(season.size());
    const bool multiplies = path.multiplicative && !season.empty();
    const auto forecast = mean(path, window);
    Contributions parts;
    double damping = 1, steps = 0;
    for (std::size_t h = 0; h < forecast.size(); ++h) {
        damping *= path.phi;
        steps += damping;
        const double trend = path.trend * steps, factor = multiplies ? middle : 1;
        const double base = path.level * factor + (multiplies || season.empty() ? 0 : middle);
        double special = 0;
        if (!season.empty()) special = season[h % season.size()] - middle;
        if (multiplies) special *= path.level + trend;
        const double whole = base + trend * factor + special;
        if (!std::isfinite(whole)) continue;  // the mean is 0 there
        parts.base += base;
        parts.trend += trend * factor;
        if (!season.empty()) parts.season.push_back(special);
        parts.cut += forecast[h] - whole;
    }
    return parts;
}

}  // namespace suanpan::demand
