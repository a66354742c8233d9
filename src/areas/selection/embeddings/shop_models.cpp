#include "areas/selection/embeddings/shop_models.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/selection/embeddings/pictures.h"
#include "platform/base/parallel.h"
#include "platform/models/card.h"

namespace suanpan::selection {

struct PictureRow {
    std::string item_id, picture;
};

namespace {

namespace fs = std::filesystem;
using operations::Context;

std::string option_of(ContentKind kind) {
    return fmt::format("selection.{}_model", name(kind));
}

// Half of the checksum: enough that no two contents share one.
std::string key_of(std::string_view content) {
    return models::checksum(content).substr(0, 32);
}

Contents titles(const History& history, const Snapshot& now) {
    const auto title = [&history, &now](std::size_t row) { return history.items[now.items[row]].title; };
    Contents contents{std::vector<std::string>(now.count()),
                      [title](std::size_t row) -> Result<std::string> { return title(row); }};
    in_parallel(now.count(), 0, [&](std::size_t row) {
        if (const auto text = title(row); !text.empty()) contents.keys[row] = key_of(text);
    });
    return contents;
}

Result<std::map<std::string, std::string>> pictures_by_item(store::Connection& connection) {
    std::map<std::string, std::string> found;
    for (auto& row : TRY(connection.rows<PictureRow>(
             "SELECT item_id, max(value) AS picture FROM data.attribute WHERE name = 'picture' GROUP BY item_id")))
        found.emplace(std::move(row.item_id), std::move(row.picture));
    return found;
}

struct Pictures {
    Contents contents;
    std::vector<std::string> problems;  // a row each: why there is no file
};

// Files are read to know whether they are new, and again where they are: all at once would fill the memory.
Result<Pictures> pictures(Context& context, const History& history, const Snapshot& now) {
    const auto by_item = TRY(context.shop.database().read([](store::Connection& c) { return pictures_by_item(c); }));
    std::vector<fs::path> files(now.count());
    Pictures made{{std::vector<std::string>(now.count()), {}}, std::vector<std::string>(now.count())};
    in_parallel(now.count(), 0, [&](std::size_t row) {
        const auto named = by_item.find(history.items[now.items[row]].id);
        if (named == by_item.end() || named->second.empty()) return;
        const auto file = picture_file(context.shop.folder(), named->second);
        const auto bytes = file ? store::read_file(*file) : std::unexpected(file.error());
        if (!bytes) {
            made.problems[row] = bytes.error().text();
            return;
        }
        files[row] = *file;
        made.contents.keys[row] = key_of(*bytes);
    });
    made.contents.read = [files = std::move(files)](std::size_t row) { return store::read_file(files[row]); };
    return made;
}

void count_row(const std::string& problem, RowCounts& counts) {
    ++(problem.empty() ? counts.items : counts.unread);
    if (counts.problem.empty()) counts.problem = problem;
}

// Each row's vector, and how many have one.
std::vector<float> spread(const Contents& contents, const ContentCache& cache, ShopEmbeddings::Kept& kept) {
    std::vector<float> values(contents.keys.size() * embedded_dimensions);
    for (std::size_t row = 0; row < contents.keys.size(); ++row) {
        const auto found = cache.known.find(contents.keys[row]);
        if (found == cache.known.end()) continue;
        const auto& made = found->second;
        std::ranges::copy(made.values, values.begin() + static_cast<std::ptrdiff_t>(row * embedded_dimensions));
        count_row(made.problem, kept.counts);
    }
    return values;
}

Result<std::vector<float>> embed_kind(Context& context, ContentKind kind, const Contents& contents,
                                      ShopEmbeddings::Kept& kept) {
    const auto model = TRY(read_model(context.shop, kind));
    auto earlier = TRY(context.shop.database().read([&](store::Connection& c) { return read_cache(c, kind); }));
    kept.renewed =
        TRY(renewed(std::move(earlier), *model, contents, [&](std::size_t done, std::size_t total) -> Result<> {
            if (context.stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped; run it again to go on");
            context.progress({fmt::format("embed {}", name(kind)), double(done), double(total), "contents"});
            return {};
        }));
    return spread(contents, kept.renewed.cache, kept);
}

}  // namespace

fs::path model_folder(const store::Shop& shop, ContentKind kind) {
    const fs::path named = shop.settings().text(option_of(kind), "");
    return named.empty() ? named : shop.folder() / named;  // an absolute one stays
}

Layout wanted_layout(const store::Shop& shop) {
    return {.text = !model_folder(shop, ContentKind::text).empty(),
            .picture = !model_folder(shop, ContentKind::picture).empty()};
}

Result<std::unique_ptr<EmbeddingModel>> read_model(const store::Shop& shop, ContentKind kind) {
    const auto folder = model_folder(shop, kind);
    if (folder.empty())
        return fail(ErrorCode::not_found, "the shop has no such model; name its folder in shop.yaml", option_of(kind));
    return kind == ContentKind::text ? read_text_model(folder) : read_picture_model(folder);
}

Result<ShopEmbeddings> embed_items(Context& context, const History& history, const Snapshot& now) {
    ShopEmbeddings made;
    const auto layout = wanted_layout(context.shop);
    if (layout.text)
        made.items.text =
            TRY(embed_kind(context, ContentKind::text, titles(history, now), made.kept[ContentKind::text]));
    if (!layout.picture) return made;
    const auto files = TRY(pictures(context, history, now));
    auto& kept = made.kept[ContentKind::picture];
    made.items.picture = TRY(embed_kind(context, ContentKind::picture, files.contents, kept));
    for (const auto& problem : files.problems)
        if (!problem.empty()) count_row(problem, kept.counts);
    return made;
}

Result<> write_embeddings(store::Connection& connection, const ShopEmbeddings& embeddings) {
    for (const auto kind : content_kinds) {
        const auto found = embeddings.kept.find(kind);
        if (found == embeddings.kept.end())
            TRY(forget_cache(connection, kind));
        else
            TRY(write_cache(connection, kind, found->second.renewed, found->second.counts));
    }
    return {};
}

Result<std::vector<float>> embed_one(const store::Shop& shop, ContentKind kind, const std::string& named) {
    const auto cache = TRY(shop.database().read([&](store::Connection& c) { return read_cached_model(c, kind); }));
    const auto model = TRY(read_model(shop, kind));
    if (model->checksum() != cache.checksum)
        return fail(ErrorCode::conflict,
                    "the model is not the one that the vectors were made with; run selection.vectorise again",
                    option_of(kind));
    const bool is_text = kind == ContentKind::text;
    const std::vector<std::string> contents = {
        is_text ? named : TRY(store::read_file(TRY(picture_file(shop.folder(), named))))};
    const auto made = TRY(model->embed(contents));
    if (!made.problems[0].empty()) return fail(ErrorCode::invalid_argument, made.problems[0], named);
    return cache.reduction.reduced(made.values);
}

}  // namespace suanpan::selection
