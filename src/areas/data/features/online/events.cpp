#include <fmt/format.h>

#include <algorithm>

#include "areas/data/features/online/online.h"

// Pushed events counted by the SQL of the declarations, over the events alone; what they give is put together with what
// was there.
namespace suanpan::features {
namespace {

using store::Connection;
using store::Table;
using store::Type;

struct PushedOrder {
    std::string order_id;
    std::int64_t line;
    std::string item_id;
    std::optional<std::string> customer_id, place_id;
    Instant ordered_at;
    std::int64_t quantity, cancelled_quantity, unit_price, load_id, source_line;
};

struct PushedReturn {
    std::string return_id;
    std::int64_t line;
    std::optional<std::string> order_id;
    std::string item_id;
    std::optional<std::string> customer_id, place_id;
    Instant returned_at;
    std::int64_t quantity, unit_price, load_id, source_line;
};

Result<> fill_pushed(Connection& connection, std::span<const Event> events) {
    for (const auto* table : {"order_line", "return_line"})
        TRY(connection.run(fmt::format("CREATE OR REPLACE TEMP TABLE pushed_{0} AS FROM data.{0} LIMIT 0", table)));
    std::vector<PushedOrder> orders;
    std::vector<PushedReturn> returns;
    std::int64_t line = 0;
    for (const auto& event : events) {
        ++line;
        if (event.kind == "order_line")
            orders.push_back({event.order_id.value_or(event.id), line, event.item_id, event.customer_id, event.place_id,
                              event.at, event.quantity, 0, event.unit_price, 0, line});
        else
            returns.push_back({event.id, line, event.order_id, event.item_id, event.customer_id, event.place_id,
                               event.at, event.quantity, event.unit_price, 0, line});
    }
    TRY(connection.append<PushedOrder>("", "pushed_order_line", orders));
    return connection.append<PushedReturn>("", "pushed_return_line", returns);
}

Cell cell_of(const Table& table, std::size_t chunk, std::size_t column, std::size_t row) {
    if (table.is_null(chunk, column, row)) return std::monostate{};
    switch (table.type(column)) {
        case Type::boolean:
            return table.values<bool>(chunk, column)[row];
        case Type::real:
            return table.values<double>(chunk, column)[row];
        case Type::text:
            return std::string(table.text(chunk, column, row));
        case Type::instant:
            return Instant(std::chrono::microseconds(table.values<std::int64_t>(chunk, column)[row]));
        default:
            return table.values<std::int64_t>(chunk, column)[row];
    }
}

template <class T>
Cell sum(const Cell& left, const Cell& right) {
    return std::get<T>(left) + std::get<T>(right);
}

// What two disjoint sets of rows give together.
Cell combine(Aggregate aggregate, const Cell& left, const Cell& right) {
    if (std::holds_alternative<std::monostate>(right)) return left;
    if (std::holds_alternative<std::monostate>(left)) return right;
    if (aggregate == Aggregate::min) return std::min(left, right);
    if (aggregate == Aggregate::max) return std::max(left, right);
    return std::holds_alternative<double>(left) ? sum<double>(left, right) : sum<std::int64_t>(left, right);
}

class Merger {
  public:
    Merger(Connection& connection, const Declarations& declared, Entity entity, const Served& served)
        : connection_(connection), declared_(declared), entity_(entity), served_(served) {}

    // Rows (keys…, features…) that the events give.
    Result<> merge(const Block& block, const Table& rows) {
        const auto keys = features::keys(entity_).size();
        for (std::size_t chunk = 0; chunk < rows.chunks(); ++chunk)
            for (std::size_t row = 0; row < rows.chunk_rows(chunk); ++row) {
                auto& changed = row_for(key_text(rows.text(chunk, 0, row), keys == 1 ? "" : rows.text(chunk, 1, row)));
                for (const auto* feature : block.features) merge_cell(changed, *feature, {rows, chunk, row});
            }
        return {};
    }

    // Features made of those that changed, by their own SQL over the changed rows.
    Result<> derive(Instant moment);
    Result<> derive_rows(const std::vector<const Feature*>& derived, const std::vector<const Feature*>& needed,
                         std::span<ChangedRow*> rows, Instant moment);

    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] std::shared_ptr<const Changes> changes() const;

  private:
    struct At {
        const Table& rows;
        std::size_t chunk, row;
    };

    ChangedRow& row_for(const std::string& key) {
        const auto found = rows_.find(key);
        if (found != rows_.end()) return found->second;
        auto& row = rows_[key];
        if (const auto* changed = served_.changes ? served_.changes->find(key) : nullptr) {
            row = *changed;
            return row;
        }
        const auto at = served_.table->row_of.find(key);
        for (const auto& column : served_.table->columns)
            row.cells.push_back(at == served_.table->row_of.end() ? Cell{} : column.cell(at->second));
        if (at == served_.table->row_of.end()) fill_new(row);
        return row;
    }

    // A key never met: nothing was counted for it.
    void fill_new(ChangedRow& row) const {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (const auto* feature = declared_.find(served_.table->names[i]);
                feature && !feature->derived() &&
                (adds(feature->aggregate) || feature->aggregate == Aggregate::distinct))
                row.cells[i] = feature->type == ValueType::real ? Cell(0.0) : Cell(std::int64_t{0});
    }

