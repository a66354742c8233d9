#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/result.h"

// The safetensors format: eight bytes with the header's length (little endian), a JSON header that names each tensor's
// type, shape and place, then the numbers. https://huggingface.co/docs/safetensors gives the layout and its limits.
// Types: F64, F32 and I64; a file that holds another is refused.
namespace suanpan::models {

struct Tensor {
    std::vector<std::int64_t> shape;  // row-major; empty: a single number
    std::variant<std::vector<double>, std::vector<float>, std::vector<std::int64_t>> values;
};

struct Tensors {
    std::map<std::string, Tensor> tensors;
    std::map<std::string, std::string> metadata;

    // Errors: not_found, or invalid_argument where the tensor is of another type.
    [[nodiscard]] Result<const std::vector<double>*> reals(const std::string& name) const;
    [[nodiscard]] Result<const std::vector<std::int64_t>*> wholes(const std::string& name) const;
    [[nodiscard]] std::string note(const std::string& key) const;  // of the metadata; empty where there is none
};

[[nodiscard]] Tensor vector_of(std::vector<double> values);
[[nodiscard]] Tensor vector_of(std::vector<std::int64_t> values);

// The same tensors give the same bytes. Errors: invalid_argument where a shape does not fit its values or a tensor is
// named __metadata__.
[[nodiscard]] Result<std::string> write_safetensors(const Tensors& tensors);

// Checks before it reads: header length, shapes (overflow), offsets (bounds, order, gaps, overlaps). `about` names the
// file in errors. Errors: invalid_argument.
[[nodiscard]] Result<Tensors> read_safetensors(std::string_view bytes, const std::string& about);

}  // namespace suanpan::models
