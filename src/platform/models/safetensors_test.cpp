#include "platform/models/safetensors.h"

#include <gmock/gmock.h>

namespace suanpan::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string file_of(const std::string& header, const std::string& data) {
    std::string bytes(8, '\0');
    for (int i = 0; i < 8; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<char>(header.size() >> (8 * i));
    return bytes + header + data;
}

// 1.0 and -2.0 as IEEE 754 doubles, 1.0 as a float, 258 as a 64-bit integer, byte by byte.
const std::string one("\0\0\0\0\0\0\xf0\x3f", 8), minus_two("\0\0\0\0\0\0\0\xc0", 8), one_float("\0\0\x80\x3f", 4),
    whole("\x02\x01\0\0\0\0\0\0", 8);

std::string message(const std::string& bytes) {
    const auto read = read_safetensors(bytes, "m/weights.safetensors");
    return read ? "" : read.error().text();
}

TEST(Safetensors, ReadsBytesMadeByHand) {
    const auto read = read_safetensors(
        file_of(R"({"__metadata__":{"items":"a\nb"},"w":{"dtype":"F64","shape":[2,1],"data_offsets":[0,16]},)"
                R"("n":{"dtype":"I64","shape":[],"data_offsets":[20,28]},)"
                R"("f":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}  )",
                one + minus_two + one_float + whole),
        "made by hand");
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->metadata.at("items"), "a\nb");
    EXPECT_THAT(**read->reals("w"), ElementsAre(1.0, -2.0));
    EXPECT_THAT(read->tensors.at("w").shape, ElementsAre(2, 1));
    EXPECT_THAT(**read->wholes("n"), ElementsAre(258));
    EXPECT_THAT(std::get<std::vector<float>>(read->tensors.at("f").values), ElementsAre(1.0f));
    EXPECT_EQ(read->reals("n").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(read->reals("none").error().code, ErrorCode::not_found);
}

TEST(Safetensors, WritesWhatItReads) {
    Tensors all;
    all.tensors["a"] = vector_of(std::vector<double>{0.1, -0.0, 1e300});
    all.tensors["empty"] = vector_of(std::vector<std::int64_t>{});
    all.tensors["matrix"] = {{2, 2}, std::vector<std::int64_t>{1, 2, 3, 4}};
    all.metadata["titre \"é\""] = "x\ty";
    const auto bytes = write_safetensors(all).value();
    EXPECT_EQ((bytes.size() - 7 * 8) % 8, 0u);
    const auto read = read_safetensors(bytes, "written").value();
    EXPECT_EQ(read.metadata, all.metadata);
    EXPECT_EQ(**read.reals("a"), std::get<0>(all.tensors["a"].values));
    EXPECT_EQ(write_safetensors(read).value(), bytes);
    all.tensors["matrix"].shape = {3, 2};
    EXPECT_EQ(write_safetensors(all).error().about, "matrix");
}

TEST(Safetensors, SaysWhatIsBroken) {
    const auto entry = [](const std::string& text) { return R"({"w":)" + text + "}"; };
    EXPECT_THAT(message("short"), HasSubstr("shorter than eight"));
    EXPECT_THAT(message(std::string(8, '\xff')), HasSubstr("header would be"));
    EXPECT_THAT(message(file_of("[]", "")), HasSubstr("does not begin"));
    EXPECT_THAT(message(file_of("{\"w\"", "")), HasSubstr("no JSON"));
    EXPECT_THAT(message(file_of(R"({"__metadata__":{"a":1}})", "")), HasSubstr("no text"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[2],"data_offsets":[0,8]})"), one)),
                HasSubstr("does not fit"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F16","shape":[4],"data_offsets":[0,8]})"), one)), HasSubstr("F16"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[2],"data_offsets":[0,16]})"), one)),
                HasSubstr("ends at byte 16"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[1],"data_offsets":[8,0]})"), one)),
                HasSubstr("begin and end"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[1],"data_offsets":[0,8]})"), one + one)),
                HasSubstr("8 bytes follow"));
    // 2^61 and 8 bytes each overflow 64 bits to 0.
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]})"), "")),
                HasSubstr("does not fit"));
    EXPECT_THAT(message(file_of(entry(R"({"dtype":"F64","shape":[-1],"data_offsets":[0,8]})"), one)),
                HasSubstr("does not fit"));
    EXPECT_THAT(message(file_of(R"({"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},)"
                                R"("b":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}})",
                                one + one)),
                HasSubstr("where 16 is next"));
    EXPECT_THAT(message("short"), HasSubstr("m/weights.safetensors"));
}

}  // namespace
}  // namespace suanpan::models
