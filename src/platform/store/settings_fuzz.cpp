#include <cstdlib>

#include "platform/store/shop.h"

// shop.yaml: no crash, and what is accepted survives being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::store;
    const auto parsed = parse_settings({reinterpret_cast<const char*>(data), size}, "shop.yaml");
    if (!parsed) return 0;
    const auto again = parse_settings(to_yaml(*parsed), "again.yaml");
    if (!again || again->name != parsed->name || again->options != parsed->options ||
        again->policies.size() != parsed->policies.size())
        std::abort();
    return 0;
}
