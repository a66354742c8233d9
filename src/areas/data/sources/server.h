#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "areas/data/load.h"
#include "platform/store/schema.h"

// Tables of a PostgreSQL server, read by a column that only rises.
namespace suanpan::data {

// The `postgres` of a source in the mapping.
struct Server {
    std::string connect;          // env:NAME or file:PATH; what is there is a libpq connection string
    std::string table, query;     // one of the two
    std::string key;              // a column: numbers or times, of which new and changed rows have higher ones
    std::string overlap;          // an interval ("10 minutes") that is read again, for rows that were committed late
    std::string compare;          // an interval ("1 day"): how often all rows are read, to find which are gone
    std::int64_t batch = 50'000;  // rows of a load
};
// Errors: no such source, or it has no `postgres`; a setting that is wrong, with what is known.
[[nodiscard]] Result<Server> parse_server(const std::string& yaml, const std::string& source);

// The connection string. Errors: the variable is not set; a file that others may read, or within the shop's folder,
// which is copied and backed up. No error repeats what is there.
[[nodiscard]] Result<std::string> connection_text(const Server& server, const std::filesystem::path& shop_folder);

struct PullOptions {
    std::function<void(std::int64_t rows)> progress = [](std::int64_t) {};
    std::stop_token stop = {};
};

struct PullReport {
    FileReport sum;  // over all batches
    std::int64_t batches = 0;
    bool compared = false;  // all rows were read, and those that are gone there were removed
    std::string up_to;      // the highest key that was read
};

// Reads the rows whose key is above that of the last pull, batch by batch, each a load of its own that keeps the key it
// went up to in the same transaction: what stops in the middle goes on there. Rows of equal keys stay together. Columns
// are texts as the server writes them; times with a zone are in the shop's. Errors: unavailable where the server cannot
// be reached or goes away, with what to do; invalid_argument where it refuses the statement.
// Where `compare` is due, all rows of one snapshot are read first as one load; rows that earlier loads of the source
// brought and that are not among them go as those of a corrected file do (`replaces: file`). A table that is empty
// there is taken for one that is being filled anew, and nothing goes.
[[nodiscard]] Result<PullReport> pull(store::Shop& shop, const Source& source, const Server& server,
                                      const PullOptions& options);

// Where pulls stand: sources.pull.
[[nodiscard]] store::Schema sources_schema();

}  // namespace suanpan::data
