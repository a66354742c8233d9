#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "areas/data/items/index.h"

namespace suanpan::items {

// The articles as of one moment, to be found as somebody types, with what a list of them shows. All of it is in memory:
// finding fifty rows of a million in the store takes longer than searching all of their texts. A million articles are
// some 120 MB.
class Catalogue {
  public:
    explicit Catalogue(const std::vector<Named>& items);

    struct Listed {
        std::vector<Named> items;  // the best first
        bool more = false;         // there are others
    };
    [[nodiscard]] Listed find(std::string_view query, std::size_t limit) const;  // as Index::find
    [[nodiscard]] std::size_t size() const { return index_.size(); }

  private:
    Index index_;
    std::string titles_;                     // one after the other, as they are written
    std::vector<std::size_t> title_begins_;  // and the end
    std::vector<std::uint32_t> categories_;  // of each article, a place in category_names_
    std::vector<std::string> category_names_;
    std::vector<std::optional<std::int64_t>> unit_prices_;
};

}  // namespace suanpan::items
