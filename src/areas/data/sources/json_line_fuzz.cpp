#include <cstdint>
#include <cstdlib>
#include <glaze/json.hpp>
#include <string_view>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/json_line.h"

// What is taken for an object is JSON to another reader as well, and its cells are UTF-8; its first array can be taken
// apart.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<suanpan::data::JsonCell> cells;
    if (!suanpan::data::flatten_json(text, cells)) return 0;
    if (glz::validate_json(text)) std::abort();
    for (const auto& cell : cells)
        if (!suanpan::data::csv::is_utf8(cell.text) || !suanpan::data::csv::is_utf8(cell.name)) std::abort();
    // Whatever is in the array, its line stays a line.
    std::vector<std::vector<suanpan::data::JsonCell>> rows;
    if (!cells.empty() && suanpan::data::unnest_json(text, cells.front().name, rows) && rows.empty()) std::abort();
    return 0;
}
