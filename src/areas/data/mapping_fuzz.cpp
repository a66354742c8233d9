#include <cstddef>
#include <cstdint>
#include <string>

#include "areas/data/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto mapping = suanpan::data::parse_mapping({reinterpret_cast<const char*>(data), size}, "mapping.yaml");
    if (mapping) (void)suanpan::data::source_for(*mapping, "orders.csv");
    return 0;
}
