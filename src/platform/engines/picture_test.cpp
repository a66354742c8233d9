#include "platform/engines/picture.h"

#include <gmock/gmock.h>

#include "platform/engines/test_pictures.h"

namespace suanpan::engines {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;

// Left half red, right half blue.
Picture two_halves(std::size_t width, std::size_t height) {
    auto picture = plain_picture(width, height, {255, 0, 0});
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = width / 2; x < width; ++x) {
            picture.rgb[(y * width + x) * 3] = 0;
            picture.rgb[(y * width + x) * 3 + 2] = 255;
        }
    return picture;
}

TEST(Pictures, AreReadAsTheyWereWritten) {
    const auto picture = two_halves(16, 8);
    const auto png = decode_picture(png_of(picture), 1, "a.png").value();
    EXPECT_EQ(png.width, 16);
    EXPECT_EQ(png.height, 8);
    EXPECT_EQ(png.rgb, picture.rgb);
    const auto jpeg = decode_picture(jpeg_of(picture), 8, "a.jpg").value();
    ASSERT_EQ(jpeg.rgb.size(), picture.rgb.size());
    for (std::size_t i = 0; i < jpeg.rgb.size(); ++i) EXPECT_NEAR(jpeg.rgb[i], picture.rgb[i], 4) << i;
}

TEST(Pictures, LargeOnesAreReadSmaller) {
    const auto bytes = jpeg_of(two_halves(800, 400));
    EXPECT_EQ(decode_picture(bytes, 400, "a.jpg").value().height, 400);
    EXPECT_EQ(decode_picture(bytes, 199, "a.jpg").value().height, 200);
    const auto least = decode_picture(bytes, 1, "a.jpg").value();
    EXPECT_EQ(least.width, 100);
    EXPECT_NEAR(least.rgb[0], 255, 4);
    EXPECT_NEAR(least.rgb[least.rgb.size() - 1], 255, 4);
}

TEST(Pictures, AreFittedByTheirMiddle) {
    EXPECT_THAT(fitted(two_halves(4, 2), {2, 1}), ElementsAre(FloatNear(0.857F, 0.01F), FloatNear(0.143F, 0.01F), 0, 0,
                                                              FloatNear(0.143F, 0.01F), FloatNear(0.857F, 0.01F)));
    auto wide = plain_picture(30, 2, {0, 255, 0});  // only its middle two columns are red
    for (std::size_t y = 0; y < 2; ++y)
        for (const std::size_t x : {14U, 15U}) {
            wide.rgb[(y * 30 + x) * 3] = 255;
            wide.rgb[(y * 30 + x) * 3 + 1] = 0;
        }
    const auto same = fitted(wide, {2, 2});
    EXPECT_THAT(std::vector(same.begin(), same.begin() + 4), testing::Each(FloatNear(1, 1e-5F)));
    for (const float value : fitted(plain_picture(1, 1, {255, 255, 255}), {7, 5})) EXPECT_NEAR(value, 1, 1e-5);
}

TEST(Pictures, DamagedOnesAreRefused) {
    for (const auto& whole : {png_of(two_halves(64, 64)), jpeg_of(two_halves(64, 64))}) {
        for (const auto size : {std::size_t{9}, std::size_t{30}, whole.size() / 2, whole.size() - 20}) {
            const auto cut = decode_picture(whole.substr(0, size), 8, "cut");
            ASSERT_FALSE(cut) << size;
            EXPECT_THAT(cut.error().text(), HasSubstr("cut: the picture cannot be read")) << size;
        }
    }
    EXPECT_THAT(decode_picture("GIF89a", 8, "a.gif").error().text(), HasSubstr("neither JPEG nor PNG"));
    EXPECT_FALSE(decode_picture("", 8, "empty"));
}

// A file of a few bytes that says it has very many points is refused before there is room made for them.
TEST(Pictures, BombsAreRefused) {
    auto png = png_of(plain_picture(8, 8, {1, 2, 3}));
    png.replace(16, 8, std::string("\0\0\xEA\x60\0\0\xEA\x60", 8));  // 60,000 x 60,000
    EXPECT_FALSE(decode_picture(png, 8, "bomb.png"));
    auto jpeg = jpeg_of(plain_picture(8, 8, {1, 2, 3}));
    const auto frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, "\xEA\x60\xEA\x60");
    const auto refused = decode_picture(jpeg, 8, "bomb.jpg");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
    EXPECT_THAT(refused.error().text(), HasSubstr("60000 x 60000 points"));
    EXPECT_THAT(decode_picture(std::string(largest_picture_file + 1, 'x'), 8, "long").error().text(),
                HasSubstr("more than 32 MiB"));
}

}  // namespace
}  // namespace suanpan::engines
