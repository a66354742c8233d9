#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "areas/selection/cold/cold_start.h"
#include "areas/selection/item_features.h"
#include "areas/selection/title_words.h"

namespace suanpan::selection {
namespace {

constexpr const char* method_names[] = {"model", "like_items", "price", "category", "random"};
constexpr std::size_t methods = std::size(method_names);

// What a buyer goes by: the category, and where there is none the title's last word, mostly what a thing is.
std::string kind_of(const Candidate& candidate) {
    if (!candidate.category.empty()) return candidate.category;
    const auto words = title_words(candidate.title);
    return words.empty() ? "" : words.back();
}

struct Mean {
    double sum = 0, count = 0;
};

std::vector<double> by_kind(const std::vector<FirstDays>& known, const std::vector<FirstDays>& asked) {
    std::map<std::string, Mean> kinds;
    Mean all;
    for (const auto& k : known)
        for (auto* mean : {&kinds[kind_of(k.candidate)], &all}) {
            mean->sum += squeezed(k.profit);
            ++mean->count;
        }
    std::vector<double> scores;
    for (const auto& a : asked) {
        const auto found = kinds.find(kind_of(a.candidate));
        const auto mean = found == kinds.end() ? Mean{} : found->second;
        scores.push_back((mean.sum + all.sum / all.count) / (mean.count + 1));  // of few, near the mean of all
    }
    return scores;
}

Result<std::vector<std::vector<double>>> all_scores(const ColdModel& model, const std::vector<FirstDays>& asked,
                                                    std::uint64_t seed) {
    std::vector<Candidate> candidates;
    std::vector<std::vector<double>> scores(methods);
    std::mt19937_64 draw(seed);
    for (const auto& a : asked) {
        candidates.push_back(a.candidate);
        const double like = model.like_items(a.candidate);
        scores[1].push_back(std::isnan(like) ? -1e9 : like);
        scores[2].push_back(a.candidate.price);
        scores[4].push_back(static_cast<double>(draw() >> 11));
    }
    scores[0] = TRY(model.scores(candidates));
    scores[3] = by_kind(model.known(), asked);
    return scores;
}

std::size_t count_within(const ColdModel& model, const std::vector<FirstDays>& asked) {
    return static_cast<std::size_t>(std::ranges::count_if(asked, [&](const FirstDays& a) {
        const auto alike = model.alike(a.candidate);
        return a.profit >= alike.low && a.profit <= alike.high;
    }));
}

}  // namespace

Result<ColdTest> test_cold(const History& history, const ColdTestOptions& options) {
    const int horizon = options.cold.horizon;
    ColdTest tested;
    std::vector<std::vector<double>> precision(methods), captured(methods);
    std::size_t within = 0;
    for (int o = options.origins; o > 0; --o) {
        const Day origin = history.last + Days(1) - Days(horizon + 2 + o * options.step);
        const auto asked = first_days(history, origin, origin + Days(options.step), horizon);
        if (asked.size() < 10) continue;
        const auto model = TRY(ColdModel::train(history, origin, options.cold));
        const auto scores = TRY(all_scores(model, asked, options.cold.seed + static_cast<std::uint64_t>(o)));
        std::vector<double> outcomes;
        for (const auto& a : asked) outcomes.push_back(a.profit);
        const auto top = static_cast<std::size_t>(std::ceil(options.list_share * double(asked.size())));
        for (std::size_t m = 0; m < methods; ++m) {
            const auto verdict = judge(scores[m], outcomes, {.top = top});
            precision[m].push_back(verdict.precision);
            captured[m].push_back(verdict.captured);
        }
        within += count_within(model, asked);
        tested.origins.push_back(origin);
        tested.items += asked.size();
    }
    if (tested.origins.empty())
        return fail(ErrorCode::invalid_argument, "at no origin were ten items first sold; give fewer or other origins");
    tested.within = double(within) / double(tested.items);
    for (std::size_t m = 0; m < methods; ++m)
        tested.methods.push_back({method_names[m], bootstrap(precision[m], 1), bootstrap(captured[m], 1)});
    return tested;
}

}  // namespace suanpan::selection
