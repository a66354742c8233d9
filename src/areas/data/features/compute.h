#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "areas/data/features/sql.h"
#include "platform/operations/operation.h"
#include "platform/store/shop.h"

namespace suanpan::features {

struct ComputeOptions {
    std::vector<Entity> wanted;     // empty: all
    std::optional<Instant> moment;  // none: now, or the end of the data where they end earlier
    std::function<void(const operations::Progress&)> progress = [](const operations::Progress&) {};
};

struct BlockReport {
    std::string block;
    std::int64_t computed = 0, kept = 0;  // features
    std::int64_t rows = 0;
    double seconds = 0;
};

// Which rows a computing counted: those that happened before one instant and had come to the shop before another.
struct Known {
    Instant happened_before, came_before;
};

struct ComputeReport {
    Instant moment;
    Known known;
    std::int64_t computed = 0, kept = 0;
    std::vector<BlockReport> blocks;
    double seconds = 0;
};

// Counts every feature of the entities at one moment into the tables of schema.sql, in one transaction that stops
// nobody else's reading or writing. A feature whose definition, data and moment are those of its last computing is
// kept. Errors: a feature whose SQL does not run, with where it is declared; conflict where another computing is under
// way.
[[nodiscard]] Result<ComputeReport> compute(const store::Shop& shop, const Declarations& declared,
                                            const ComputeOptions& options);

// What the shop's loads say of when it came to know a row; see README.md, "Known when".
struct Arrival {
    std::string live_from;  // SQL literal of DuckDB
    std::optional<Instant> live_since;
    bool live = false;      // the last moment is not before live_from
    bool any_late = false;  // live, and some load came at or after the first moment
};
// Fills the temporary table late_load(load_id, loaded_at) with the loads that came at or after `first`; `last` is the
// latest moment asked for. Errors: the setting features.live_from is neither a day nor an instant.
[[nodiscard]] Result<Arrival> arrivals(store::Connection& connection, const store::Shop& shop, Instant first,
                                       Instant last);

[[nodiscard]] Result<Instant> default_moment(store::Connection& connection, const store::Shop& shop);
// Changes with every load, replaced or erased row of the stream's tables.
[[nodiscard]] Result<std::string> data_version(store::Connection& connection, const Stream& stream);

}  // namespace suanpan::features
