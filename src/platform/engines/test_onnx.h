#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Tiny networks in the ONNX format with known weights, written by hand: fields have the numbers of onnx.proto. Only
// tests include this.
namespace suanpan::engines::test_onnx {

inline std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 128; value >>= 7) bytes += static_cast<char>(value | 128);
    return bytes + static_cast<char>(value);
}
inline std::string whole(int field, std::uint64_t value) {
    return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}
inline std::string part(int field, std::string_view bytes) {
    return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(bytes.size()) + std::string(bytes);
}

enum Type { real = 1, int64 = 7 };

template <class Number>
std::string tensor(std::string_view name, Type type, std::initializer_list<std::uint64_t> shape,
                   const std::vector<Number>& values) {
    std::string bytes(values.size() * sizeof(Number), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    std::string made;
    for (const auto side : shape) made += whole(1, side);
    return made + whole(2, type) + part(8, name) + part(9, bytes);
}

// A side of 0 is any.
inline std::string port(std::string_view name, Type type, std::initializer_list<std::uint64_t> shape) {
    std::string sides;
    for (const auto side : shape) sides += part(1, side == 0 ? part(2, "any" + std::string(name)) : whole(1, side));
    return part(1, name) + part(2, part(1, whole(1, type) + part(2, sides)));
}

inline std::string node(std::string_view kind, std::initializer_list<std::string_view> from, std::string_view to,
                        const std::string& attributes = {}) {
    std::string made;
    for (const auto name : from) made += part(1, name);
    return made + part(2, to) + part(4, kind) + attributes;
}
inline std::string whole_attribute(std::string_view name, std::uint64_t value) {
    return part(5, part(1, name) + whole(3, value) + whole(20, 2));
}

struct Graph {
    std::vector<std::string> nodes, weights, inputs, outputs;
};
inline std::string model(const Graph& graph) {
    std::string made;
    for (const auto& n : graph.nodes) made += part(1, n);
    made += part(2, "test");
    for (const auto& w : graph.weights) made += part(5, w);
    for (const auto& i : graph.inputs) made += part(11, i);
    for (const auto& o : graph.outputs) made += part(12, o);
    return whole(1, 8) + part(7, made) + part(8, part(1, "") + whole(2, 13));
}

// Each token's row of a matrix [tokens][width], 0 where the mask is: last_hidden_state of [batch, tokens, width]. With
// `length` it takes texts of so many tokens alone.
inline std::string text_model(const std::vector<float>& rows, std::uint64_t width, std::uint64_t length = 0) {
    return model(
        {.nodes = {node("Gather", {"rows", "input_ids"}, "read"),
                   node("Cast", {"attention_mask"}, "mask", whole_attribute("to", real)),
                   node("Unsqueeze", {"mask", "last"}, "wide"), node("Mul", {"read", "wide"}, "last_hidden_state")},
         .weights = {tensor("rows", real, {rows.size() / width, width}, rows),
                     tensor("last", int64, {1}, std::vector<std::int64_t>{2})},
         .inputs = {port("input_ids", int64, {0, length}), port("attention_mask", int64, {0, length})},
         .outputs = {port("last_hidden_state", real, {0, length, width})}});
}

// The mean of each colour, of pictures of side x side points.
inline std::string picture_model(std::uint64_t side) {
    return model(
        {.nodes = {node("GlobalAveragePool", {"pixel_values"}, "means"), node("Flatten", {"means"}, "embedding")},
         .weights = {},
         .inputs = {port("pixel_values", real, {0, 3, side, side})},
         .outputs = {port("embedding", real, {0, 3})}});
}

}  // namespace suanpan::engines::test_onnx
