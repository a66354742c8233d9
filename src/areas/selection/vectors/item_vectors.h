#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "areas/selection/snapshot.h"

// One vector an item: first what is known of it before it was ever sold, then how it did.
namespace suanpan::selection {

// What a place in the vector says and from where.
struct Dimension {
    std::string name;
    std::string source;  // of the store: "data.product.title"
    int window = 0;      // days before the morning that are read; 0: as of now, or all there is
};
// Which models' dimensions are among the attributes.
struct Layout {
    bool text = false, picture = false;
    bool operator==(const Layout&) const = default;
};
// All dimensions in order: `attribute_dimensions()` of attributes, whose window is 0, then the columns of the snapshot
// but those of the title.
[[nodiscard]] std::vector<Dimension> dimensions(const Layout& layout = {});
[[nodiscard]] std::size_t attribute_dimensions(const Layout& layout = {});

// An item that the shop need not know. Price in minor units; what is empty or 0 is unknown and adds nothing.
struct Attributes {
    std::string_view title, category, supplier;
    double price = 0;
    std::span<const float> text = {}, picture = {};  // what the models make of them, embedded_dimensions or none
};
// Blocks of at most unit length, each by its weight: words and three-letter pieces of the title, the category and what
// it lies under ("a > b", "a/b"), the supplier, each by the hashing trick (Weinberger et al. 2009), the price by its
// band, and what the layout's models make of title and picture.
[[nodiscard]] std::vector<float> attribute_vector(const Attributes& attributes, const Layout& layout = {});

// What models make of the items of a snapshot: rows of embedded_dimensions; nothing where there is no model.
struct ItemEmbeddings {
    std::vector<float> text, picture;

    [[nodiscard]] Layout layout() const { return {.text = !text.empty(), .picture = !picture.empty()}; }
};

// The vectors of all items known on a morning, each of unit length: the scalar product of two is their cosine.
struct ItemVectors {
    std::vector<std::size_t> items;  // places in History::items
    std::vector<float> values;       // items x width
    std::size_t width = 0;

    [[nodiscard]] std::size_t count() const { return items.size(); }
    [[nodiscard]] std::span<const float> of(std::size_t row) const { return {&values[row * width], width}; }
};
// The history's part is in standard deviations of the items, cut at 3, unknown 0.
[[nodiscard]] ItemVectors item_vectors(const History& history, const Snapshot& snapshot,
                                       const ItemEmbeddings& embeddings = {});

// To unit length; nothing stays nothing.
void normalise(std::span<float> vector);

}  // namespace suanpan::selection
