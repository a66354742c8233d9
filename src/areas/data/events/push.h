#pragma once

#include <string>
#include <vector>

#include "areas/data/load.h"

namespace suanpan::data {

struct PushedRecords {
    std::string source;                // of the mapping; or
    std::string table;                 // a canonical table, whose fields the records name
    std::string batch_id;              // the same one again changes nothing; empty: made of the content
    std::vector<std::string> records;  // JSON objects
};

// Loads records as a file of JSON lines is loaded: the number of a record, from 1, stands where a line's number stands.
// Errors: an unknown source, table or field, with what is known.
struct PushReport {
    FileReport report;
    std::int64_t load_id = 0;
};
[[nodiscard]] Result<PushReport> push_records(store::Shop& shop, const PushedRecords& pushed);

}  // namespace suanpan::data
