#include "areas/data/route.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "areas/data/csv/rows.h"
#include "areas/data/load_sql.h"

namespace suanpan::data {
namespace {

constexpr std::size_t chunks_at_once = 512;  // a million rows, so that a big file's answer stays small

// Places by the hash of the order's number: two orders of one hash share a count, and no place comes twice in either.
class Places {
  public:
    std::uint32_t next(std::int64_t order) {
        if (last_ == nullptr || order != last_order_) last_ = &counts_[order];
        last_order_ = order;
        return ++*last_;
    }

  private:
    std::unordered_map<std::int64_t, std::uint32_t> counts_;
    std::int64_t last_order_ = 0;
    std::uint32_t* last_ = nullptr;
};

// The hash of the row's order, 0 where its target does not number lines.
std::string order_sql(const Source& source) {
    std::string sql = "CASE target";
    for (std::size_t i = 0; i < source.targets.size(); ++i)
        if (const auto& target = source.targets[i]; numbers_lines(target))
            sql += fmt::format(" WHEN {} THEN hash({}) >> 1", i, *target.expression(target.table->key.front()));
    return sql + " ELSE 0 END";
}

class Router {
  public:
    Router(store::Connection& connection, const std::shared_ptr<CsvTable>& table, const Source& source)
        : connection_(connection), table_(table), source_(source) {
        numbers_ = std::ranges::any_of(source.targets, numbers_lines);
        sql_ =
            fmt::format(R"(
            SELECT source_row, coalesce(target, {}), {}
            FROM (SELECT *, CAST({} AS BIGINT) AS target FROM offered_rows(?)){})",
                        Fate::unrouted, numbers_ ? fmt::format("CAST({} AS BIGINT)", order_sql(source)) : "0::BIGINT",
                        route_sql(source), numbers_ ? "" : " WHERE target IS DISTINCT FROM 0");
    }

    Result<> run(const std::function<void(std::size_t)>& progress) {
        if (numbers_) table_->places.assign(table_->sizes.size(), 0);
        for (std::size_t first = 0; first < table_->chunks.size(); first += chunks_at_once) {
            TRY(take(first, std::min(first + chunks_at_once, table_->chunks.size())));
            progress(std::min((first + chunks_at_once) * CsvTable::chunk_rows, table_->sizes.size()));
        }
        return {};
    }

  private:
    Result<> take(std::size_t first_chunk, std::size_t last_chunk) {
        const auto offer = connection_.offer(std::make_shared<CsvRows>(table_, NullTexts(source_.null_texts),
                                                                       CsvRows::Part{0, first_chunk, last_chunk}));
        const auto routed = TRY(connection_.query(sql_, offer.number()));
        const auto first_row = first_chunk * CsvTable::chunk_rows;
        orders_.assign((last_chunk - first_chunk) * CsvTable::chunk_rows, 0);
        for (std::size_t chunk = 0; chunk < routed.chunks(); ++chunk) {
            const auto rows = routed.values<std::int64_t>(chunk, 0), fates = routed.values<std::int64_t>(chunk, 1),
                       orders = routed.values<std::int64_t>(chunk, 2);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const auto row = static_cast<std::size_t>(rows[i]);
                table_->fates[row] = static_cast<std::uint8_t>(fates[i]);
                orders_[row - first_row] = orders[i];
            }
        }
        if (!numbers_) return {};
        const auto end = std::min(first_row + orders_.size(), table_->sizes.size());
        for (auto row = first_row; row < end; ++row)
            if (const auto order = orders_[row - first_row]; order != 0) table_->places[row] = places_.next(order);
        return {};
    }

    store::Connection& connection_;
    const std::shared_ptr<CsvTable>& table_;
    const Source& source_;
    std::string sql_;
    bool numbers_ = false;
    Places places_;
    std::vector<std::int64_t> orders_;  // of the rows at hand
};

}  // namespace

bool numbers_lines(const Target& target) {
    return std::ranges::contains(target.table->key, "line") && target.expression("line") == nullptr;
}

std::string_view row_name(const Target& target) {
    return target.declared.unnested ? "source_row" : "source_line";
}

Result<> route(store::Connection& connection, const std::shared_ptr<CsvTable>& table, const Source& source,
               const std::function<void(std::size_t)>& progress) {
    for (auto& fate : table->fates)
        if (fate <= Fate::unrouted) fate = 0;
    const bool numbers = std::ranges::any_of(source.targets, numbers_lines);
    if (!numbers && source.targets.size() == 1 && source.targets[0].when.empty()) return {};
    return Router(connection, table, source).run(progress);
}

}  // namespace suanpan::data
