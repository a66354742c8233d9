#include "areas/demand/evaluate/choose_best.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace suanpan::demand {
namespace {

constexpr std::size_t most_members = 10;

double error_of(const Dataset& dataset, const Predictions& predictions, Criterion criterion) {
    const auto measures = measure(dataset, predictions, {});
    if (criterion == Criterion::smape) return measures.smape;
    return criterion == Criterion::mase ? measures.mase : measures.wape;
}

Predictions combined(Recipe::Kind kind, const Members& members) {
    if (kind == Recipe::Kind::median) return median_of(members);
    return weighted(members, std::vector<double>(members.size(), 1.0 / double(members.size())));
}

// Sum over the windows of the error of the members that `chosen` has a bit for.
double error_over(const std::vector<Window>& windows, unsigned chosen, Recipe::Kind kind, Criterion criterion) {
    double error = 0;
    for (const auto& window : windows) {
        Members members;
        for (std::size_t m = 0; m < window.members.size(); ++m)
            if ((chosen >> m & 1U) != 0) members.push_back(window.members[m]);
        error += error_of(*window.dataset, combined(kind, members), criterion);
    }
    return error;
}

Recipe picked(const Recipe& recipe, unsigned chosen, Recipe::Kind kind) {
    Recipe result{kind, {}};
    for (std::size_t m = 0; m < recipe.members.size(); ++m)
        if ((chosen >> m & 1U) != 0) result.members.push_back(recipe.members[m]);
    return result;
}

}  // namespace

Result<Criterion> parse_criterion(std::string_view name) {
    if (name == "wape") return Criterion::wape;
    if (name == "smape") return Criterion::smape;
    if (name == "mase") return Criterion::mase;
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is no measure to choose by; write wape, smape or mase", name), "--choose-by");
}

Result<Recipe> choose_best(const Recipe& recipe, const std::vector<Window>& windows, Criterion criterion) {
    const auto count = recipe.members.size();
    if (count > most_members)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("best: has {} members; every combination of them is tried, so name at most {}", count,
                                most_members),
                    "--models");
    std::vector<unsigned> subsets;
    for (unsigned chosen = 1; chosen < 1U << count; ++chosen) subsets.push_back(chosen);
    std::ranges::stable_sort(subsets, {}, [](unsigned chosen) { return std::popcount(chosen); });
    Recipe best;
    double least = std::numeric_limits<double>::infinity();
    for (const auto chosen : subsets)
        for (const auto kind : {Recipe::Kind::mean, Recipe::Kind::median}) {
            if (kind == Recipe::Kind::median && std::popcount(chosen) < 3) continue;  // the mean of as many
            const double error = error_over(windows, chosen, kind, criterion);
            if (!(error < least)) continue;
            least = error;
            best = picked(recipe, chosen, std::popcount(chosen) == 1 ? Recipe::Kind::single : kind);
        }
    return best;
}

std::string describe(const Recipe& recipe) {
    if (recipe.kind == Recipe::Kind::single) return recipe.members.front();
    std::string text = recipe.kind == Recipe::Kind::median ? "median of " : "mean of ";
    for (std::size_t m = 0; m < recipe.members.size(); ++m) text += (m == 0 ? "" : ", ") + recipe.members[m];
    return text;
}

}  // namespace suanpan::demand
