#include "areas/selection/vectors/item_vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "areas/selection/embeddings/reduction.h"
#include "areas/selection/title_words.h"
#include "platform/base/hash.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {
namespace {

// A part of the vector that is hashed, drawn by bands or made by a model, with its length beside the others'. The
// models' lengths are from bench/selection/likeness.py.
struct Block {
    const char* name;
    const char* source;
    std::size_t width;
    float weight;
};
enum { title_block, category_block, supplier_block, price_block, text_block, picture_block };
constexpr std::array<Block, 6> blocks = {
    Block{"title", "data.product.title", 64, 1.0F},
    Block{"category", "data.product.category", 16, 0.8F},
    Block{"supplier", "data.product.supplier_id", 8, 0.3F},
    Block{"price_band", "data.order_line.unit_price, data.price.unit_price", 10, 0.5F},
    Block{"text", "data.product.title by selection.text_model", embedded_dimensions, 1.5F},
    Block{"picture", "data.attribute picture by selection.picture_model", embedded_dimensions, 1.0F}};
constexpr float history_weight = 0.8F;

bool has(const Layout& layout, std::size_t block) {
    return block < text_block || (block == text_block ? layout.text : layout.picture);
}

std::size_t begin_of(std::size_t block, const Layout& layout) {
    std::size_t at = 0;
    for (std::size_t b = 0; b < block; ++b) at += has(layout, b) ? blocks[b].width : 0;
    return at;
}

void add_hashed(std::span<float> block, std::string_view text, float weight) {
    const auto h = folded_fnv1a(text);
    block[(h >> 1) % block.size()] += (h & 1) == 0 ? weight : -weight;
}

void add_title(std::span<float> block, std::string_view title) {
    for (const auto& word : title_words(title)) {
        add_hashed(block, word, 1);
        if (static_cast<unsigned char>(word[0]) >= 128 || word.size() < 4) continue;
        for (std::size_t at = 0; at + 3 <= word.size(); ++at) add_hashed(block, word.substr(at, 3), 0.3F);
    }
}

// Each level of the path with all above it.
void add_category(std::span<float> block, std::string_view category) {
    category = category.substr(0, 4096);
    for (std::size_t at = 0; at < category.size();) {
        const auto end = std::min(category.find_first_of("/>", at), category.size());
        auto level = category.substr(0, end);
        while (!level.empty() && level.back() == ' ') level.remove_suffix(1);
        if (end > at && !level.empty()) add_hashed(block, level, 1);
        at = end + 1;
    }
}

// Two neighbouring bands share a price; a band is four times as dear as the one before it.
void add_price(std::span<float> block, double price) {
    if (!(price > 0) || !std::isfinite(price)) return;
    const double at = std::clamp(std::log2(std::max(1.0, price)) / 2, 0.0, double(block.size() - 1));
    for (std::size_t b = 0; b < block.size(); ++b)
        block[b] = static_cast<float>(std::max(0.0, 1 - std::abs(at - double(b))));
}

std::string source_of(Topic topic) {
    switch (topic) {
        case Topic::price:
            return "data.order_line, data.cost";
        case Topic::returns:
            return "data.return_line";
        case Topic::rivals:
            return "data.competitor_price";
        case Topic::visits:
            return "data.traffic";
        case Topic::stock:
            return "data.stock_by_day";
        case Topic::forecast:
            return "demand.planned, demand.signal";
        case Topic::customers:
            return "data.order_line, data.review";
        case Topic::kind:
            return "data.sales_daily of items that share its words or category";
        default:
            return "data.order_line, data.return_line, data.sale_counted";
    }
}

// The last number of a name is its window; others read a year at most.
int window_of(std::string_view name) {
    const auto last = name.rfind('_');
    int days = 0;
    if (last != std::string_view::npos) std::from_chars(name.data() + last + 1, name.data() + name.size(), days);
    return days == 13 ? 91 : days > 0 ? days : 364;
}

// Columns of the snapshot that the vector takes: the title has its own, wider block.
const std::vector<std::size_t>& taken() {
    static const auto all = [] {
        std::vector<std::size_t> found;
        for (std::size_t c = 0; c < columns().size(); ++c)
            if (!columns()[c].name.starts_with("title_")) found.push_back(c);
        return found;
    }();
    return all;
}

// Mean and variance as values come (Welford 1962).
struct Scale {
    double n = 0, mean = 0, square = 0;

