#include "areas/demand/evaluate/combine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::demand {
namespace {

// Sum of |error| if `member` were added to what is summed so far, of which there are `count`.
double error_with(const std::vector<Window>& windows, const std::vector<Predictions>& summed, std::size_t member,
                  double count) {
    double error = 0;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const auto& dataset = *windows[w].dataset;
        const auto& added = *windows[w].members[member];
        for (std::size_t s = 0; s < dataset.series.size(); ++s)
            for (std::size_t h = 0; h < dataset.series[s].horizon(); ++h)
                if (dataset.series[s].weight[h] > 0)
                    error += std::abs((summed[w][s][h] + added[s][h]) / (count + 1) - dataset.series[s].actual[h]);
    }
    return error;
}

Predictions zeros_like(const Predictions& shape) {
    Predictions zeros;
    for (const auto& row : shape) zeros.emplace_back(row.size(), 0.0);
    return zeros;
}

void add(Predictions& sum, const Predictions& added, double weight) {
    for (std::size_t s = 0; s < sum.size(); ++s)
        for (std::size_t h = 0; h < sum[s].size(); ++h) sum[s][h] += weight * added[s][h];
}

}  // namespace

Result<Recipe> parse_recipe(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return Recipe{Recipe::Kind::single, {std::string(text)}};
    Recipe recipe;
    const auto kind = text.substr(0, colon);
    if (kind == "mean")
        recipe.kind = Recipe::Kind::mean;
    else if (kind == "median")
        recipe.kind = Recipe::Kind::median;
    else if (kind == "blend")
        recipe.kind = Recipe::Kind::blend;
    else if (kind == "best")
        recipe.kind = Recipe::Kind::best;
    else
        return fail(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is no combination; write mean:A+B, median:A+B, blend:A+B or best:A+B", kind),
                    "--models");
    for (auto rest = text.substr(colon + 1); !rest.empty();) {
        const auto part = rest.substr(0, rest.find('+'));
        recipe.members.emplace_back(part);
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    if (recipe.members.size() < 2)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the combination \"{}\" needs two methods or more, joined by +", text), "--models");
    return recipe;
}

Predictions median_of(const Members& members) {
    auto result = *members.front();
    std::vector<double> values(members.size());
    for (std::size_t s = 0; s < result.size(); ++s)
        for (std::size_t h = 0; h < result[s].size(); ++h) {
            for (std::size_t m = 0; m < members.size(); ++m) values[m] = (*members[m])[s][h];
            std::ranges::sort(values);
            result[s][h] = (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
        }
    return result;
}

Predictions weighted(const Members& members, const std::vector<double>& weights) {
    auto sum = zeros_like(*members.front());
    for (std::size_t m = 0; m < members.size(); ++m) add(sum, *members[m], weights[m]);
    return sum;
}

std::vector<double> blend_weights(const std::vector<Window>& windows) {
    constexpr int picks = 20;
    const auto count = windows.front().members.size();
    std::vector<Predictions> summed;
    for (const auto& window : windows) summed.push_back(zeros_like(*window.members.front()));
    std::vector<double> weights(count, 0.0), best;
    double least = 0;
    for (int pick = 0; pick < picks; ++pick) {
        std::vector<double> errors;
        for (std::size_t m = 0; m < count; ++m) errors.push_back(error_with(windows, summed, m, pick));
        const auto chosen = static_cast<std::size_t>(std::ranges::min_element(errors) - errors.begin());
        for (std::size_t w = 0; w < windows.size(); ++w) add(summed[w], *windows[w].members[chosen], 1);
        weights[chosen] += 1;
        if (pick > 0 && errors[chosen] >= least) continue;
        least = errors[chosen];
        best = weights;
        for (auto& weight : best) weight /= pick + 1;
    }
    return best;
}

}  // namespace suanpan::demand
