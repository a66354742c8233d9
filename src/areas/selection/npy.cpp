#include "areas/selection/npy.h"

#include <fmt/format.h>

#include <bit>

namespace suanpan::selection {
namespace {

static_assert(std::endian::native == std::endian::little);

template <class Value>
std::string file_of(std::span<const Value> values, const std::string& shape) {
    auto head = fmt::format("{{'descr': '<f{}', 'fortran_order': False, 'shape': ({}), }}", sizeof(Value), shape);
    constexpr std::size_t before = 10, unit = 64;  // magic, version and length; the values begin at a multiple of 64
    head.append(unit - 1 - (before + head.size()) % unit, ' ');
    head += '\n';
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(head.size() % 256);
    file += static_cast<char>(head.size() / 256);
    file += head;
    file.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return file;
}

}  // namespace

std::string to_npy(std::span<const double> values) {
    return file_of(values, fmt::format("{},", values.size()));
}

std::string to_npy(std::span<const float> values, std::size_t width) {
    return file_of(values, fmt::format("{}, {}", width > 0 ? values.size() / width : 0, width));
}

}  // namespace suanpan::selection
