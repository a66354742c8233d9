#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "areas/selection/embeddings/shop_models.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/selection/vectors/item_vectors.h"
#include "areas/selection/vectors/neighbours.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct VectoriseRequest {
    std::string as_of;
    std::optional<std::int64_t> neighbours;
};
struct VectoriseReply {
    std::string as_of, skipped;
    std::int64_t items = 0, dimensions = 0, neighbours = 0;
    std::int64_t embedded = 0, unread_pictures = 0;
};

struct NearestRequest {
    std::string item, title, category, supplier, picture;
    double price = 0;
    std::int64_t top = 10;
};
struct NearestItem {
    std::string item, title, category;
    double likeness = 0;
};
struct NearestReply {
    std::string as_of;
    std::int64_t dimensions = 0;
    std::vector<NearestItem> items;
};

struct DimensionsRequest {};
struct DimensionRow {
    std::int64_t place = 0;
    std::string name, source;
    std::int64_t window = 0;
};
struct DimensionsReply {
    std::vector<DimensionRow> dimensions;
};

struct NeighbourRow {
    Day as_of;
    std::string item_id;
    std::int64_t place = 0;
    std::string other_id;
    double likeness = 0;
};
struct StoredVector {
    std::string item_id;
    std::optional<std::string> title, category;
    std::vector<double> values;
};
struct NewestVectors {
    std::optional<Day> day;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::VectoriseRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning; only days before it are read"},
        {"neighbours",
         "of each item, so many most like it are kept; none given: 10, or 0 of "
         "more than 200,000 items, whose graph takes long",
         {.minimum = 0, .maximum = 100}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::VectoriseReply> {
    static constexpr FieldWords fields[] = {
        {"skipped", "why there are no vectors, such as nothing sold yet; else empty"},
        {"embedded", "titles and pictures that the shop's models were asked about; those of earlier days are kept"},
        {"unread_pictures", "items whose picture could not be read; selection.models says why"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::NearestRequest> {
    static constexpr FieldWords fields[] = {
        {"item", "an item of the shop; all dimensions count"},
        {"title", "of an item that the shop does not know; attributes alone count"},
        {"category", "of such an item, as the shop writes it, with / or > between levels"},
        {"supplier", "of such an item, the supplier's id"},
        {"picture", "of such an item, a file in the shop's pictures/ or inbox/, where the shop has a picture model"},
        {"price", "of such an item, in the shop's currency; 0: unknown", {.minimum = 0}},
        {"top", "items in the reply", {.minimum = 1, .maximum = 1000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::NearestItem> {
    static constexpr FieldWords fields[] = {
        {"likeness", "cosine of the vectors, 1 for the same"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::DimensionRow> {
    static constexpr FieldWords fields[] = {
        {"source", "tables and columns of the store that are read"},
        {"window", "days before the morning; 0: as of now"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::int64_t usual_neighbours = 10;
constexpr std::size_t most_items_with_neighbours = 200'000;

// The vectors with their items' ids, for a statement.
class OfferedVectors final : public store::RowSource {
  public:
    OfferedVectors(const History& history, const ItemVectors& vectors) : history_(history), vectors_(vectors) {}
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return (vectors_.count() + chunk_rows - 1) / chunk_rows; }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, store::ChunkWriter& to) const override {
        const auto first = chunk * chunk_rows, count = std::min(chunk_rows, vectors_.count() - first);
        for (const auto& [column, place] : to.wanted())
            for (std::size_t row = 0; row < count; ++row)
                if (column == 0)
                    to.put_text(place, row, history_.items[vectors_.items[first + row]].id);
                else
                    to.put_numbers(place, row, vectors_.of(first + row));
        return count;
    }

  private:
    const History& history_;
    const ItemVectors& vectors_;
    std::vector<Column> columns_ = {{"item_id"}, {"values", Column::Kind::numbers}};
};

std::vector<NeighbourRow> neighbour_rows(const History& history, const Snapshot& now,
                                         const std::vector<std::vector<Near>>& near) {
    std::vector<NeighbourRow> rows;
    const auto id = [&](std::size_t row) { return history.items[now.items[row]].id; };
    for (std::size_t row = 0; row < near.size(); ++row)
        for (std::size_t i = 0; i < near[row].size(); ++i)
            rows.push_back(
                {now.origin, id(row), static_cast<std::int64_t>(i + 1), id(near[row][i].row), near[row][i].likeness});
    return rows;
}

// Those of the morning take the place of it and of all before it: a million items have 700 MB of them a day. Vectors of
// another width go, too.
Result<> store_vectors(Connection& connection, const History& history, Day as_of, const ItemVectors& vectors) {
    TRY(connection.query(R"(DELETE FROM selection.vector WHERE as_of <= ? OR len("values") <> ?)", as_of,
                         vectors.width));
    const auto offer = connection.offer(std::make_shared<OfferedVectors>(history, vectors));
    const auto stored = connection.query(
        R"(INSERT INTO selection.vector SELECT ?, item_id, "values" FROM offered_rows(?))", as_of, offer.number());
    return stored ? Result<>() : std::unexpected(stored.error());
}

Result<> store_neighbours(Connection& connection, Day as_of, const std::vector<NeighbourRow>& neighbours) {
    TRY(connection.query("DELETE FROM selection.neighbour WHERE as_of <= ?", as_of));
    return connection.append<NeighbourRow>("selection", "neighbour", neighbours);
}

Result<std::vector<NeighbourRow>> neighbours_of(const History& history, const Snapshot& now, const ItemVectors& vectors,
                                                const std::optional<std::int64_t>& wanted) {
    const auto each = wanted.value_or(vectors.count() > most_items_with_neighbours ? 0 : usual_neighbours);
    if (each == 0) return {};
    return neighbour_rows(history, now,
                          TRY(neighbours_of_all({vectors.values, vectors.width}, static_cast<std::size_t>(each), {})));
}

Result<VectoriseReply> vectorise(operations::Context& context, const VectoriseRequest& request) {
    const auto as_of = TRY(parse_day(request.as_of));
    auto& database = context.shop.database();
    VectoriseReply reply{.as_of = format(as_of), .skipped = {}};
    const auto history = database.read([](Connection& c) { return read_history(c); });
    if (!history && history.error().code != ErrorCode::not_found) return std::unexpected(history.error());
    const auto now = history ? snapshot(*history, as_of, 28) : Snapshot{};
    if (now.count() == 0) {  // a step of the daily loop: a shop that sold nothing yet has its day all the same
        reply.skipped = history ? "no item was known on that morning; give a later day" : history.error().message;
        return reply;
    }
    const auto embeddings = TRY(embed_items(context, *history, now));
    const auto vectors = item_vectors(*history, now, embeddings.items);
    const auto neighbours = TRY(neighbours_of(*history, now, vectors, request.neighbours));
    TRY(database.write([&](Connection& connection) -> Result<> {
        TRY(store_vectors(connection, *history, as_of, vectors));
        TRY(write_embeddings(connection, embeddings));
        return store_neighbours(connection, as_of, neighbours);
    }));
    reply.items = std::ssize(vectors.items);
    reply.dimensions = static_cast<std::int64_t>(vectors.width);
    reply.neighbours = std::ssize(neighbours);
    for (const auto& [kind, kept] : embeddings.kept) {
        reply.embedded += static_cast<std::int64_t>(kept.renewed.fresh);
        reply.unread_pictures += kept.counts.unread;
    }
    return reply;
}

struct Stored {
    Day day{};
    std::vector<StoredVector> items;
    std::vector<float> values;
    Layout layout;

    [[nodiscard]] VectorRows rows() const { return {values, dimensions(layout).size()}; }
};

Result<Stored> read_vectors(Connection& connection) {
    const auto newest = TRY(connection.row<NewestVectors>("SELECT max(as_of) AS day FROM selection.vector"));
    if (!newest.day) return fail(ErrorCode::not_found, "no item has a vector; run selection.vectorise for a day first");
    Stored stored{.day = *newest.day,
                  .items = TRY(connection.rows<StoredVector>(R"(
                      SELECT item_id, title, category, "values"::DOUBLE[] AS "values"
                      FROM selection.vector LEFT JOIN data.product USING (item_id)
                      WHERE as_of = ? ORDER BY item_id)",
                                                             *newest.day)),
                  .values = {},
                  .layout = TRY(stored_layout(connection))};
    const auto width = dimensions(stored.layout).size();
    for (auto& item : stored.items) {
        if (item.values.size() != width)
            return fail(ErrorCode::conflict,
                        "the stored vectors have other dimensions than this program's; run selection.vectorise again");
        for (const double v : item.values) stored.values.push_back(static_cast<float>(v));
        item.values = {};
    }
    return stored;
}

// Of an item that the shop does not know.
Result<std::vector<float>> described_vector(const store::Shop& shop, const Layout& layout,
                                            const NearestRequest& request) {
    if (!layout.picture && !request.picture.empty())
        return fail(ErrorCode::invalid_argument,
                    "the vectors know nothing of pictures; name a model in selection.picture_model and run "
                    "selection.vectorise",
                    "picture");
    const bool asks_text = layout.text && !request.title.empty(), asks_picture = !request.picture.empty();
    const auto text = asks_text ? TRY(embed_one(shop, ContentKind::text, request.title)) : std::vector<float>();
    const auto picture =
        asks_picture ? TRY(embed_one(shop, ContentKind::picture, request.picture)) : std::vector<float>();
    auto made = attribute_vector({request.title, request.category, request.supplier,
                                  request.price * minor_units(shop.settings()), text, picture},
                                 layout);
    if (std::ranges::any_of(made, [](float v) { return v != 0; })) return made;
    return fail(ErrorCode::invalid_argument, "give an item, or a title, category, supplier, picture or price of one");
}

Result<std::vector<float>> wanted_vector(const store::Shop& shop, const Stored& stored, const NearestRequest& request) {
    if (request.item.empty()) return described_vector(shop, stored.layout, request);
    const auto found = std::ranges::find(stored.items, request.item, &StoredVector::item_id);
    if (found == stored.items.end())
        return fail(ErrorCode::not_found, "no item of this id was known on the morning of the vectors", request.item);
    const auto values = stored.rows().of(static_cast<std::size_t>(found - stored.items.begin()));
    return std::vector<float>(values.begin(), values.end());
}

Result<NearestReply> nearest_items(operations::Context& context, const NearestRequest& request) {
    const auto stored = TRY(context.shop.database().read([](Connection& c) { return read_vectors(c); }));
    const auto wanted = TRY(wanted_vector(context.shop, stored, request));
    NearestReply reply{.as_of = format(stored.day), .dimensions = std::ssize(wanted), .items = {}};
    const auto top = static_cast<std::size_t>(request.top);
    for (const auto& near : nearest_rows(stored.rows(), wanted, top + 1)) {
        const auto& item = stored.items[near.row];
        if (item.item_id != request.item && reply.items.size() < top)
            reply.items.push_back({item.item_id, item.title.value_or(""), item.category.value_or(""), near.likeness});
    }
    return reply;
}

// Of the stored vectors; before there are any, of those that there would be.
Result<DimensionsReply> list_dimensions(operations::Context& context, const DimensionsRequest&) {
    const auto layout = TRY(context.shop.database().read([&](Connection& connection) -> Result<Layout> {
        if (TRY(connection.count("SELECT count(*) FROM (FROM selection.vector LIMIT 1)")) > 0)
            return stored_layout(connection);
        return wanted_layout(context.shop);
    }));
    DimensionsReply reply;
    for (const auto& d : dimensions(layout))
        reply.dimensions.push_back({std::ssize(reply.dimensions), d.name, d.source, d.window});
    return reply;
}

}  // namespace

void add_vector_operations(operations::Registry& registry) {
    registry.add(operations::declare<VectoriseRequest, VectoriseReply>(
        {.name = "selection.vectorise",
         .summary =
             {"Makes every item's vector of attributes and history on a morning, and keeps the items most like each",
              "为每件商品生成属性与历史向量，并保存与其最相似的商品"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true,
         .required = {"as_of"}},
        vectorise));
    registry.add(operations::declare<NearestRequest, NearestReply>(
        {.name = "selection.nearest",
         .summary = {"The items most like one of the shop, or like one that it does not know yet",
                     "查找与某商品或与店内尚无的商品最相似的商品"}},
        nearest_items));
    registry.add(operations::declare<DimensionsRequest, DimensionsReply>(
        {.name = "selection.dimensions",
         .summary = {"The dimensions of an item's vector, each with its source and window",
                     "商品向量的各个维度及其来源与时间窗口"}},
        list_dimensions));
}

}  // namespace suanpan::selection
