#pragma once

#include <cstdint>
#include <glaze/core/common.hpp>
#include <glaze/reflection/to_tuple.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/operations/json.h"
#include "platform/store/rows.h"

// What a struct looks like, found once while the program runs, so that JSON is read and written by code that is
// compiled once and not for each struct. A struct is an aggregate of bool, whole and real numbers, std::string,
// glz::raw_json (kept as its text), Json, Scalar, other structs, and vectors, optionals and maps by text of these.
namespace suanpan::operations {

using Scalar = std::variant<bool, std::int64_t, double, std::string>;

// What a value is held to.
struct Bounds {
    std::string_view default_value = {};  // as JSON
    std::optional<double> minimum = {}, maximum = {};
    std::optional<std::int64_t> max_items = {}, min_length = {}, max_length = {};
};

// What people and agents read about a field.
struct FieldWords {
    std::string_view field, description;
    Bounds bounds = {};
};

// Specialised for a struct whose fields have words: static constexpr FieldWords fields[].
template <class T>
struct Described {
    static constexpr std::span<const FieldWords> fields{};
};

struct Shape;

struct Member {
    std::string_view name;
    std::size_t offset;  // bytes
    const Shape* shape;
};

struct Shape {
    enum class Kind { boolean, whole, real, text, scalar, any, optional, list, map, object };
    using Visit = void (*)(void* state, std::string_view key, const void* value);

    Kind kind;
    // Of one value.
    Result<> (*read)(std::string_view json, void* place) = nullptr;
    void (*write)(const void* place, std::string& json) = nullptr;
    // Of optional, list and map: what it holds, in order; an empty one added (under a key); none left.
    const Shape* element = nullptr;
    void (*each)(const void* place, void* state, Visit visit) = nullptr;
    void* (*add)(void* place, std::string_view key) = nullptr;
    void (*clear)(void* place) = nullptr;
    // Of an object.
    std::vector<Member> members = {};
    std::span<const FieldWords> words = {};
};

// The JSON of a value in place, behind what `json` holds.
void append_json(const Shape& shape, const void* place, std::string& json);
// Reads JSON into a value in place; fields that are not there stay as they are. Errors: invalid_argument with the
// field's path where a field is unknown or does not fit.
[[nodiscard]] Result<> read_json(const Shape& shape, std::string_view json, void* place);
// JSON Schema 2020-12.
[[nodiscard]] std::string schema_text(const Shape& shape);

namespace detail {

// Of one value; for the types that shape_values.cpp names.
template <class T>
[[nodiscard]] const Shape& value_shape();

template <class T>
struct Container : std::false_type {};

template <class T>
struct Container<std::optional<T>> : std::true_type {
    using Element = T;
    static constexpr auto kind = Shape::Kind::optional;
    static void each(const std::optional<T>& held, void* state, Shape::Visit visit) {
        if (held) visit(state, {}, &*held);
    }
    static void* add(std::optional<T>& held, std::string_view) { return &held.emplace(); }
    static void clear(std::optional<T>& held) { held.reset(); }
};

template <class T>
struct Container<std::vector<T>> : std::true_type {
    using Element = T;
    static constexpr auto kind = Shape::Kind::list;
    static void each(const std::vector<T>& held, void* state, Shape::Visit visit) {
        for (const auto& value : held) visit(state, {}, &value);
    }
    static void* add(std::vector<T>& held, std::string_view) { return &held.emplace_back(); }
    static void clear(std::vector<T>& held) { held.clear(); }
};

template <class T>
struct Container<std::map<std::string, T>> : std::true_type {
    using Element = T;
    static constexpr auto kind = Shape::Kind::map;
    static void each(const std::map<std::string, T>& held, void* state, Shape::Visit visit) {
        for (const auto& [key, value] : held) visit(state, key, &value);
    }
    static void* add(std::map<std::string, T>& held, std::string_view key) { return &held[std::string(key)]; }
    static void clear(std::map<std::string, T>& held) { held.clear(); }
};

void add_member(Shape& shape, std::string_view name, std::ptrdiff_t offset, const Shape& member);
void check_words(const Shape& shape);  // throws std::logic_error where they are of no field

}  // namespace detail

template <class T>
[[nodiscard]] const Shape& shape_of();

namespace detail {

template <class T>
Shape container_shape() {
    using Of = Container<T>;
    return {.kind = Of::kind,
            .element = &shape_of<typename Of::Element>(),
            .each = [](const void* place, void* state,
                       Shape::Visit visit) { Of::each(*static_cast<const T*>(place), state, visit); },
            .add = [](void* place, std::string_view key) { return Of::add(*static_cast<T*>(place), key); },
            .clear = [](void* place) { Of::clear(*static_cast<T*>(place)); }};
}

template <class T>
Shape object_shape() {
    const T sample{};
    Shape shape{.kind = Shape::Kind::object, .words = Described<T>::fields};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto fields = glz::to_tie(sample);
        const auto* begin = reinterpret_cast<const char*>(&sample);
        (add_member(shape, store::field_names<T>[I], reinterpret_cast<const char*>(&glz::get<I>(fields)) - begin,
                    shape_of<std::remove_cvref_t<decltype(glz::get<I>(fields))>>()),
         ...);
    }(std::make_index_sequence<store::field_count<T>>{});
    check_words(shape);
    return shape;
}

}  // namespace detail

template <class T>
const Shape& shape_of() {
    if constexpr (detail::Container<T>::value) {
        static const Shape shape = detail::container_shape<T>();
        return shape;
    } else if constexpr (std::is_aggregate_v<T>) {
        static const Shape shape = detail::object_shape<T>();
        return shape;
    } else {
        return detail::value_shape<T>();
    }
}

}  // namespace suanpan::operations