    void merge_cell(ChangedRow& row, const Feature& feature, const At& at) const {
        const auto column = served_.table->column_of.find(feature.name);
        if (column == served_.table->column_of.end()) return;
        auto& cell = row.cells[column->second];
        const auto value = cell_of(at.rows, at.chunk, *at.rows.find(feature.name), at.row);
        if (feature.aggregate != Aggregate::last) {
            cell = combine(feature.aggregate, cell, value);
            return;
        }
        const auto time = cell_of(at.rows, at.chunk, *at.rows.find(feature.name + "_at"), at.row);
        if (!std::holds_alternative<Instant>(time)) return;
        // What was computed is older than its moment; of what came later the newest counts.
        const auto known = row.last_at.find(column->second);
        const auto since = known == row.last_at.end() ? served_.table->moment : known->second;
        if (std::get<Instant>(time) < since && !std::holds_alternative<std::monostate>(cell)) return;
        cell = value;
        row.last_at[column->second] = std::get<Instant>(time);
    }

    Connection& connection_;
    const Declarations& declared_;
    Entity entity_;
    const Served& served_;
    std::map<std::string, ChangedRow> rows_;
};

store::Value bound(const Cell& cell) {
    return std::visit(
        []<class T>(const T& value) -> store::Value {
            if constexpr (std::is_same_v<T, std::monostate>)
                return nullptr;
            else
                return value;
        },
        cell);
}

// Rows (number, columns…) of bound values.
std::string values_sql(const std::vector<const Feature*>& columns, std::size_t rows) {
    std::string row = "SELECT CAST(? AS BIGINT) AS number";
    for (const auto* column : columns)
        row += fmt::format(", CAST(? AS {}) AS {}", sql_type(column->type), column->name);
    std::string all = row;
    for (std::size_t i = 1; i < rows; ++i) all += " UNION ALL " + row;
    return all;
}

Result<> Merger::derive(Instant moment) {
    constexpr std::size_t batch = 64;
    std::vector<const Feature*> derived, needed;
    for (const auto& feature : declared_.features) {
        if (feature.entity != entity_ || !served_.table->column_of.contains(feature.name)) continue;
        (feature.derived() ? derived : needed).push_back(&feature);
    }
    std::vector<ChangedRow*> rows;
    for (auto& [key, row] : rows_) rows.push_back(&row);
    for (std::size_t first = 0; first < rows.size() && !derived.empty(); first += batch)
        TRY(derive_rows(derived, needed, std::span(rows).subspan(first, std::min(batch, rows.size() - first)), moment));
    return {};
}

Result<> Merger::derive_rows(const std::vector<const Feature*>& derived, const std::vector<const Feature*>& needed,
                             std::span<ChangedRow*> rows, Instant moment) {
    std::vector<store::Value> values = {moment};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        values.emplace_back(static_cast<std::int64_t>(i));
        for (const auto* column : needed)
            values.push_back(bound(rows[i]->cells[served_.table->column_of.at(column->name)]));
    }
    const auto relation = fmt::format("(SELECT CAST(? AS TIMESTAMPTZ) AS moment, * FROM ({})) ORDER BY number",
                                      values_sql(needed, rows.size()));
    const auto table = TRY(connection_.query_values(derive_sql(derived, relation), values));
    std::size_t at = 0;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row, ++at)
            for (const auto* feature : derived)
                rows[at]->cells[served_.table->column_of.at(feature->name)] =
                    cell_of(table, chunk, *table.find(feature->name), row);
    return {};
}

std::shared_ptr<const Changes> Merger::changes() const {
    auto made = served_.changes ? std::make_shared<Changes>(*served_.changes) : std::make_shared<Changes>();
    std::map<std::size_t, std::shared_ptr<Changes::Shard>> copied;
    for (const auto& [key, row] : rows_) {
        const auto number = TextHash{}(key) % Changes::shards;
        auto& shard = copied[number];
        if (!shard)
            shard = made->shard[number] ? std::make_shared<Changes::Shard>(*made->shard[number])
                                        : std::make_shared<Changes::Shard>();
        (*shard)[key] = std::make_shared<const ChangedRow>(row);
    }
    for (auto& [number, shard] : copied) made->shard[number] = std::move(shard);
    return made;
}

// The features that the events reach, by stream.
std::vector<Block> reached(const Declarations& declared, Entity entity) {
    std::vector<const Feature*> features;
    for (const auto& feature : declared.features)
        if (feature.entity == entity && feature.from_events && !feature.derived()) features.push_back(&feature);
    return blocks_of(features, declared);
}

}  // namespace

Result<std::shared_ptr<const Snapshot>> with_events(Connection& connection, const Declarations& declared,
                                                    const Snapshot& snapshot, std::span<const Event> events) {
    auto made = std::make_shared<Snapshot>(snapshot);
    if (events.empty()) return made;
    TRY(fill_pushed(connection, events));
    // Values are as of the newest event: its own time, whenever it was pushed, so that the past can be played again.
    Instant moment{};
    for (const auto& event : events) moment = std::max(moment, event.at + std::chrono::microseconds(1));
    for (const auto entity : entities) {
        auto& served = (*made)[static_cast<std::size_t>(entity)];
        if (!served.table) continue;
        Merger merger(connection, declared, entity, served);
        for (const auto& block : reached(declared, entity)) {
            const auto& table = block.stream->events;
            const Frame frame{.moment = instant_literal(std::max(moment, served.table->moment)),
                              .keys = key_list(entity),
                              .replaces = "data." + table,
                              .replacement = "pushed_" + table,
                              .time_of_last = "_at"};
            TRY(merger.merge(block, TRY(connection.query(block_sql(block, frame)))));
        }
        if (merger.empty()) continue;
        TRY(merger.derive(std::max(moment, served.table->moment)));
        served.changes = merger.changes();
    }
    return made;
}

}  // namespace suanpan::features
