#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::engines {

// What goes into a network, or comes out.
struct OnnxPort {
    std::string name;
    enum class Kind { real, whole, other } kind = Kind::other;  // float32, int64
    std::vector<std::int64_t> shape;                            // -1: any
};

struct OnnxInput {
    std::string name;
    std::vector<std::int64_t> shape;
    std::variant<std::span<const float>, std::span<const std::int64_t>> values;  // row-major
};
struct OnnxOutput {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

// A network of a file in the ONNX format, computed by ONNX Runtime on the thread that asks.
class OnnxNetwork {
  public:
    virtual ~OnnxNetwork() = default;
    [[nodiscard]] virtual const std::vector<OnnxPort>& inputs() const = 0;
    [[nodiscard]] virtual const std::vector<OnnxPort>& outputs() const = 0;
    // One output; several threads may ask at once. Errors: invalid_argument with the library's sentence.
    [[nodiscard]] virtual Result<OnnxOutput> run(std::span<const OnnxInput> inputs,
                                                 const std::string& output) const = 0;
};

// `about` names the file in errors. Errors: invalid_argument where the bytes are no sound model or keep weights in
// other files, which are never read; too_large above 1 GiB; unavailable without ONNX Runtime.
[[nodiscard]] Result<std::unique_ptr<OnnxNetwork>> read_onnx(std::string_view bytes, const std::string& about);

}  // namespace suanpan::engines
