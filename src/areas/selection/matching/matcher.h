#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace suanpan::selection {

// Something that is offered: of the shop or of a competitor. Prices in minor units, 0: unknown.
struct Offered {
    std::string code;  // barcode or article number; letters and digits count, capitals do not; empty: none
    std::string title;
    double price = 0;
};

enum class Matched { by_code, by_title, to_review, none };
[[nodiscard]] std::string_view name(Matched matched);  // "code", "title", "review", "none"

struct Match {
    Matched how = Matched::none;
    std::size_t item = 0;  // the shop's, unless none
    double likeness = 0;   // 1 by code
};

struct MatcherOptions {
    double sure = 0.8;             // from this likeness on it is a match,
    double ahead = 0.05;           // where it leads the second by so much
    double likely = 0.5;           // from this on a person is asked
    double odd_price = 3;          // times dearer or cheaper: never sure
    std::size_t most_tried = 200;  // items that share a word and are compared
};

// Finds the shop's item for a competitor's offer: by code, else by the words of the title, weighed by how rare they are
// (Jaccard's index with inverse document frequencies). An offer costs as much with a million items as with a thousand:
// only items that share one of its rarest words are compared, `most_tried` at most.
class Matcher {
  public:
    Matcher(const std::vector<Offered>& items, const MatcherOptions& options);
    [[nodiscard]] Match find(const Offered& offer) const;

  private:
    struct Item {
        std::vector<std::uint32_t> words;  // sorted, once each
        double weight = 0, price = 0;
    };
    [[nodiscard]] std::vector<std::size_t> tried(const std::vector<std::uint32_t>& words) const;
    [[nodiscard]] double likeness(const Item& item, const std::vector<std::uint32_t>& words, double weight) const;

    MatcherOptions options_;
    std::unordered_map<std::string, std::size_t> codes_;
    std::unordered_map<std::string, std::uint32_t> words_;
    std::vector<std::vector<std::uint32_t>> with_word_;  // items, by word
    std::vector<double> weights_;                        // of words
    std::vector<Item> items_;
    double unseen_ = 1;  // the weight of a word that no item has
};

}  // namespace suanpan::selection
