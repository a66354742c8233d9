#include <cstdlib>

#include "platform/models/safetensors.h"

// What is read can be written, and the written file reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::models;
    const auto read = read_safetensors({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (!read) return 0;
    const auto written = write_safetensors(*read);
    if (!written) std::abort();
    const auto again = read_safetensors(*written, "fuzz");
    if (!again || again->tensors.size() != read->tensors.size() || write_safetensors(*again) != written) std::abort();
    return 0;
}
