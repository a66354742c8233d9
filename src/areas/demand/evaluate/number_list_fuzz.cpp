#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "areas/demand/evaluate/number_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto numbers = suanpan::demand::parse_numbers({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (numbers)
        for (const double number : *numbers)
            if (!std::isfinite(number) || number < 0) std::abort();
    return 0;
}
