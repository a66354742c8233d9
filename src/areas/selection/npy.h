#pragma once

#include <span>
#include <string>

// Arrays as NumPy's .npy files, version 1.0 (NumPy Enhancement Proposal 1), which numpy.load and many others read.
namespace suanpan::selection {

[[nodiscard]] std::string to_npy(std::span<const double> values);
[[nodiscard]] std::string to_npy(std::span<const float> values, std::size_t width);  // rows of this width

}  // namespace suanpan::selection
