#pragma once

#include "areas/selection/embeddings/content_cache.h"
#include "areas/selection/vectors/item_vectors.h"
#include "platform/store/connection.h"

namespace suanpan::selection {

enum class ContentKind { text, picture };
[[nodiscard]] std::string_view name(ContentKind kind);

// As it was with the newest vectors; one without a model where there was none. Only what the model is, without
// contents, by `read_cached_model`.
[[nodiscard]] Result<ContentCache> read_cache(store::Connection& connection, ContentKind kind);
[[nodiscard]] Result<ContentCache> read_cached_model(store::Connection& connection, ContentKind kind);

// How the rows of the newest vectors fared.
struct RowCounts {
    std::int64_t items = 0, unread = 0;  // with what a model made of their content; whose content could not be read
    std::string problem;                 // of one that could not be
};
[[nodiscard]] Result<> write_cache(store::Connection& connection, ContentKind kind, const Renewed& renewed,
                                   const RowCounts& counts);
[[nodiscard]] Result<> forget_cache(store::Connection& connection, ContentKind kind);

struct CacheCounts {
    std::int64_t items = 0, unread = 0, contents = 0;
    std::string problem;
};
[[nodiscard]] Result<CacheCounts> count_cache(store::Connection& connection, ContentKind kind);

// Of the stored vectors.
[[nodiscard]] Result<Layout> stored_layout(store::Connection& connection);

}  // namespace suanpan::selection
