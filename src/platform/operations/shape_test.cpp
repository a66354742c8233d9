#include <gtest/gtest.h>

#include <limits>

#include "platform/operations/declare.h"

namespace suanpan::operations {
namespace {

struct Inner {
    std::string name;
    std::optional<std::int64_t> count;
};

struct Outer {
    bool yes = false;
    int small = 7;
    std::int64_t whole = 0;
    std::uint64_t large = 0;
    double real = 1.5;
    std::string text = "as it was";
    glz::raw_json raw;
    Json any;
    std::optional<Scalar> scalar;
    Inner inner;
    std::vector<Inner> list;
    std::vector<double> reals = {1, 2};
    std::map<std::string, Inner> map;
    std::optional<std::vector<std::string>> words;
};

constexpr std::string_view full =
    R"({"yes":true,"small":-3,"whole":9007199254740993,"large":18446744073709551615,"real":0.1,"text":"a \"b\" 算\n",)"
    R"("raw":{"b":[1.50,null]},"any":[1,"x"],"scalar":"s","inner":{"name":"i","count":2},)"
    R"("list":[{"name":"l","count":null}],"reals":[],"map":{"":{"name":"m","count":1},"k\"1":{"name":"","count":0}},"words":["w",""]})";

TEST(Shape, WhatIsReadIsWrittenAgain) {
    const auto outer = from_json<Outer>(full).value();
    EXPECT_EQ(outer.whole, 9007199254740993);
    EXPECT_EQ(outer.large, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(outer.text, "a \"b\" 算\n");
    EXPECT_EQ(outer.raw.str, R"({"b":[1.50,null]})");
    EXPECT_EQ(outer.map.at("k\"1").count, 0);
    EXPECT_EQ(to_json(outer).value(), full);
}

TEST(Shape, WhatIsNotThereStaysAndWhitespaceIsNothing) {
    const auto outer =
        from_json<Outer>(" { \"inner\" : { \"count\" : null } ,\n \"words\":null, \"reals\": [ 3 ] } ").value();
    EXPECT_EQ(outer.text, "as it was");
    EXPECT_EQ(outer.small, 7);
    EXPECT_EQ(outer.words, std::nullopt);
    EXPECT_EQ(outer.reals, std::vector<double>{3});
}

TEST(Shape, ControlCharactersAreEscaped) {
    const Inner inner{.name = std::string("a\0b\x1f", 4), .count = {}};
    EXPECT_EQ(to_json(inner).value(), R"({"name":"a\u0000b\u001F","count":null})");
    EXPECT_EQ(from_json<Inner>(to_json(inner).value()).value().name, inner.name);
}

TEST(Shape, TheFieldThatDoesNotFitIsNamed) {
    const auto about = [](std::string_view json) {
        const auto read = from_json<Outer>(json);
        return read ? std::string("it was read") : read.error().about;
    };
    EXPECT_EQ(about(R"({"inner":{"name":1}})"), "inner.name");
    EXPECT_EQ(about(R"({"inner":null})"), "inner");
    EXPECT_EQ(about(R"({"list":[{"name":"a"},{"nam":"b"}]})"), "list[1].nam");
    EXPECT_EQ(about(R"({"list":{}})"), "list");
    EXPECT_EQ(about(R"({"reals":[1,"2"]})"), "reals[1]");
    EXPECT_EQ(about(R"({"map":{"k":{"count":"many"}}})"), "map.k.count");
    EXPECT_EQ(about(R"({"small":3000000000})"), "small");
    EXPECT_EQ(about(R"({"yes":1})"), "yes");
    EXPECT_EQ(about(R"({"words":["a",2]})"), "words[1]");
    EXPECT_EQ(about(R"({"there is none":1})"), "there is none");
}

TEST(Shape, WhatIsNoJsonIsRefused) {
    for (const auto* wrong :
         {"", "{", "[", "[]", "null", "{\"text\":\"a}", "{\"reals\":[1,2}", "{\"text\" \"a\"}", "{\"list\":[{]}"})
        EXPECT_EQ(from_json<Outer>(wrong).error().code, ErrorCode::invalid_argument) << wrong;
}

TEST(Shape, EveryPrefixOfADocumentIsRefused) {
    for (std::size_t length = 0; length < full.size(); ++length)
        EXPECT_FALSE(from_json<Outer>(full.substr(0, length)).has_value()) << length;
}

}  // namespace

struct Worded {
    std::int64_t units = 0;
    std::vector<std::string> names;
};
template <>
struct Described<Worded> {
    static constexpr FieldWords fields[] = {
        {"units", "on the shelf", {.default_value = "0", .minimum = 0, .maximum = 2.5}},
        {"names", "of it", {.max_items = 3}}};
};
struct Misspelt {
    std::int64_t units = 0;
};
template <>
struct Described<Misspelt> {
    static constexpr FieldWords fields[] = {{"unit", "on the shelf"}};
};

namespace {

TEST(Shape, WordsAndBoundsAreInTheSchema) {
    EXPECT_EQ(schema_text(shape_of<Worded>()),
              R"({"type":"object","properties":{"units":{"type":"integer","minimum":0,"maximum":2.5,)"
              R"("description":"on the shelf","default":0},"names":{"type":"array","items":{"type":"string"},)"
              R"("description":"of it","maxItems":3}},"additionalProperties":false})");
}

TEST(Shape, WhatMayBeNullSaysSo) {
    EXPECT_EQ(schema_text(shape_of<Inner>()),
              R"({"type":"object","properties":{"name":{"type":"string"},"count":{"type":["integer","null"],)"
              R"("minimum":-9223372036854775808,"maximum":9223372036854775807}},"additionalProperties":false})");
}

TEST(Shape, WordsOfNoFieldAreAMistake) {
    EXPECT_THROW((void)shape_of<Misspelt>(), std::logic_error);
}

}  // namespace
}  // namespace suanpan::operations
