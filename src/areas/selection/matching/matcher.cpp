#include "areas/selection/matching/matcher.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "areas/selection/title_words.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t twice = static_cast<std::size_t>(-1);  // a code that two items have says nothing

std::string plain(std::string_view code) {
    std::string text;
    for (const char c : code.substr(0, 64)) {
        if (c >= 'a' && c <= 'z') text += static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) text += c;
    }
    return text;
}

std::set<std::string> words_of(const Offered& offer) {
    const auto words = title_words(offer.title);
    return {words.begin(), words.end()};
}

}  // namespace

std::string_view name(Matched matched) {
    constexpr std::string_view names[] = {"code", "title", "review", "none"};
    return names[static_cast<std::size_t>(matched)];
}

Matcher::Matcher(const std::vector<Offered>& items, const MatcherOptions& options) : options_(options) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (const auto code = plain(items[i].code); !code.empty())
            if (const auto [at, added] = codes_.emplace(code, i); !added) at->second = twice;
        auto& item = items_.emplace_back();
        item.price = items[i].price;
        for (const auto& word : words_of(items[i])) {
            const auto id = words_.emplace(word, static_cast<std::uint32_t>(words_.size())).first->second;
            if (id == with_word_.size()) with_word_.emplace_back();
            with_word_[id].push_back(static_cast<std::uint32_t>(i));
            item.words.push_back(id);
        }
        std::ranges::sort(item.words);
    }
    unseen_ = std::log(double(items.size()) + 1);
    for (const auto& with : with_word_)
        weights_.push_back(std::log((double(items.size()) + 1) / double(with.size())) + 0.1);
    for (auto& item : items_)
        for (const auto word : item.words) item.weight += weights_[word];
}

std::vector<std::size_t> Matcher::tried(const std::vector<std::uint32_t>& words) const {
    auto rare = words;
    std::ranges::sort(rare, {}, [&](auto word) { return with_word_[word].size(); });
    std::vector<std::size_t> items;
    for (const auto word : rare) {
        const auto& with = with_word_[word];
        if (items.size() + with.size() > options_.most_tried && !items.empty()) break;
        items.insert(items.end(), with.begin(),
                     with.begin() + static_cast<std::ptrdiff_t>(std::min(with.size(), options_.most_tried)));
    }
    std::ranges::sort(items);
    items.erase(std::ranges::unique(items).begin(), items.end());
    return items;
}

double Matcher::likeness(const Item& item, const std::vector<std::uint32_t>& words, double weight) const {
    double both = 0;
    for (auto a = item.words.begin(), b = item.words.end(); const auto word : words) {
        a = std::lower_bound(a, b, word);
        if (a != b && *a == word) both += weights_[word];
    }
    const double any = item.weight + weight - both;
    return any > 0 ? both / any : 0;
}

Match Matcher::find(const Offered& offer) const {
    if (const auto found = codes_.find(plain(offer.code)); found != codes_.end() && found->second != twice)
        return {Matched::by_code, found->second, 1};
    std::vector<std::uint32_t> words;
    double weight = 0;
    for (const auto& word : words_of(offer)) {
        const auto known = words_.find(word);
        weight += known == words_.end() ? unseen_ : weights_[known->second];
        if (known != words_.end()) words.push_back(known->second);
    }
    std::ranges::sort(words);
    Match best;
    double second = 0;
    for (const auto i : tried(words)) {
        const double like = likeness(items_[i], words, weight);
        if (like > best.likeness) {
            second = best.likeness;
            best = {Matched::none, i, like};
        } else
            second = std::max(second, like);
    }
    if (best.likeness < options_.likely) return {};
    const double own = items_[best.item].price, times = own > 0 && offer.price > 0 ? offer.price / own : 1;
    const bool odd = times > options_.odd_price || times * options_.odd_price < 1;
    const bool sure = best.likeness >= options_.sure && best.likeness - second >= options_.ahead && !odd;
    best.how = sure ? Matched::by_title : Matched::to_review;
    return best;
}

}  // namespace suanpan::selection
