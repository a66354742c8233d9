#include "platform/engines/picture.h"

#include <fmt/format.h>
#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace suanpan::engines {
namespace {

constexpr std::string_view jpeg_begin = "\xFF\xD8\xFF", png_begin = "\x89PNG\r\n\x1A\n";

std::unexpected<Error> damaged(const std::string& what, const std::string& about) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("the picture cannot be read: {}; save it again as JPEG or PNG", what), about);
}

Result<> check_points(std::size_t width, std::size_t height, const std::string& about) {
    if (width == 0 || height == 0) return damaged("it has no points", about);
    if (width <= most_picture_points / height) return {};
    return fail(ErrorCode::too_large,
                fmt::format("the picture has {} x {} points, more than {} million; save a smaller one", width, height,
                            most_picture_points / 1'000'000),
                about);
}

using Jpeg = std::unique_ptr<void, decltype([](void* handle) { tj3Destroy(handle); })>;

std::size_t side_of(tjhandle jpeg, int parameter) {
    return static_cast<std::size_t>(std::max(0, tj3Get(jpeg, parameter)));
}

// The library decodes smaller pictures in a fraction of the time.
int divisor(std::size_t side, std::size_t least_side) {
    int by = 1;
    while (by < 8 && side / (2 * static_cast<std::size_t>(by)) >= least_side) by *= 2;
    return by;
}

Result<Picture> read_jpeg(tjhandle jpeg, std::string_view bytes, std::size_t least_side, const std::string& about) {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    tj3Set(jpeg, TJPARAM_SCANLIMIT, 100);  // each scan costs time, and a small file may have very many
    if (tj3DecompressHeader(jpeg, data, bytes.size()) != 0) return damaged(tj3GetErrorStr(jpeg), about);
    const auto width = side_of(jpeg, TJPARAM_JPEGWIDTH), height = side_of(jpeg, TJPARAM_JPEGHEIGHT);
    TRY(check_points(width, height, about));
    const int colours = tj3Get(jpeg, TJPARAM_COLORSPACE);
    if (colours == TJCS_CMYK || colours == TJCS_YCCK) return damaged("its colours are those of print (CMYK)", about);
    const auto by = static_cast<std::size_t>(divisor(std::min(width, height), least_side));
    tj3SetScalingFactor(jpeg, {1, static_cast<int>(by)});
    Picture picture{(width + by - 1) / by, (height + by - 1) / by, {}};
    picture.rgb.resize(3 * picture.width * picture.height);
    if (tj3Decompress8(jpeg, data, bytes.size(), picture.rgb.data(), 0, TJPF_RGB) == 0) return picture;
    const std::string why = tj3GetErrorStr(jpeg);
    if (tj3GetErrorCode(jpeg) == TJERR_FATAL || why.contains("Premature")) return damaged(why, about);
    return picture;  // with a warning, such as of bytes between its parts
}

Result<Picture> read_png(std::string_view bytes, const std::string& about) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, decltype(&png_image_free)> owned(&image, png_image_free);
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return damaged(image.message, about);
    TRY(check_points(image.width, image.height, about));
    image.format = PNG_FORMAT_RGB;
    Picture picture{image.width, image.height, {}};
    picture.rgb.resize(PNG_IMAGE_SIZE(image));
    constexpr png_color white{255, 255, 255};
    if (png_image_finish_read(&image, &white, picture.rgb.data(), 0, nullptr) == 0)
        return damaged(image.message, about);
    return picture;
}

// Where a point of the wanted row reads, and how much of each.
struct Reads {
    std::size_t first = 0;
    std::vector<float> weights;
};

// Of `wanted` points that together cover `covered` of a row of `size`, its middle.
std::vector<Reads> reads_of(std::size_t size, double covered, std::size_t wanted) {
    std::vector<Reads> all(wanted);
    const double scale = covered / double(wanted), reach = std::max(1.0, scale);
    for (std::size_t i = 0; i < wanted; ++i) {
        const double centre = (double(size) - covered) / 2 + (double(i) + 0.5) * scale;
        all[i].first = static_cast<std::size_t>(std::clamp(std::floor(centre - reach), 0.0, double(size - 1)));
        const auto end = static_cast<std::size_t>(std::clamp(std::ceil(centre + reach), 1.0, double(size)));
        double sum = 0;
        for (auto j = all[i].first; j < std::max(end, all[i].first + 1); ++j) {
            const double weight = std::max(1e-9, 1 - std::abs(double(j) + 0.5 - centre) / reach);
            all[i].weights.push_back(static_cast<float>(weight));
            sum += weight;
        }
        for (auto& weight : all[i].weights) weight /= static_cast<float>(sum);
    }
    return all;
}

// The picture's rows with their new width: [height][width][3].
std::vector<float> narrowed(const Picture& picture, const std::vector<Reads>& columns) {
    std::vector<float> rows(picture.height * columns.size() * 3);
    float* to = rows.data();
    for (std::size_t y = 0; y < picture.height; ++y)
        for (const auto& column : columns) {
            const auto* from = &picture.rgb[(y * picture.width + column.first) * 3];
            for (const float weight : column.weights)
                for (int c = 0; c < 3; ++c) to[c] += weight * static_cast<float>(*from++);
            to += 3;
        }
    return rows;
}

}  // namespace

Result<Picture> decode_picture(std::string_view bytes, std::size_t least_side, const std::string& about) {
    if (bytes.size() > largest_picture_file)
        return fail(
            ErrorCode::too_large,
            fmt::format("the picture's file has more than {} MiB; save a smaller one", largest_picture_file >> 20),
            about);
    if (bytes.starts_with(png_begin)) return read_png(bytes, about);
    if (!bytes.starts_with(jpeg_begin)) return damaged("it is neither JPEG nor PNG", about);
    const Jpeg jpeg(tj3Init(TJINIT_DECOMPRESS));
    if (!jpeg) return fail(ErrorCode::no_space, "there is no memory to read the picture", about);
    return read_jpeg(jpeg.get(), bytes, std::max<std::size_t>(1, least_side), about);
}

std::vector<float> fitted(const Picture& picture, const PictureSize& size) {
    const double scale =
        std::min(double(picture.width) / double(size.width), double(picture.height) / double(size.height));
    const auto columns = reads_of(picture.width, scale * double(size.width), size.width);
    const auto rows = reads_of(picture.height, scale * double(size.height), size.height);
    const auto narrow = narrowed(picture, columns);
    std::vector<float> made(3 * size.width * size.height);
    for (std::size_t y = 0; y < size.height; ++y)
        for (std::size_t k = 0; k < rows[y].weights.size(); ++k) {
            const float weight = rows[y].weights[k] / 255;
            const float* from = &narrow[(rows[y].first + k) * size.width * 3];
            for (std::size_t x = 0; x < size.width; ++x)
                for (std::size_t c = 0; c < 3; ++c)
                    made[(c * size.height + y) * size.width + x] += weight * from[x * 3 + c];
        }
    return made;
}

}  // namespace suanpan::engines
