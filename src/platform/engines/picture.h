#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::engines {

struct Picture {
    std::size_t width = 0, height = 0;
    std::vector<std::uint8_t> rgb;  // rows from the top, three bytes a point
};

inline constexpr std::size_t largest_picture_file = std::size_t{32} << 20;
inline constexpr std::size_t most_picture_points = 50'000'000;

// A JPEG (by libjpeg-turbo) or PNG (by libpng; what shows through is white). Sizes are looked at before anything is
// decoded. A JPEG may come out smaller, by 2, 4 or 8, as long as its sides stay `least_side` or more. Errors:
// invalid_argument where it is neither or damaged; too_large above the limits.
[[nodiscard]] Result<Picture> decode_picture(std::string_view bytes, std::size_t least_side, const std::string& about);

struct PictureSize {
    std::size_t width = 0, height = 0;
};
// The largest middle part of the wanted proportions, brought to the wanted size by a triangle filter as wide as what a
// point covers (Pillow's bilinear). Three values of 0 to 1 a point, one colour after the other: [3][height][width].
[[nodiscard]] std::vector<float> fitted(const Picture& picture, const PictureSize& size);

}  // namespace suanpan::engines
