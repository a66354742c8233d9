#include "areas/data/sources/json_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::string> cells(std::string_view line) {
    std::vector<JsonCell> found;
    const auto flat = flatten_json(line, found);
    EXPECT_TRUE(flat) << flat.error().message;
    std::vector<std::string> all;
    for (const auto& cell : found) all.push_back(cell.name + "=" + cell.text);
    return all;
}

std::string refusal(std::string_view line) {
    std::vector<JsonCell> found;
    const auto flat = flatten_json(line, found);
    EXPECT_FALSE(flat) << line;
    return flat ? "" : flat.error().message;
}

TEST(JsonLine, NestedNamesAreJoinedAndArraysStayJson) {
    EXPECT_THAT(
        cells(R"( {"id": 7, "user": {"name": "Ming", "at": {"city": "Wuhan"}}, "tags": ["a", {"b": 1}], "e": {}} )"),
        ElementsAre("id=7", "user.name=Ming", "user.at.city=Wuhan", R"(tags=["a", {"b": 1}])"));
}

TEST(JsonLine, ValuesAreTheTextAsWritten) {
    EXPECT_THAT(cells(R"({"a":1.10,"b":12345678901234567890,"c":-0.5e+3,"d":true,"e":null,"f":"","g":"x,\"y\""})"),
                ElementsAre("a=1.10", "b=12345678901234567890", "c=-0.5e+3", "d=true", "e=", "f=", "g=x,\"y\""));
}

TEST(JsonLine, EscapesAreLetters) {
    EXPECT_THAT(cells(R"({"a":"\u676f\n\/\\","\u0062":"\ud842\udfb7"})"), ElementsAre("a=杯\n/\\", "b=𠮷"));
}

TEST(JsonLine, SaysWhyItIsNoObject) {
    EXPECT_EQ(refusal(R"({"a":1,})"), "is no JSON: a name in quotes is expected (byte 8)");
    EXPECT_EQ(refusal(R"({"a":1} x)"), "is no JSON: there is text after the object (byte 9)");
    EXPECT_EQ(refusal(R"({"a":{"b":1},"a.b":2})"), "tells \"a.b\" twice");
    EXPECT_EQ(refusal("{\"a\":\"caf\xe9\"}"), "is not UTF-8");
    EXPECT_THAT(refusal(R"([1])"), HasSubstr("an object is expected"));
    EXPECT_THAT(refusal(R"({"a":"b)"), HasSubstr("no closing quote"));
    EXPECT_THAT(refusal(R"({"a":01})"), HasSubstr("begins with 0"));
    EXPECT_THAT(refusal(R"({"a":+1})"), HasSubstr("a value is expected"));
    EXPECT_THAT(refusal(R"({"a":"\ud842"})"), HasSubstr("half a letter"));
    EXPECT_THAT(refusal(R"({"a":"\u00g0"})"), HasSubstr("four hexadecimal digits"));
    EXPECT_THAT(refusal("{\"a\":\"\t\"}"), HasSubstr("control character"));
    EXPECT_THAT(refusal("{\"a\":" + std::string(100'000, '[')), HasSubstr("deeper than 64 levels"));
    std::string deep;
    for (int i = 0; i < 70; ++i) deep += "{\"a\":";
    EXPECT_THAT(refusal(deep), HasSubstr("deeper than 64 levels"));
    EXPECT_THAT(refusal("{"), StartsWith("is no JSON"));
}

}  // namespace
}  // namespace suanpan::data
