#include "areas/data/items/catalogue.h"

#include <unordered_map>

namespace suanpan::items {

Catalogue::Catalogue(const std::vector<Named>& items) : index_(items) {
    title_begins_.reserve(items.size() + 1);
    categories_.reserve(items.size());
    unit_prices_.reserve(items.size());
    std::unordered_map<std::string, std::uint32_t> codes;
    for (const auto& item : items) {
        title_begins_.push_back(titles_.size());
        titles_ += item.title;
        const auto [code, is_new] = codes.emplace(item.category, static_cast<std::uint32_t>(category_names_.size()));
        if (is_new) category_names_.push_back(item.category);
        categories_.push_back(code->second);
        unit_prices_.push_back(item.unit_price);
    }
    title_begins_.push_back(titles_.size());
}

Catalogue::Listed Catalogue::find(std::string_view query, std::size_t limit) const {
    auto found = index_.find(query, limit);
    Listed listed{.items = {}, .more = found.more};
    for (std::size_t i = 0; i < found.places.size(); ++i) {
        const auto place = found.places[i];
        const auto begin = title_begins_[place];
        listed.items.push_back({.item_id = std::move(found.item_ids[i]),
                                .title = titles_.substr(begin, title_begins_[place + 1] - begin),
                                .category = category_names_[categories_[place]],
                                .unit_price = unit_prices_[place]});
    }
    return listed;
}

}  // namespace suanpan::items
