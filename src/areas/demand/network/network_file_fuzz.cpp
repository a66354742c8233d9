#include <cstdlib>

#include "areas/demand/network/network_file.h"

// What is read can be written, and the written file is the same network.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::demand;
    const auto read = read_network({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (!read) return 0;
    const auto written = write_network(*read);
    if (!written) std::abort();
    const auto again = read_network(*written, "fuzz");
    if (!again || write_network(*again) != written) std::abort();
    return 0;
}
