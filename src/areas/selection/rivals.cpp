#include "areas/selection/rivals.h"

#include <cmath>
#include <random>

namespace suanpan::selection {
namespace {

Scores of_column(const Snapshot& snapshot, std::string_view name) {
    const auto c = column(name);
    Scores scores;
    for (std::size_t row = 0; row < snapshot.count(); ++row) scores.push_back(double(snapshot.at(row, c)));
    return scores;
}

// A comparison with something unknown is passed: a buyer does not punish what nobody told.
bool fails(float value, double limit, int direction) {
    return !std::isnan(value) && direction * (double(value) - limit) > 0;
}

}  // namespace

Scores random_scores(const Snapshot& snapshot, std::uint64_t seed) {
    std::mt19937_64 draw(seed);
    Scores scores(snapshot.count());
    for (auto& score : scores) score = static_cast<double>(draw() >> 11);
    return scores;
}

Scores recent_scores(const Snapshot& snapshot) {
    return of_column(snapshot, "revenue_28");
}

std::optional<Scores> last_year_scores(const Snapshot& snapshot) {
    auto scores = of_column(snapshot, "revenue_last_year");
    if (scores.empty() || std::isnan(scores.front())) return std::nullopt;
    return scores;
}

Scores buyer_scores(const Snapshot& snapshot, const BuyerRules& rules) {
    const auto quiet = column("days_since_sale"), weeks = column("weeks_sold_13"), returns = column("return_share"),
               rise = column("rise_28_28"), margin = column("margin_share"), rival = column("price_to_rival");
    auto scores = recent_scores(snapshot);
    for (std::size_t row = 0; row < scores.size(); ++row) {
        const bool refused = std::isnan(snapshot.at(row, quiet)) ||
                             fails(snapshot.at(row, quiet), rules.longest_quiet_days, 1) ||
                             fails(snapshot.at(row, weeks), rules.least_weeks_sold, -1) ||
                             fails(snapshot.at(row, returns), rules.most_return_share, 1) ||
                             fails(snapshot.at(row, rise), std::log(rules.least_rise), -1) ||
                             fails(snapshot.at(row, margin), rules.least_margin, -1) ||
                             fails(snapshot.at(row, rival), std::log1p(rules.most_over_rival), 1);
        if (refused) scores[row] -= 1000;  // logarithms are below 50
    }
    return scores;
}

}  // namespace suanpan::selection
