#include <cstddef>
#include <cstdint>

#include "platform/jobs/schedule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)suanpan::jobs::parse_schedule({reinterpret_cast<const char*>(data), size});
    return 0;
}
