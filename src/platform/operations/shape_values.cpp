#include <glaze/json.hpp>

#include "platform/operations/shape.h"

namespace suanpan::operations::detail {
namespace {

using Kind = Shape::Kind;

template <class T>
constexpr Kind kind_of = std::is_same_v<T, bool>          ? Kind::boolean
                         : std::is_integral_v<T>          ? Kind::whole
                         : std::is_floating_point_v<T>    ? Kind::real
                         : std::is_same_v<T, std::string> ? Kind::text
                         : std::is_same_v<T, Scalar>      ? Kind::scalar
                                                          : Kind::any;

template <class T>
Result<> read_value(std::string_view json, void* place) {
    const std::string ended(json);  // see parse_json
    if (const auto error = glz::read_json(*static_cast<T*>(place), ended)) return bad_json(error, json);
    return {};
}

// Texts of shops hold what they hold: a control character that is not escaped is no JSON.
struct Escaped : glz::opts {
    bool escape_control_characters = true;
};

template <class T>
void write_value(const void* place, std::string& json) {
    thread_local std::string written;
    (void)glz::write<Escaped{}>(*static_cast<const T*>(place), written);
    json += written;
}

}  // namespace

template <class T>
const Shape& value_shape() {
    static const Shape shape{.kind = kind_of<T>, .read = read_value<T>, .write = write_value<T>};
    return shape;
}

template const Shape& value_shape<bool>();
template const Shape& value_shape<int>();
template const Shape& value_shape<std::int64_t>();
template const Shape& value_shape<std::uint64_t>();
template const Shape& value_shape<float>();
template const Shape& value_shape<double>();
template const Shape& value_shape<std::string>();
template const Shape& value_shape<Scalar>();
template const Shape& value_shape<glz::raw_json>();
template const Shape& value_shape<Json>();

}  // namespace suanpan::operations::detail
