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

// What the model gives for the contents of some rows, one below the other.
struct Asked {
    std::vector<std::size_t> rows;
    std::vector<float> values;
    std::vector<std::string> problems;

    [[nodiscard]] std::span<const float> of(std::size_t i) const {
        const auto width = values.size() / rows.size();
        return std::span(values).subspan(i * width, width);
    }
};

Result<Asked> ask(const EmbeddingModel& model, const Contents& contents, std::span<const std::size_t> rows) {
    std::vector<std::string> read;
    for (const auto row : rows) read.push_back(TRY(contents.read(row)));
    auto made = TRY(model.embed(read));
    return Asked{{rows.begin(), rows.end()}, std::move(made.values), std::move(made.problems)};
}

// Calls `one` with what the model gives, some contents at a time: all at once would fill the memory.
template <class Function>
Result<> ask_about(const EmbeddingModel& model, const Contents& contents, std::span<const std::size_t> rows,
                   const Function& one) {
    for (std::size_t at = 0; at < rows.size(); at += contents_at_once)
        TRY(one(at, TRY(ask(model, contents, rows.subspan(at, std::min(contents_at_once, rows.size() - at))))));
    return {};
}

void keep(ContentCache& cache, const Contents& contents, const Asked& asked) {
    for (std::size_t i = 0; i < asked.rows.size(); ++i)
        cache.known[contents.keys[asked.rows[i]]] = {cache.reduction.reduced(asked.of(i)), asked.problems[i]};
}

bool says_something(std::span<const float> values) {
    return std::ranges::any_of(values, [](float v) { return v != 0; });
}

// Fitted on contents that are as good as drawn: they come by their checksums.
Result<ContentCache> fresh_cache(const EmbeddingModel& model, const Contents& contents, const Rows& rows,
                                 const Told& told) {
    ContentCache cache{.checksum = model.checksum(),
                       .width = model.width(),
                       .fitted_on = std::min(rows.size(), most_fitted),
                       .reduction = {},
                       .known = {}};
    std::vector<std::size_t> drawn;
    for (const auto& [key, row] : rows)
        if (drawn.size() < most_fitted) drawn.push_back(row);
    std::vector<Asked> answers;
    std::vector<float> values;
    TRY(ask_about(model, contents, drawn, [&](std::size_t done, Asked asked) {
        for (std::size_t i = 0; i < asked.rows.size(); ++i)
            if (says_something(asked.of(i))) values.append_range(asked.of(i));
        answers.push_back(std::move(asked));
        return told(done, rows.size());
    }));
    cache.reduction = fit_reduction(values, cache.width);
    for (const auto& asked : answers) keep(cache, contents, asked);
    return cache;
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
    made.cache = made.anew ? TRY(fresh_cache(model, contents, rows, told)) : std::move(earlier);
    std::erase_if(made.cache.known, [&](const auto& one) { return !rows.contains(one.first); });
    const auto unknown = unknown_rows(rows, made.cache);
    const auto before = made.anew ? made.cache.known.size() : 0;
    made.fresh = before + unknown.size();
    TRY(ask_about(model, contents, unknown, [&](std::size_t done, const Asked& asked) {
        keep(made.cache, contents, asked);
        return told(before + done, made.fresh);
    }));
    return made;
}

}  // namespace suanpan::selection