    void add(double x) {
        if (std::isnan(x)) return;
        const double step = x - mean;
        mean += step / ++n;
        square += step * (x - mean);
    }
    [[nodiscard]] double spread() const { return n > 1 ? std::sqrt(square / n) : 0; }
};

// Of the columns that the vector takes.
std::vector<Scale> scales_of(const Snapshot& snapshot) {
    std::vector<Scale> scales(taken().size());
    for (std::size_t row = 0; row < snapshot.count(); ++row)
        for (std::size_t d = 0; d < scales.size(); ++d) scales[d].add(double(snapshot.at(row, taken()[d])));
    return scales;
}

double price_of(const Item& item, const Snapshot& snapshot, std::size_t row) {
    static const auto price_column = column("price");
    const auto sold = double(snapshot.at(row, price_column));
    if (!std::isnan(sold)) return std::expm1(sold);
    double price = 0;
    for (const auto& sign : item.signs)
        if (sign.sign == Sign::own_price && sign.day < snapshot.origin) price = sign.value;
    return price;
}

void fill_history(const Snapshot& snapshot, std::size_t row, const std::vector<Scale>& scales, std::span<float> part) {
    const float weight = history_weight / std::sqrt(static_cast<float>(scales.size()));
    for (std::size_t d = 0; d < scales.size(); ++d) {
        const auto x = double(snapshot.at(row, taken()[d]));
        if (std::isnan(x) || scales[d].spread() < 1e-9) continue;
        part[d] = weight * static_cast<float>(std::clamp((x - scales[d].mean) / scales[d].spread(), -3.0, 3.0));
    }
}

std::span<const float> embedded(const std::vector<float>& values, std::size_t row) {
    if (values.empty()) return {};
    return std::span(values).subspan(row * embedded_dimensions, embedded_dimensions);
}

}  // namespace

std::size_t attribute_dimensions(const Layout& layout) {
    return begin_of(blocks.size(), layout);
}

std::vector<Dimension> dimensions(const Layout& layout) {
    std::vector<Dimension> found;
    for (std::size_t b = 0; b < blocks.size(); ++b)
        for (std::size_t i = 0; has(layout, b) && i < blocks[b].width; ++i)
            found.push_back({fmt::format("{}_{}", blocks[b].name, i), blocks[b].source, 0});
    for (const auto c : taken())
        found.push_back({columns()[c].name, source_of(columns()[c].topic), window_of(columns()[c].name)});
    return found;
}

void normalise(std::span<float> vector) {
    double square = 0;
    for (const float v : vector) square += double(v) * double(v);
    if (square <= 0) return;
    const auto scale = static_cast<float>(1 / std::sqrt(square));
    for (float& v : vector) v *= scale;
}

std::vector<float> attribute_vector(const Attributes& attributes, const Layout& layout) {
    std::vector<float> vector(attribute_dimensions(layout));
    const auto part = [&](std::size_t b) {
        return std::span(vector).subspan(begin_of(b, layout), has(layout, b) ? blocks[b].width : 0);
    };
    add_title(part(title_block), attributes.title);
    add_category(part(category_block), attributes.category);
    if (!attributes.supplier.empty()) add_hashed(part(supplier_block), attributes.supplier, 1);
    add_price(part(price_block), attributes.price);
    if (layout.text) std::ranges::copy(attributes.text, part(text_block).begin());
    if (layout.picture) std::ranges::copy(attributes.picture, part(picture_block).begin());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        normalise(part(b));
        for (float& v : part(b)) v *= blocks[b].weight;
    }
    return vector;
}

ItemVectors item_vectors(const History& history, const Snapshot& snapshot, const ItemEmbeddings& embeddings) {
    const auto layout = embeddings.layout();
    ItemVectors made{.items = snapshot.items, .values = {}, .width = dimensions(layout).size()};
    made.values.resize(made.count() * made.width);
    const auto scales = scales_of(snapshot);
    constexpr std::size_t block = 1024;
    in_parallel((made.count() + block - 1) / block, 0, [&](std::size_t one) {
        for (std::size_t row = one * block; row < std::min(made.count(), (one + 1) * block); ++row) {
            const auto& item = history.items[made.items[row]];
            const auto vector = std::span(made.values).subspan(row * made.width, made.width);
            const Attributes attributes{item.title,
                                        item.category,
                                        item.supplier,
                                        price_of(item, snapshot, row),
                                        embedded(embeddings.text, row),
                                        embedded(embeddings.picture, row)};
            std::ranges::copy(attribute_vector(attributes, layout), vector.begin());
            fill_history(snapshot, row, scales, vector.subspan(attribute_dimensions(layout)));
            normalise(vector);
        }
    });
    return made;
}

}  // namespace suanpan::selection
