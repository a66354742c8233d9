#include "areas/data/events/event_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <set>
#include <utility>

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct RefusedEventRow {
    std::int64_t load_id, source_line;
    std::string column_name, rule, reason, raw;
};

namespace {

using store::Connection;

std::uint64_t hash_of(std::string_view id) {
    return std::max<std::uint64_t>(std::hash<std::string_view>{}(id), 1);
}

// Those of the ids that the shop has.
Result<std::set<std::string, std::less<>>> stored_ids(Connection& connection,
                                                      const std::vector<std::string_view>& ids) {
    std::set<std::string, std::less<>> found;
    constexpr std::size_t batch = 500;
    for (std::size_t first = 0; first < ids.size(); first += batch) {
        const auto part = std::span(ids).subspan(first, std::min(batch, ids.size() - first));
        std::string marks;
        std::vector<store::Value> values;
        for (const auto id : part) {
            marks += marks.empty() ? "?" : ", ?";
            values.emplace_back(std::string(id));
        }
        const auto table = TRY(connection.query_values(
            fmt::format("SELECT event_id FROM data.event WHERE event_id IN ({})", marks), values));
        for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
            for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) found.emplace(table.text(chunk, 0, row));
    }
    return found;
}

}  // namespace

std::size_t IdSet::place_of(std::uint64_t hash) const {
    auto at = static_cast<std::size_t>(hash) & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
    return at;
}

bool IdSet::contains(std::string_view id) const {
    return slots_[place_of(hash_of(id))] != 0;
}

void IdSet::insert(std::string_view id) {
    if (2 * (size_ + 1) > slots_.size()) {
        const auto old = std::exchange(slots_, std::vector<std::uint64_t>(2 * slots_.size()));
        for (const auto hash : old)
            if (hash != 0) slots_[place_of(hash)] = hash;
    }
    auto& slot = slots_[place_of(hash_of(id))];
    size_ += slot == 0 ? 1 : 0;
    slot = hash_of(id);
}

// Takes in the ids of loads that came another way.
Result<> EventStore::learn(Connection& connection) {
    const auto newest = TRY(connection.count("SELECT coalesce(max(load_id), 0) FROM data.load"));
    if (newest == known_load_) return {};
    const auto table = TRY(connection.query("SELECT event_id FROM data.event WHERE load_id > ?", known_load_));
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) seen_.insert(table.text(chunk, 0, row));
    known_load_ = newest;
    return {};
}

// An event is there as a whole or not at all: its first row stands for it.
Result<std::vector<StoredEvents>> EventStore::drop_repeated(Connection& connection, std::span<EventBatch> batches,
                                                            std::vector<EventRow>& fresh) const {
    std::vector<std::string_view> suspects;
    for (const auto& batch : batches)
        for (const auto& rows : batch.events)
            if (seen_.contains(rows.front().event_id)) suspects.push_back(rows.front().event_id);
    auto known = TRY(stored_ids(connection, suspects));
    std::vector<StoredEvents> replies;
    for (const auto& batch : batches) {
        auto& reply = replies.emplace_back();
        for (const auto& rows : batch.events) {
            if (!known.insert(rows.front().event_id).second) {
                ++reply.repeated;
                continue;
            }
            ++reply.stored;
            fresh.insert(fresh.end(), rows.begin(), rows.end());
        }
    }
    return replies;
}

Result<EventStore::Load> EventStore::write(Connection& connection, Load load, std::span<EventRow> rows,
                                           std::span<const EventBatch> batches) {
    const auto time = now();
    const auto minute = std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
    if (load.minute != minute) {
        load = {TRY(connection.count("SELECT coalesce(max(load_id), 0) + 1 FROM data.load")), 0, minute};
        TRY(connection.query("INSERT INTO data.load VALUES (?, 'data.events', ?, ?, ?, 0, 0, 0, 0, 0)", load.id,
                             "pushed events " + format(time).substr(0, 16), fmt::format("events {}", load.id), time));
    }
    std::vector<RefusedEventRow> refused;
    for (auto& row : rows) {
        row.load_id = load.id;
        row.source_line = ++load.rows;
    }
    for (const auto& batch : batches)
        for (const auto& one : batch.refused)
            refused.push_back({load.id, ++load.rows, "", "unreadable event", one.reason, one.raw});
    TRY(connection.append<EventRow>("data", "event", rows));
    if (!refused.empty()) TRY(connection.append<RefusedEventRow>("data", "quarantine", refused));
    TRY(connection.query(R"(
        UPDATE data.load
        SET "read" = "read" + ?, loaded = loaded + ?, quarantined = quarantined + ?, loaded_at = ?
        WHERE load_id = ?)",
                         std::ssize(rows) + std::ssize(refused), std::ssize(rows), std::ssize(refused), time, load.id));
    return load;
}

Result<std::vector<StoredEvents>> EventStore::add(const store::Shop& shop, std::span<EventBatch> batches) {
    const std::lock_guard lock(mutex_);
    std::vector<StoredEvents> replies;
    std::vector<EventRow> fresh;
    auto load = load_;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        fresh.clear();
        TRY(learn(connection));
        replies = TRY(drop_repeated(connection, batches, fresh));
        const bool refused = std::ranges::any_of(batches, [](const EventBatch& one) { return !one.refused.empty(); });
        load = load_;
        if (!fresh.empty() || refused) load = TRY(write(connection, load_, fresh, batches));
        return {};
    }));
    load_ = load;
    known_load_ = std::max(known_load_, load.id);
    for (const auto& row : fresh) seen_.insert(row.event_id);
    return replies;
}

}  // namespace suanpan::data
