#include "areas/data/features/online/online.h"

#include <fmt/format.h>

#include <algorithm>

namespace suanpan::features {
namespace {

using store::Connection;
using store::Table;
using store::Type;

ValueType type_of(Type type) {
    switch (type) {
        case Type::boolean:
            return ValueType::boolean;
        case Type::text:
            return ValueType::text;
        case Type::instant:
            return ValueType::instant;
        case Type::real:
            return ValueType::real;
        default:
            return ValueType::whole;
    }
}

void read_texts(const Table& table, std::size_t index, Column& column) {
    ByKey<std::int64_t> place_of;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) {
            const auto text = table.is_null(chunk, index, row) ? std::string_view() : table.text(chunk, index, row);
            auto found = place_of.find(text);
            if (found == place_of.end()) {
                found = place_of.emplace(text, std::ssize(column.texts)).first;
                column.texts.emplace_back(text);
            }
            column.whole.push_back(found->second);
        }
}

template <class Stored, class Kept>
void read_values(const Table& table, std::size_t index, std::vector<Kept>& into) {
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (const auto value : table.values<Stored>(chunk, index)) into.push_back(static_cast<Kept>(value));
}

Column read_column(const Table& table, std::size_t index) {
    Column column{.type = type_of(table.type(index))};
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row)
            column.null.push_back(table.is_null(chunk, index, row));
    if (column.type == ValueType::text)
        read_texts(table, index, column);
    else if (column.type == ValueType::real)
        read_values<double>(table, index, column.real);
    else if (column.type == ValueType::boolean)
        read_values<bool>(table, index, column.whole);
    else
        read_values<std::int64_t>(table, index, column.whole);
    return column;
}

Result<bool> is_there(Connection& connection, Entity entity) {
    return TRY(connection.count("SELECT count(*) FROM duckdb_views() WHERE schema_name = 'features' AND view_name = ?",
                                name(entity))) > 0;
}

}  // namespace

Cell Column::cell(std::size_t row) const {
    if (null[row]) return std::monostate{};
    switch (type) {
        case ValueType::real:
            return real[row];
        case ValueType::text:
            return texts[static_cast<std::size_t>(whole[row])];
        case ValueType::instant:
            return Instant(std::chrono::microseconds(whole[row]));
        case ValueType::boolean:
            return whole[row] != 0;
        default:
            return whole[row];
    }
}

const ChangedRow* Changes::find(std::string_view key) const {
    const auto& there = shard[TextHash{}(key) % shards];
    if (!there) return nullptr;
    const auto found = there->find(key);
    return found == there->end() ? nullptr : found->second.get();
}

std::string key_text(std::string_view first, std::string_view second) {
    if (second.empty()) return std::string(first);
    return fmt::format("{}\x1f{}", first, second);
}

Result<std::shared_ptr<const EntityTable>> read_entity(Connection& connection, Entity entity) {
    if (!TRY(is_there(connection, entity))) return nullptr;
    auto made = std::make_shared<EntityTable>();
    const auto by = key_list(entity);
    const auto rows = TRY(
        connection.query(fmt::format("SELECT {0}, * EXCLUDE ({0}) FROM features.{1}", join(by, ", "), name(entity))));
    made->row_of.reserve(rows.rows());
    std::uint32_t number = 0;
    for (std::size_t chunk = 0; chunk < rows.chunks(); ++chunk)
        for (std::size_t row = 0; row < rows.chunk_rows(chunk); ++row) {
            if (number == 0)
                made->moment = Instant(std::chrono::microseconds(rows.values<std::int64_t>(chunk, by.size())[row]));
            made->row_of.emplace(key_text(rows.text(chunk, 0, row), by.size() == 1 ? "" : rows.text(chunk, 1, row)),
                                 number++);
        }
    for (auto column = by.size() + 1; column < rows.columns(); ++column) {
        made->column_of.emplace(rows.name(column), made->names.size());
        made->names.push_back(rows.name(column));
        made->columns.push_back(read_column(rows, column));
    }
    return made;
}

std::int64_t changed_keys(const Snapshot& snapshot) {
    std::int64_t keys = 0;
    for (const auto& served : snapshot)
        for (const auto& shard : served.changes ? served.changes->shard : decltype(Changes::shard){})
            keys += shard ? std::ssize(*shard) : 0;
    return keys;
}

namespace {

Result<Snapshot> read_all(const store::Shop& shop) {
    return shop.database().read([](Connection& connection) -> Result<Snapshot> {
        Snapshot snapshot;
        for (const auto entity : entities)
            snapshot[static_cast<std::size_t>(entity)].table = TRY(read_entity(connection, entity));
        return snapshot;
    });
}

}  // namespace

Result<std::shared_ptr<const Snapshot>> Online::snapshot(const store::Shop& shop) {
    if (auto there = current_.load()) return there;
    const std::lock_guard lock(writing_);
    if (auto there = current_.load()) return there;
    std::shared_ptr<const Snapshot> made = std::make_shared<const Snapshot>(TRY(read_all(shop)));
    current_.store(made);
    return made;
}

Result<> Online::publish(const store::Shop& shop, const Declarations& declared, const Known& known) {
    auto made = TRY(read_all(shop));
    const std::lock_guard lock(writing_);
    std::erase_if(log_, [&](const Event& event) {
        return event.at < known.happened_before && event.received_at < known.came_before;
    });
    seen_.clear();
    for (const auto& event : log_) seen_.insert(event.id);
    return put_in_place(shop, declared, made);
}

Result<> Online::put_in_place(const store::Shop& shop, const Declarations& declared, const Snapshot& computed) {
    auto connection = TRY(shop.database().connect());
    current_.store(TRY(with_events(connection, declared, computed, log_)));
    return {};
}

Result<> Online::forget(const store::Shop& shop, const Declarations& declared,
                        std::span<const std::string> customer_ids) {
    const auto made = TRY(read_all(shop));
    const std::lock_guard lock(writing_);
    for (auto& event : log_)
        if (event.customer_id && std::ranges::contains(customer_ids, *event.customer_id)) event.customer_id.reset();
    return put_in_place(shop, declared, made);
}

Result<Applied> Online::apply(const store::Shop& shop, const Declarations& declared, std::vector<Event> events) {
    auto before = TRY(snapshot(shop));
    const std::lock_guard lock(writing_);
    before = current_.load();
    Applied applied;
    std::vector<Event> fresh;
    std::set<std::string, std::less<>> ids;
    for (auto& event : events) {
        if (event.kind != "order_line" && event.kind != "return_line")
            return fail(ErrorCode::invalid_argument,
                        fmt::format("\"{}\" is no kind of event; known are order_line and return_line", event.kind),
                        event.id);
        if (seen_.contains(event.id) || !ids.insert(event.id).second)
            ++applied.repeated;
        else
            fresh.push_back(std::move(event));
    }
    if (fresh.empty()) return applied;
    auto connection = TRY(shop.database().connect());
    auto after = TRY(with_events(connection, declared, *before, fresh));
    applied.events = std::ssize(fresh);
    applied.keys = changed_keys(*after);
    current_.store(std::move(after));
    for (auto& event : fresh) {
        seen_.insert(event.id);
        log_.push_back(std::move(event));
    }
    return applied;
}

}  // namespace suanpan::features
