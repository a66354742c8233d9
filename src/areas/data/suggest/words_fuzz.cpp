#include <cstdint>
#include <cstdlib>

#include "areas/data/suggest/words.h"

// Any bytes may stand in a header; a score stays between 0 and 1.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view header(reinterpret_cast<const char*>(data), size);
    for (const auto* field : {"item_id", "ordered_at", "body"}) {
        const auto score = suanpan::data::header_fit(header, "reviews", field).score;
        if (score < 0 || score > 1) std::abort();
    }
    (void)suanpan::data::file_name_hints(header, "order_lines");
    return 0;
}
