#pragma once

#include <functional>
#include <optional>

#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/model_files.h"
#include "platform/engines/onnx_network.h"

// What texts' and pictures' networks have in common. Only they include this.
namespace suanpan::selection {

[[nodiscard]] Result<std::unique_ptr<engines::OnnxNetwork>> read_network(ModelFiles& files);

// The name of the first output that has one of these names, else of the first of numbers. Errors: invalid_argument.
[[nodiscard]] Result<std::string> output_named(const engines::OnnxNetwork& network,
                                               std::initializer_list<std::string_view> names, const std::string& about);

// Calls `one` for 0 to count - 1 on all threads. The first error in order; after one no more are begun.
[[nodiscard]] Result<> each_of(std::size_t count, const std::function<Result<>(std::size_t)>& one);

// A copy of `from`, of unit length, in `to`. Errors: invalid_argument where it holds what is no number.
[[nodiscard]] Result<> put_unit(std::span<const float> from, std::span<float> to, const std::string& about);

inline constexpr const char* network_file = "model.onnx";

}  // namespace suanpan::selection
