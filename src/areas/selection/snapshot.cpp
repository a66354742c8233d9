#include "areas/selection/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "areas/selection/by_value.h"
#include "areas/selection/item_features.h"
#include "areas/selection/title_words.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

constexpr std::size_t block = 1024;  // items that a thread takes at a time

// Sales of all items that share something: a word of the title, or the category.
struct Shared {
    double items = 0, net28 = 0, previous28 = 0;
    void add(const Recent& r) {
        ++items;
        net28 += std::max(0.0, r.net28);
        previous28 += std::max(0.0, r.previous28);
    }
};

// Texts as numbers from 0, each with what its items did.
class Groups {
  public:
    std::uint32_t number(const std::string& text) {
        const auto [at, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(shared_.size()));
        if (fresh) shared_.emplace_back();
        return at->second;
    }
    [[nodiscard]] Shared& operator[](std::uint32_t number) { return shared_[number]; }
    [[nodiscard]] const Shared& operator[](std::uint32_t number) const { return shared_[number]; }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<Shared> shared_;
};

struct Crowd {
    std::vector<Recent> recent;  // of each item of the snapshot
    Groups words, categories;
    std::vector<std::uint32_t> item_words, category;  // numbers: each item's words one after the other; a category each
    std::vector<std::size_t> first_word;              // by item, and one more: where its words begin
    Shared all;
    std::vector<double> rank28, rank91;  // 0 to 1, the best 1
};

std::vector<double> ranks(const std::vector<Recent>& recent, double Recent::* of) {
    std::vector<double> values;
    values.reserve(recent.size());
    for (const auto& r : recent) values.push_back(r.*of);
    const auto order = by_value(values);
    std::vector<double> found(values.size());
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {  // equals have one rank
        for (last = first + 1; last < order.size() && values[order[last]] == values[order[first]];) ++last;
        for (auto i = first; i < last; ++i)
            found[order[i]] = static_cast<double>(last) / static_cast<double>(values.size());
    }
    return found;
}

std::set<std::string> words_of(const Item& item) {
    const auto words = title_words(item.title);
    return {words.begin(), words.end()};
}

Crowd gather(const History& history, const Snapshot& snapshot) {
    Crowd crowd{.recent = std::vector<Recent>(snapshot.count()), .first_word = {0}};
    in_parallel((snapshot.count() + block - 1) / block, 0, [&](std::size_t part) {
        for (auto row = part * block; row < std::min(snapshot.count(), (part + 1) * block); ++row)
            crowd.recent[row] = recent(history.items[snapshot.items[row]], snapshot.origin);
    });
    for (std::size_t row = 0; row < snapshot.count(); ++row) {
        const auto& item = history.items[snapshot.items[row]];
        const auto& r = crowd.recent[row];
        crowd.all.add(r);
        crowd.categories[crowd.category.emplace_back(crowd.categories.number(item.category))].add(r);
        for (const auto& word : words_of(item))
            crowd.words[crowd.item_words.emplace_back(crowd.words.number(word))].add(r);
        crowd.first_word.push_back(crowd.item_words.size());
    }
    in_parallel(2, 0, [&](std::size_t which) {
        if (which == 0)
            crowd.rank28 = ranks(crowd.recent, &Recent::net28);
        else
            crowd.rank91 = ranks(crowd.recent, &Recent::net91);
    });
    return crowd;
}

// The item's own sales are left out of what its words and category did.
double rise(const Shared& shared, const Recent& own) {
    return log_ratio(shared.net28 - std::max(0.0, own.net28), shared.previous28 - std::max(0.0, own.previous28), 20000);
}

