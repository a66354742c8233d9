#include "platform/operations/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <glaze/json.hpp>
#include <stdexcept>

namespace suanpan::operations {
namespace {

using Kind = Shape::Kind;

// Elements behind one another.
struct Appending {
    const Shape& shape;
    std::string& json;
    bool first = true;

    void key(std::string_view key) {
        const std::string text(key);
        detail::value_shape<std::string>().write(&text, json);
        json += ':';
    }
};

void append_element(void* state, std::string_view key, const void* value) {
    auto& appending = *static_cast<Appending*>(state);
    if (!std::exchange(appending.first, false)) appending.json += ',';
    if (appending.shape.kind == Kind::map) appending.key(key);
    append_json(*appending.shape.element, value, appending.json);
}

void append_elements(const Shape& shape, const void* place, std::string& json) {
    Appending appending{shape, json};
    shape.each(place, &appending, append_element);
}

void append_object(const Shape& shape, const void* place, std::string& json) {
    json += '{';
    for (const auto& member : shape.members) {
        if (&member != shape.members.data()) json += ',';
        json.append(1, '"').append(member.name).append("\":");
        append_json(*member.shape, static_cast<const char*>(place) + member.offset, json);
    }
    json += '}';
}

template <class T>
Result<T> split(const std::string& json) {
    T parts;
    if (const auto error = glz::read_json(parts, json)) return bad_json(error, json);
    return parts;
}

Result<> within(Result<> result, std::string_view name) {
    if (!result) {
        auto& about = result.error().about;
        about =
            about.empty() ? std::string(name) : fmt::format("{}{}{}", name, about.starts_with('[') ? "" : ".", about);
    }
    return result;
}

using Parts = std::map<std::string, glz::raw_json_view>;

Result<> read_object(const Shape& shape, const std::string& json, void* place) {
    for (const auto& [name, value] : TRY(split<Parts>(json))) {
        const auto member = std::ranges::find(shape.members, name, &Member::name);
        if (member == shape.members.end()) return fail(ErrorCode::invalid_argument, "unknown field", name);
        TRY(within(read_json(*member->shape, value.str, static_cast<char*>(place) + member->offset), name));
    }
    return {};
}

Result<> read_list(const Shape& shape, const std::string& json, void* place) {
    shape.clear(place);
    std::size_t number = 0;
    for (const auto& value : TRY(split<std::vector<glz::raw_json_view>>(json)))
        TRY(within(read_json(*shape.element, value.str, shape.add(place, {})), fmt::format("[{}]", number++)));
    return {};
}

Result<> read_map(const Shape& shape, const std::string& json, void* place) {
    shape.clear(place);
    for (const auto& [key, value] : TRY(split<Parts>(json)))
        TRY(within(read_json(*shape.element, value.str, shape.add(place, key)), key));
    return {};
}

Result<> read_optional(const Shape& shape, std::string_view json, void* place) {
    shape.clear(place);
    const auto begin = json.find_first_not_of(" \t\r\n");
    if (begin != std::string_view::npos && json.substr(begin).starts_with("null")) return {};
    return read_json(*shape.element, json, shape.add(place, {}));
}

}  // namespace

void append_json(const Shape& shape, const void* place, std::string& json) {
    switch (shape.kind) {
        case Kind::object:
            return append_object(shape, place, json);
        case Kind::optional: {
            const auto before = json.size();
            append_elements(shape, place, json);
            if (json.size() == before) json += "null";
            return;
        }
        case Kind::list:
        case Kind::map:
            json += shape.kind == Kind::list ? '[' : '{';
            append_elements(shape, place, json);
            json += shape.kind == Kind::list ? ']' : '}';
            return;
        default:
            return shape.write(place, json);
    }
}

Result<> read_json(const Shape& shape, std::string_view json, void* place) {
    switch (shape.kind) {
        case Kind::object:
            return read_object(shape, std::string(json), place);  // ended by a zero; see parse_json
        case Kind::list:
            return read_list(shape, std::string(json), place);
        case Kind::map:
            return read_map(shape, std::string(json), place);
        case Kind::optional:
            return read_optional(shape, json, place);
        default:
            return shape.read(json, place);
    }
}

namespace detail {

void add_member(Shape& shape, std::string_view name, std::ptrdiff_t offset, const Shape& member) {
    shape.members.push_back({name, static_cast<std::size_t>(offset), &member});
}

void check_words(const Shape& shape) {
    for (const auto& words : shape.words)
        if (std::ranges::find(shape.members, words.field, &Member::name) == shape.members.end())
            throw std::logic_error(fmt::format("words for \"{}\", which is no field", words.field));
}

}  // namespace detail
}  // namespace suanpan::operations
