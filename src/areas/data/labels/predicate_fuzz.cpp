#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "areas/data/labels/predicate.h"

// Whatever is accepted has a `?` for each value and none of what would let it leave its WHERE.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::data::labels;
    const auto predicate = parse_predicate({reinterpret_cast<const char*>(data), size}, {});
    if (!predicate) return 0;
    bool quoted = false;
    std::size_t marks = 0;
    for (const char c : predicate->sql) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        marks += c == '?' ? 1 : 0;
        if (c == ';' || c == '\'') std::abort();
    }
    if (quoted || marks != predicate->values.size()) std::abort();
    return 0;
}