void word_features(const Crowd& crowd, std::size_t row, Sink& sink) {
    const auto& own = crowd.recent[row];
    double weights = 0, rising = 0, level = 0, most = unknown, least = unknown;
    for (std::size_t at = crowd.first_word[row]; at < crowd.first_word[row + 1]; ++at) {
        const auto& shared = crowd.words[crowd.item_words[at]];
        if (shared.items < 2) continue;
        const double weight = std::log(crowd.all.items / shared.items) + 0.1, r = rise(shared, own);
        weights += weight;
        rising += weight * r;
        level += weight * squeezed((shared.net28 - std::max(0.0, own.net28)) / (shared.items - 1));
        most = std::isnan(most) ? r : std::max(most, r);
        least = std::isnan(least) ? r : std::min(least, r);
    }
    sink.add("words_rise", Topic::kind, weights > 0 ? rising / weights : unknown);
    sink.add("words_level", Topic::kind, weights > 0 ? level / weights : unknown);
    sink.add("words_most_rise", Topic::kind, most);
    sink.add("words_least_rise", Topic::kind, least);
}

void crowd_features(const Item& item, const Crowd& crowd, std::size_t row, Sink& sink) {
    const auto& own = crowd.recent[row];
    word_features(crowd, row, sink);
    const auto& category = crowd.categories[crowd.category[row]];
    const bool has = !item.category.empty() && category.items > 1;
    sink.add("category_rise", Topic::kind, has ? rise(category, own) : unknown);
    sink.add("to_category", Topic::kind, has ? log_ratio(own.net28, category.net28 / category.items, 1000) : unknown);
    sink.add("shop_rise", Topic::trend, log_ratio(crowd.all.net28, crowd.all.previous28, 1));
    sink.add("rank_28", Topic::sales, crowd.rank28[row]);
    sink.add("rank_91", Topic::sales, crowd.rank91[row]);
}

void title_features(const Item& item, Sink& sink) {
    static const auto names = [] {
        std::vector<std::string> all;
        for (std::size_t b = 0; b < title_buckets; ++b) all.push_back(fmt::format("title_{}", b));
        return all;
    }();
    const auto buckets = title_vector(item.title);
    for (std::size_t b = 0; b < title_buckets; ++b) sink.add(names[b], Topic::kind, double(buckets[b]));
}

void all_features(const Item& item, const Moment& moment, Sink& sink) {
    item_features(item, moment, sink);
    sign_features(item, moment, sink);
    title_features(item, sink);
}

}  // namespace

const std::vector<Column>& columns() {
    static const auto all = [] {
        std::vector<Column> names;
        Sink sink(names);
        Crowd nobody{.recent = {{}}, .category = {0}, .first_word = {0, 0}, .all = {}, .rank28 = {0}, .rank91 = {0}};
        (void)nobody.categories.number("");
        all_features({}, {}, sink);
        crowd_features({}, nobody, 0, sink);
        return names;
    }();
    return all;
}

std::size_t column(std::string_view name) {
    const auto found = std::ranges::find(columns(), name, &Column::name);
    return static_cast<std::size_t>(found - columns().begin());
}

Snapshot snapshot(const History& history, Day origin, int horizon) {
    Snapshot taken{.origin = origin, .items = {}, .values = {}};
    for (std::size_t i = 0; i < history.items.size(); ++i)
        if (known(history.items[i], origin)) taken.items.push_back(i);
    const auto crowd = gather(history, taken);
    const auto width = columns().size();
    taken.values.resize(taken.count() * width);
    const Moment moment{origin, history.first, horizon};
    in_parallel((taken.count() + block - 1) / block, 0, [&](std::size_t part) {
        Sink sink(taken.values.data() + part * block * width);
        const auto end = std::min(taken.count(), (part + 1) * block);
        for (std::size_t row = part * block; row < end; ++row) {
            const auto& item = history.items[taken.items[row]];
            all_features(item, moment, sink);
            crowd_features(item, crowd, row, sink);
        }
    });
    return taken;
}

std::vector<double> outcomes(const History& history, const Snapshot& snapshot, int horizon) {
    std::vector<double> found;
    found.reserve(snapshot.count());
    for (const auto place : snapshot.items) {
        const auto& days = history.items[place].days;
        const auto begin = std::ranges::lower_bound(days, snapshot.origin, {}, &ItemDay::day);
        double profit = 0;
        for (auto d = begin; d != days.end() && d->day < snapshot.origin + Days(horizon); ++d)
            profit += d->settled_profit;
        found.push_back(profit);
    }
    return found;
}

}  // namespace suanpan::selection
