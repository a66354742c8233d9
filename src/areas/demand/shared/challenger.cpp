#include "areas/demand/shared/challenger.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "areas/demand/prophet/forecast.h"

namespace suanpan::demand {
namespace {

constexpr std::array all_challengers = {Challenger::tcn, Challenger::lstm, Challenger::prophet};

// Room for every text of a kind and "any other".
std::vector<int> sizes_of(const std::vector<Kind>& kinds) {
    std::vector<int> sizes;
    for (const auto& kind : kinds) sizes.push_back(static_cast<int>(kind.texts.size()) + 1);
    return sizes;
}

Predictions swanson_mean(const std::vector<Predictions>& quantiles) {
    auto mean = quantiles[1];
    for (std::size_t s = 0; s < mean.size(); ++s)
        for (std::size_t h = 0; h < mean[s].size(); ++h)
            mean[s][h] = 0.4 * mean[s][h] + 0.3 * (quantiles[0][s][h] + quantiles[2][s][h]);
    return mean;
}

}  // namespace

std::string_view name(Challenger challenger) {
    switch (challenger) {
        case Challenger::tcn:
            return "tcn";
        case Challenger::lstm:
            return "lstm";
        case Challenger::prophet:
            return "prophet";
    }
    return "";
}

std::optional<Challenger> challenger_named(std::string_view text) {
    const auto* const found = std::ranges::find(all_challengers, text, [](Challenger one) { return name(one); });
    return found == all_challengers.end() ? std::nullopt : std::optional(*found);
}

std::vector<Challenger> challengers_of(const store::Settings& settings) {
    const auto wish = settings.text("demand.challengers", "none");
    std::vector<Challenger> challengers;
    for (const auto one : all_challengers)
        if (wish == "all" || wish == name(one)) challengers.push_back(one);
    return challengers;
}

Result<LearnedChallenger> learn_challenger(Challenger challenger, const Dataset& dataset,
                                           const std::vector<Kind>& kinds, const RunOptions& options) {
    if (challenger == Challenger::prophet) return LearnedChallenger{challenger, std::nullopt};
    const TrainingPlan plan{.encoder = challenger == Challenger::lstm ? engines::Encoder::lstm : engines::Encoder::tcn,
                            .category_sizes = sizes_of(kinds)};
    auto network = options;
    network.rounds = 0;  // those of the trees are not its steps
    return LearnedChallenger{challenger, TRY(train_network(dataset, plan, network))};
}

Result<Predictions> ask_challenger(const LearnedChallenger& learned, const Dataset& dataset, int threads) {
    auto said = learned.network ? swanson_mean(TRY(network_quantiles(*learned.network, dataset, threads)))
                                : TRY(prophet(dataset, {.threads = threads}));
    for (auto& series : said)
        for (auto& units : series) units = std::isfinite(units) ? std::max(0.0, units) : 0.0;
    return said;
}

}  // namespace suanpan::demand
