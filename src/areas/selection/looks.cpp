#include "areas/selection/looks.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "areas/selection/title_words.h"

namespace suanpan::selection {
namespace {

constexpr double alike = 0.6;
constexpr std::size_t rarest = 3, most_compared = 64;

using Words = std::vector<std::string>;  // sorted, each once

double shared(const Words& a, const Words& b) {
    Words both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    const double common = static_cast<double>(both.size());
    return common / (static_cast<double>(a.size() + b.size()) - common);
}

std::vector<Words> all_words(const std::vector<std::string>& titles) {
    std::vector<Words> all;
    for (const auto& title : titles) {
        const auto words = title_words(title);
        const std::set<std::string> once(words.begin(), words.end());
        all.emplace_back(once.begin(), once.end());
    }
    return all;
}

std::unordered_map<std::string, std::size_t> counts(const std::vector<Words>& all) {
    std::unordered_map<std::string, std::size_t> found;
    for (const auto& words : all)
        for (const auto& word : words) ++found[word];
    return found;
}

}  // namespace

std::vector<std::size_t> looks_of(const std::vector<std::string>& titles) {
    const auto all = all_words(titles);
    const auto times = counts(all);
    std::unordered_map<std::string, std::vector<std::size_t>> heads;  // first titles of groups, by their rare words
    std::vector<std::size_t> head(titles.size()), size(titles.size()), number(titles.size());
    for (std::size_t i = 0; i < titles.size(); ++i) {
        head[i] = i;
        auto rare = all[i];
        std::ranges::stable_sort(rare, {}, [&](const std::string& word) { return times.at(word); });
        if (rare.size() > rarest) rare.resize(rarest);
        for (const auto& word : rare)
            for (const auto other : heads[word])
                if (head[i] == i && shared(all[i], all[other]) >= alike) head[i] = other;
        ++size[head[i]];
        if (head[i] == i)
            for (const auto& word : rare)
                if (heads[word].size() < most_compared) heads[word].push_back(i);
    }
    std::size_t last = 0;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        if (size[head[i]] < 2) continue;
        if (number[head[i]] == 0) number[head[i]] = ++last;
        number[i] = number[head[i]];
    }
    return number;
}

}  // namespace suanpan::selection
