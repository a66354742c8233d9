#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

// What a feature is: declared in YAML, with SQL for what is counted and how.
namespace suanpan::features {

enum class Entity { item, customer, item_place, customer_item };
inline constexpr Entity entities[] = {Entity::item, Entity::customer, Entity::item_place, Entity::customer_item};
[[nodiscard]] std::string_view name(Entity entity);
[[nodiscard]] std::span<const std::string_view> keys(Entity entity);  // "item_id", "place_id"
[[nodiscard]] Result<Entity> parse_entity(std::string_view name);

enum class ValueType { whole, real, boolean, text, instant };
[[nodiscard]] std::string_view name(ValueType type);
[[nodiscard]] std::string_view sql_type(ValueType type);

// The rows that features of a family count: one row each of a canonical table, with load_id.
struct Stream {
    enum class Time { instant, start_of_day, end_of_day };  // of the shop's day
    std::string name, sql, time_column, events;             // events: the table whose pushed rows come this way too
    Time time = Time::instant;
    std::vector<std::string> tables;  // "data.order_line": found in the SQL
    std::string about;                // "orders.yaml:12"
};

enum class Aggregate { count, sum, min, max, last, distinct };
[[nodiscard]] std::string_view name(Aggregate aggregate);
// What two disjoint sets of rows give together follows from what each gives.
[[nodiscard]] constexpr bool combines(Aggregate aggregate) {
    return aggregate != Aggregate::distinct;
}
[[nodiscard]] constexpr bool adds(Aggregate aggregate) {
    return aggregate == Aggregate::count || aggregate == Aggregate::sum;
}

struct Feature {
    std::string name, unit, owner, en, zh, about;
    Entity entity = Entity::item;
    ValueType type = ValueType::real;
    std::optional<std::int64_t> window_days;  // none: all that happened
    std::int64_t freshness_minutes = 24 * 60;
    bool from_events = false;  // pushed events change the online value at once

    // Counted from a stream, or (stream empty) an expression over other features of the entity and `moment`.
    std::string stream;
    Aggregate aggregate = Aggregate::count;
    std::string sql;
    std::vector<std::string> uses;  // features named in sql
    std::string hash;               // of all that its value follows from, but the data

    [[nodiscard]] bool derived() const { return stream.empty(); }
};

// Streams and features as written; `resolve` checks what they say of each other.
struct Declarations {
    std::map<std::string, Stream, std::less<>> streams;
    std::vector<Feature> features;  // once resolved, each after those it uses

    [[nodiscard]] const Feature* find(std::string_view name) const;
};

// Adds one file. Errors: not YAML; an unknown key, entity, type, window or aggregate, with its line and what is known;
// a name that is taken.
[[nodiscard]] Result<> parse_features(Declarations& into, const std::string& yaml, const std::string& about);

// Finds who uses whom, orders and hashes. Errors: a stream or feature that is not there, or of another entity; a cycle,
// named along its way.
[[nodiscard]] Result<Declarations> resolve(Declarations declared);

// The end of a quoted text or a comment that begins at `at`; `at` where none does.
[[nodiscard]] std::size_t end_of_quote(std::string_view sql, std::size_t at);
// The words of an SQL text outside of quotes and comments, "data.order_line" as one.
[[nodiscard]] std::vector<std::string> sql_names(std::string_view sql);

}  // namespace suanpan::features
