#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "areas/data/features/compute.h"
#include "areas/data/features/sql.h"
#include "platform/store/shop.h"

// Feature values in memory, read by key. What readers see is immutable; computing and pushed events put another in its
// place, so that a read waits for nothing.
namespace suanpan::features {

using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string, Instant>;

// One feature of every key, by row.
struct Column {
    ValueType type = ValueType::real;
    std::vector<std::int64_t> whole;  // whole numbers, booleans, instants (µs), or places in `texts`
    std::vector<double> real;
    std::vector<bool> null;
    std::vector<std::string> texts;

    [[nodiscard]] Cell cell(std::size_t row) const;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using ByKey = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// As computed at `moment`.
struct EntityTable {
    Instant moment;
    std::vector<std::string> names;  // of the columns
    std::unordered_map<std::string, std::size_t> column_of;
    std::vector<Column> columns;
    ByKey<std::uint32_t> row_of;  // by key_text
};

// A key's row as pushed events have changed it since.
struct ChangedRow {
    std::vector<Cell> cells;                 // as many as columns
    std::map<std::size_t, Instant> last_at;  // of `last` features: when the value was taken
};

// In shards, so that a batch of events copies only the shards it touches.
struct Changes {
    using Shard = ByKey<std::shared_ptr<const ChangedRow>>;
    static constexpr std::size_t shards = 256;
    std::array<std::shared_ptr<const Shard>, shards> shard;

    [[nodiscard]] const ChangedRow* find(std::string_view key) const;
};

struct Served {
    std::shared_ptr<const EntityTable> table;  // null: never computed
    std::shared_ptr<const Changes> changes;    // null: none
};
using Snapshot = std::array<Served, std::size(entities)>;

// The parts of a key, put together as row_of has them.
[[nodiscard]] std::string key_text(std::string_view first, std::string_view second);

// A row of one of the canonical tables, pushed as it happens.
struct Event {
    std::string id;    // an event that came before is not counted again
    std::string kind;  // "order_line" or "return_line"
    std::string item_id;
    std::optional<std::string> customer_id, place_id, order_id;
    std::int64_t quantity = 1;
    std::int64_t unit_price = 0;  // minor units of the shop's currency
    Instant at;
    Instant received_at;
};

struct Applied {
    std::int64_t events = 0, repeated = 0, keys = 0;
};

// The online tables of one shop.
class Online {
  public:
    // Takes what was computed last from the store; later calls only look.
    [[nodiscard]] Result<std::shared_ptr<const Snapshot>> snapshot(const store::Shop& shop);
    // After computing: puts the new values in place and counts again the events that they do not hold.
    [[nodiscard]] Result<> publish(const store::Shop& shop, const Declarations& declared, const Known& known);
    // Changes the features that pushed events reach. The caller has stored the events: what was only applied is gone
    // when the program ends. Errors: an event of an unknown kind.
    [[nodiscard]] Result<Applied> apply(const store::Shop& shop, const Declarations& declared,
                                        std::vector<Event> events);

    // Reads the values anew and counts again the events that they do not hold, without these people.
    [[nodiscard]] Result<> forget(const store::Shop& shop, const Declarations& declared,
                                  std::span<const std::string> customer_ids);

    std::mutex computing;  // held while computing: one at a time

  private:
    [[nodiscard]] Result<> put_in_place(const store::Shop& shop, const Declarations& declared,
                                        const Snapshot& computed);  // under writing_

    std::atomic<std::shared_ptr<const Snapshot>> current_;
    std::mutex writing_;  // of current_, log_ and seen_
    std::vector<Event> log_;
    std::set<std::string, std::less<>> seen_;
};

[[nodiscard]] Result<std::shared_ptr<const EntityTable>> read_entity(store::Connection& connection, Entity entity);
// The snapshot with the events counted.
[[nodiscard]] Result<std::shared_ptr<const Snapshot>> with_events(store::Connection& connection,
                                                                  const Declarations& declared,
                                                                  const Snapshot& snapshot,
                                                                  std::span<const Event> events);
[[nodiscard]] std::int64_t changed_keys(const Snapshot& snapshot);

}  // namespace suanpan::features
