#pragma once

#include "areas/selection/embeddings/cache_store.h"
#include "areas/selection/history.h"
#include "areas/selection/snapshot.h"
#include "platform/operations/operation.h"

// The models that a shop's settings name, and what they make of its items.
namespace suanpan::selection {

inline constexpr ContentKind content_kinds[] = {ContentKind::text, ContentKind::picture};

// selection.text_model, selection.picture_model; a relative one lies in the shop's folder. Empty: none.
[[nodiscard]] std::filesystem::path model_folder(const store::Shop& shop, ContentKind kind);
[[nodiscard]] Result<std::unique_ptr<EmbeddingModel>> read_model(const store::Shop& shop, ContentKind kind);
[[nodiscard]] Layout wanted_layout(const store::Shop& shop);

// What models make of the items of a morning, and what is to be kept of it.
struct ShopEmbeddings {
    struct Kept {
        Renewed renewed;
        RowCounts counts;
    };
    ItemEmbeddings items;
    std::map<ContentKind, Kept> kept;  // of the kinds that have a model
};
// Asks the models only about contents that are new. A picture that cannot be read is 0 and is counted. Errors: those of
// the models.
[[nodiscard]] Result<ShopEmbeddings> embed_items(operations::Context& context, const History& history,
                                                 const Snapshot& now);
[[nodiscard]] Result<> write_embeddings(store::Connection& connection, const ShopEmbeddings& embeddings);

// What the model that the stored vectors were made with makes of one title, or of the picture of a file: reduced.
// Errors: conflict where the shop's model is another now.
[[nodiscard]] Result<std::vector<float>> embed_one(const store::Shop& shop, ContentKind kind, const std::string& named);

}  // namespace suanpan::selection
