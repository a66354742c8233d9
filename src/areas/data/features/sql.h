#pragma once

#include <string>
#include <vector>

#include "areas/data/features/declaration.h"
#include "areas/data/features/dialect.h"
#include "platform/base/time.h"

// The SQL that a declaration stands for. Everything pasted comes from declarations and from the program itself.
namespace suanpan::features {

// The features of one entity that are counted from one stream.
struct Block {
    Entity entity;
    const Stream* stream;
    std::vector<const Feature*> features;

    [[nodiscard]] std::string name() const;  // "item_order_lines"
};

[[nodiscard]] std::vector<Block> blocks_of(const std::vector<const Feature*>& features, const Declarations& declared);
// The wanted features and all that they use, each after what it uses.
[[nodiscard]] std::vector<const Feature*> with_uses(const Declarations& declared,
                                                    const std::vector<const Feature*>& wanted);

// When features are counted: at one moment for every key there is, or at the moment of each point.
struct Frame {
    std::string moment;                 // SQL: a literal, or "p.moment"
    std::vector<std::string> keys;      // result columns: the entity's keys, or "point_id"
    std::string points;                 // empty, or a table (point_id, keys…, moment)
    std::string late;                   // empty, or a table (load_id, loaded_at) of loads that came after some moment
    std::string live_from;              // SQL literal of when the shop went live; NULL: never
    std::string time_zone;              // of the shop's days
    std::string replaces, replacement;  // a table in the stream's SQL, and what to read instead
    Dialect dialect = Dialect::duckdb;
    std::string time_of_last;  // where given, each `last` feature f also has f || time_of_last, its instant
};

// Rows (keys…, one column a feature) for those keys that have rows. One scan of the stream for all windows of all
// features that combine, and one more for each expression counted as distinct: rows are first put together by the
// smallest window that holds them, and windows are made of those.
[[nodiscard]] std::string block_sql(const Block& block, const Frame& frame);

// As above for points, where every feature adds and every row is known when it happens: running sums by key, and for
// each window the difference of two as-of joins. Costs no more where a key has many rows and many points.
[[nodiscard]] std::string running_block_sql(const Block& block, const Frame& frame);

// SELECT keys…, moment, wanted features FROM base LEFT JOIN blocks. `base` has keys… and moment; `join_keys` are those
// that the block tables have; `block_table` names the table of a block.
struct Assembly {
    std::string base;
    std::vector<std::string> keep, join_keys;
    std::string block_prefix;
    Dialect dialect = Dialect::duckdb;
};
// Keys and moment of all that the entity has; pairs are those of its blocks' tables.
[[nodiscard]] std::string population_sql(Entity entity, const std::vector<Block>& blocks, const std::string& moment,
                                         std::string_view block_prefix);
[[nodiscard]] std::string assemble_sql(const Declarations& declared, const std::vector<const Feature*>& wanted,
                                       const Assembly& assembly);
// The derived ones among `features`, as further columns of a relation that has the others and `moment`.
[[nodiscard]] std::string derive_sql(const std::vector<const Feature*>& features, const std::string& relation,
                                     Dialect dialect = Dialect::duckdb);

[[nodiscard]] std::string join(const std::vector<std::string>& words, std::string_view between);
[[nodiscard]] std::vector<std::string> key_list(Entity entity);

}  // namespace suanpan::features
