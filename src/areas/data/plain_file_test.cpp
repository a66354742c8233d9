#include "areas/data/plain_file.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <format>
#include <fstream>
#include <iterator>

namespace suanpan::data {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct PlainFileTest : testing::Test {
    std::filesystem::path file =
        std::filesystem::temp_directory_path() / std::format("suanpan-plain-{}.csv.gz", ::getpid());
    std::string text;

    void SetUp() override {
        for (int row = 0; row < 300000; ++row) text += std::format("{},name {}\n", row, row % 7);
        // Two members one after the other, as `cat a.gz b.gz` makes them.
        for (const auto& part : {text.substr(0, 1000), text.substr(1000)}) {
            auto* packed = gzopen(file.c_str(), "ab");
            gzwrite(packed, part.data(), static_cast<unsigned>(part.size()));
            gzclose(packed);
        }
    }
    void TearDown() override { std::filesystem::remove(file); }
};

TEST_F(PlainFileTest, UnpacksEveryMember) {
    const auto plain = PlainFile::of(file);
    ASSERT_TRUE(plain);
    EXPECT_NE(plain->path(), file.string());
    EXPECT_EQ(text_of(plain->path()), text);
}

TEST_F(PlainFileTest, LeavesWhatIsTooBigToTheReader) {
    const auto plain = PlainFile::of(file, 4096);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->path(), file.string());
}

TEST_F(PlainFileTest, SaysThatAFileIsCutOff) {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const auto plain = PlainFile::of(file);
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(plain.error().message.find("copy it anew"), std::string::npos);
}

TEST(PlainFile, OfAPlainFileIsTheFile) {
    const auto plain = PlainFile::of("orders.csv");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->path(), "orders.csv");
}

}  // namespace
}  // namespace suanpan::data
