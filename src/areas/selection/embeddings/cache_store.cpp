#include "areas/selection/embeddings/cache_store.h"

#include <algorithm>
#include <memory>

namespace suanpan::selection {

struct EmbeddingModelRow {
    std::string checksum;
    std::int64_t width = 0, fitted_on = 0;
    std::vector<double> values;  // the mean, then the directions
};
struct EmbeddingRow {
    std::string content, problem;
    std::vector<double> values;
};

namespace {

using store::Connection;

std::vector<float> floats(std::span<const double> values) {
    std::vector<float> made(values.size());
    std::ranges::transform(values, made.begin(), [](double v) { return static_cast<float>(v); });
    return made;
}

// Contents with what was made of them, or the one row of a model, for a statement.
class OfferedContents final : public store::RowSource {
  public:
    struct Row {
        std::string_view content, problem;
        std::span<const float> values;
    };
    explicit OfferedContents(std::vector<Row> rows) : rows_(std::move(rows)) {}
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return (rows_.size() + chunk_rows - 1) / chunk_rows; }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, store::ChunkWriter& to) const override {
        const auto first = chunk * chunk_rows, count = std::min(chunk_rows, rows_.size() - first);
        for (const auto& [column, place] : to.wanted())
            for (std::size_t row = 0; row < count; ++row) {
                const auto& one = rows_[first + row];
                if (column == 2)
                    to.put_numbers(place, row, one.values);
                else
                    to.put_text(place, row, column == 0 ? one.content : one.problem);
            }
        return count;
    }

  private:
    std::vector<Row> rows_;
    std::vector<Column> columns_ = {{"content"}, {"problem"}, {"values", Column::Kind::numbers}};
};

Result<> write_model(Connection& connection, ContentKind kind, const ContentCache& cache, const RowCounts& counts) {
    auto values = cache.reduction.mean;
    values.append_range(cache.reduction.directions);
    const auto offer = connection.offer(
        std::make_shared<OfferedContents>(std::vector<OfferedContents::Row>{{cache.checksum, "", values}}));
    TRY(connection.query("DELETE FROM selection.embedding_model WHERE kind = ?", name(kind)));
    TRY(connection.query(R"(INSERT INTO selection.embedding_model
                            SELECT ?, content, ?, ?, ?, ?, ?, "values" FROM offered_rows(?))",
                         name(kind), cache.width, cache.fitted_on, counts.items, counts.unread, counts.problem,
                         offer.number()));
    return {};
}

}  // namespace

std::string_view name(ContentKind kind) {
    return kind == ContentKind::text ? "text" : "picture";
}

Result<ContentCache> read_cached_model(Connection& connection, ContentKind kind) {
    const auto rows = TRY(connection.rows<EmbeddingModelRow>(
        R"(SELECT checksum, width, fitted_on, "values"::DOUBLE[] AS "values"
           FROM selection.embedding_model WHERE kind = ?)",
        name(kind)));
    ContentCache cache;
    if (rows.empty()) return cache;
    const auto& row = rows.front();
    const auto width = static_cast<std::size_t>(row.width);
    if (row.values.size() != width * (1 + embedded_dimensions)) return cache;  // of another program: made anew
    cache.checksum = row.checksum;
    cache.width = width;
    cache.fitted_on = static_cast<std::size_t>(row.fitted_on);
    cache.reduction = {floats(std::span(row.values).first(width)), floats(std::span(row.values).subspan(width))};
    return cache;
}

Result<ContentCache> read_cache(Connection& connection, ContentKind kind) {
    auto cache = TRY(read_cached_model(connection, kind));
    for (const auto& row : TRY(connection.rows<EmbeddingRow>(
             R"(SELECT content, problem, "values"::DOUBLE[] AS "values" FROM selection.embedding WHERE kind = ?)",
             name(kind))))
        if (row.values.size() == embedded_dimensions)
            cache.known.emplace(row.content, ReducedContent{floats(row.values), row.problem});
    return cache;
}

// Contents that are in the store are not written again.
Result<> write_cache(Connection& connection, ContentKind kind, const Renewed& renewed, const RowCounts& counts) {
    std::vector<OfferedContents::Row> rows;
    for (const auto& [content, made] : renewed.cache.known) rows.push_back({content, made.problem, made.values});
    const auto offer = connection.offer(std::make_shared<OfferedContents>(std::move(rows)));
    if (renewed.anew) TRY(connection.query("DELETE FROM selection.embedding WHERE kind = ?", name(kind)));
    TRY(connection.query(R"(DELETE FROM selection.embedding
                            WHERE kind = ? AND content NOT IN (SELECT content FROM offered_rows(?)))",
                         name(kind), offer.number()));
    TRY(connection.query(R"(INSERT INTO selection.embedding
                            SELECT ?, content, problem, "values" FROM offered_rows(?)
                            WHERE content NOT IN (SELECT content FROM selection.embedding WHERE kind = ?))",
                         name(kind), offer.number(), name(kind)));
    return write_model(connection, kind, renewed.cache, counts);
}

Result<> forget_cache(Connection& connection, ContentKind kind) {
    TRY(connection.query("DELETE FROM selection.embedding WHERE kind = ?", name(kind)));
    TRY(connection.query("DELETE FROM selection.embedding_model WHERE kind = ?", name(kind)));
    return {};
}

Result<CacheCounts> count_cache(Connection& connection, ContentKind kind) {
    return connection.row<CacheCounts>(R"(
        SELECT coalesce(max(items), 0)::BIGINT AS items, coalesce(max(unread), 0)::BIGINT AS unread,
               coalesce(max(problem), '') AS problem,
               (SELECT count(*) FROM selection.embedding WHERE kind = ?1)::BIGINT AS contents
        FROM selection.embedding_model WHERE kind = ?1)",
                                       name(kind));
}

Result<Layout> stored_layout(Connection& connection) {
    const auto has = [&](ContentKind kind) {
        return connection.count("SELECT count(*) FROM selection.embedding_model WHERE kind = ?", name(kind));
    };
    return Layout{.text = TRY(has(ContentKind::text)) > 0, .picture = TRY(has(ContentKind::picture)) > 0};
}

}  // namespace suanpan::selection
