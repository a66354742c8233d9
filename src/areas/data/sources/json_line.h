#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::data {

struct JsonCell {
    std::string name, text;
};

// The members of one JSON object (RFC 8259) as cells, in their order: {"a": {"b": 1}} is the cell "a.b". A number or
// word is the text as written; null is the empty text; an array is one cell that holds it as JSON, for the mapping to
// take apart. What was in `cells` goes. The error's message is the reason why it is no such object, as in "the line …":
// not UTF-8, broken JSON, a name twice, deeper than 64 levels.
[[nodiscard]] Result<> flatten_json(std::string_view line, std::vector<JsonCell>& cells);

// The same, with the array `name`, "order.lines", taken apart: a row for each of its elements, with the other members
// of the line in each. The members of an element that is an object are the cells "order.lines.sku" and so on, any other
// element is the cell "order.lines". Where the array is empty, missing or no array the line is one row.
// Errors: also where the rows together would have more than 64 MiB.
[[nodiscard]] Result<> unnest_json(std::string_view line, const std::string& name,
                                   std::vector<std::vector<JsonCell>>& rows);

}  // namespace suanpan::data
