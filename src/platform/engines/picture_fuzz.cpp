#include <cstdint>
#include <cstdlib>

#include "platform/engines/picture.h"

// Whatever is read as a picture has its points and can be fitted.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::engines;
    constexpr std::size_t most_points = 1'000'000;  // larger ones cost time and find nothing more
    const auto picture = decode_picture({reinterpret_cast<const char*>(data), size}, 8, "fuzz");
    if (!picture || picture->width * picture->height > most_points) return 0;
    if (picture->rgb.size() != 3 * picture->width * picture->height) std::abort();
    for (const float value : fitted(*picture, {8, 8}))
        if (!(value >= -0.01F && value <= 1.01F)) std::abort();
    return 0;
}
