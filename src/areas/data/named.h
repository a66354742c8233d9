#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

namespace suanpan::data {

// Rows of a load that name items: item_id, source_line, and what the target maps of title, product and unit_price.
struct NamingRows {
    std::int64_t load_id = 0;
    std::string from;                       // SQL: a table or a statement in brackets
    std::optional<std::int64_t> rows = {};  // the value of its `?`
};

// Makes items, customers and places that the load's order lines or sums of sales name and nobody has described. The
// rows must be in the store by now.
[[nodiscard]] Result<> describe_the_named(store::Connection& connection, const Target& target, const NamingRows& rows);

}  // namespace suanpan::data
