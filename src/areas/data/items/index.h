#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Finds articles as somebody types. Ids and titles lie one after the other in one text in lower case, which is searched
// as a whole for the rarest word of the query: a million articles are some 50 MB, some 20 ms.
namespace suanpan::items {

struct Named {
    std::string item_id, title, category;
    std::optional<std::int64_t> unit_price;  // in minor units of the shop's currency
};

struct Found {
    std::vector<std::string> item_ids;  // the best first
    std::vector<std::size_t> places;    // of these among the articles that were given
    bool more = false;                  // there are others
};

class Index {
  public:
    explicit Index(const std::vector<Named>& items);

    // Articles whose id or title holds every word of the query. Those come first whose id is the query, then whose id
    // begins with it, then whose title begins with it, then whose title has a word that does; the rest follows. Letters
    // outside of ASCII are compared as they are. An empty query finds the first ones.
    [[nodiscard]] Found find(std::string_view query, std::size_t limit) const;

    [[nodiscard]] std::size_t size() const { return begins_.size(); }

  private:
    struct Row {
        std::string_view id, title;
    };
    [[nodiscard]] Row row(std::size_t place) const;
    [[nodiscard]] std::string original_id(std::size_t place) const;
    [[nodiscard]] std::size_t row_at(std::size_t offset) const;
    [[nodiscard]] std::vector<std::size_t> rows_beginning(std::string_view id) const;
    [[nodiscard]] std::string_view rarest(const std::vector<std::string>& words) const;
    [[nodiscard]] std::vector<std::size_t> rows_with(std::string_view needle,
                                                     const std::vector<std::string>& words) const;

    std::string text_;                 // "\n<id>\t<title>" of each, in lower case, and a closing "\n"
    std::string ids_;                  // as they are written
    std::vector<std::size_t> begins_;  // of each row in text_
    std::vector<std::size_t> id_begins_;
    std::vector<std::uint32_t> by_id_;  // rows in the order of their ids in lower case
};

}  // namespace suanpan::items
