#include "areas/selection/embeddings/content_cache.h"

#include <algorithm>

namespace suanpan::selection {
namespace {

constexpr std::size_t contents_at_once = 512;

using Rows = std::map<std::string_view, std::size_t>;  // of each content its first row, by key

Rows rows_by_key(const Contents& contents) {
    Rows rows;
    for (std::size_t row = 0; row < contents.keys.size(); ++row)
        if (!contents.keys[row].empty()) rows.emplace(contents.keys[row], row);
    return rows;
}

bool serves(const ContentCache& cache, const EmbeddingModel& model, std::size_t contents) {
    return cache.checksum == model.checksum() && cache.width == model.width() &&
           (cache.fitted_on >= most_fitted || contents < 4 * std::max<std::size_t>(1, cache.fitted_on));
}

Result<ContentVectors> ask(const EmbeddingModel& model, const Contents& contents, std::span<const std::size_t> rows) {
    std::vector<std::string> read;
    for (const auto row : rows) read.push_back(TRY(contents.read(row)));
    return model.embed(read);
}

// Keys are checksums, so their order is as good as drawn.
Result<Reduction> fit(const EmbeddingModel& model, const Contents& contents, const Rows& rows) {
    std::vector<std::size_t> drawn;
    for (const auto& [key, row] : rows)
        if (drawn.size() < most_fitted) drawn.push_back(row);
    std::vector<float> values;
    for (std::size_t at = 0; at < drawn.size(); at += contents_at_once) {
        const auto some = std::span(drawn).subspan(at, std::min(contents_at_once, drawn.size() - at));
        const auto made = TRY(ask(model, contents, some));
        for (std::size_t i = 0; i < some.size(); ++i) {
            const auto row = std::span(made.values).subspan(i * model.width(), model.width());
            if (std::ranges::any_of(row, [](float v) { return v != 0; })) values.append_range(row);
        }
    }
    return fit_reduction(values, model.width());
}

Result<ContentCache> fresh_cache(const EmbeddingModel& model, const Contents& contents, const Rows& rows) {
    return ContentCache{.checksum = model.checksum(),
                        .width = model.width(),
                        .fitted_on = std::min(rows.size(), most_fitted),
                        .reduction = TRY(fit(model, contents, rows)),
                        .known = {}};
}

// Rows whose content is not known yet.
std::vector<std::size_t> unknown_rows(const Rows& rows, const ContentCache& cache) {
    std::vector<std::size_t> unknown;
    for (const auto& [key, row] : rows)
        if (!cache.known.contains(key)) unknown.push_back(row);
    return unknown;
}

}  // namespace

Result<Renewed> renewed(ContentCache earlier, const EmbeddingModel& model, const Contents& contents, const Told& told) {
    const auto rows = rows_by_key(contents);
    Renewed made;
    made.anew = !serves(earlier, model, rows.size());
    made.cache = made.anew ? TRY(fresh_cache(model, contents, rows)) : std::move(earlier);
    std::erase_if(made.cache.known, [&](const auto& one) { return !rows.contains(one.first); });
    const auto unknown = unknown_rows(rows, made.cache);
    for (std::size_t at = 0; at < unknown.size(); at += contents_at_once) {
        TRY(told(at, unknown.size()));
        const auto some = std::span(unknown).subspan(at, std::min(contents_at_once, unknown.size() - at));
        const auto asked = TRY(ask(model, contents, some));
        for (std::size_t i = 0; i < some.size(); ++i)
            made.cache.known[contents.keys[some[i]]] = {
                made.cache.reduction.reduced(std::span(asked.values).subspan(i * model.width(), model.width())),
                asked.problems[i]};
    }
    made.fresh = unknown.size();
    return made;
}

}  // namespace suanpan::selection
