#include <cstddef>
#include <cstdint>
#include <string>

#include "areas/data/features/declaration.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    suanpan::features::Declarations declared;
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (suanpan::features::parse_features(declared, text, "fuzz")) (void)suanpan::features::resolve(declared);
    return 0;
}
