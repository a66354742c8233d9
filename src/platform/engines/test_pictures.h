#pragma once

#include <png.h>
#include <turbojpeg.h>

#include <array>
#include <string>

#include "platform/engines/picture.h"

// Pictures as files. Only tests include this.
namespace suanpan::engines {

// Of one colour.
inline Picture plain_picture(std::size_t width, std::size_t height, std::array<std::uint8_t, 3> colour) {
    Picture picture{width, height, {}};
    for (std::size_t i = 0; i < width * height; ++i) picture.rgb.append_range(colour);
    return picture;
}

inline std::string png_of(const Picture& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, picture.rgb.data(), 0, nullptr);
    std::string bytes(size, '\0');
    png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgb.data(), 0, nullptr);
    return bytes.substr(0, size);
}

inline std::string jpeg_of(const Picture& picture) {
    const auto jpeg = tj3Init(TJINIT_COMPRESS);
    tj3Set(jpeg, TJPARAM_QUALITY, 95);
    tj3Set(jpeg, TJPARAM_SUBSAMP, TJSAMP_444);
    unsigned char* made = nullptr;
    std::size_t size = 0;
    tj3Compress8(jpeg, picture.rgb.data(), static_cast<int>(picture.width), 0, static_cast<int>(picture.height),
                 TJPF_RGB, &made, &size);
    std::string bytes(reinterpret_cast<const char*>(made), size);
    tj3Free(made);
    tj3Destroy(jpeg);
    return bytes;
}

}  // namespace suanpan::engines
