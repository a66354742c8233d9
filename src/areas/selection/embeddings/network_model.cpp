#include "areas/selection/embeddings/network_model.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "areas/selection/vectors/item_vectors.h"
#include "platform/base/parallel.h"

namespace suanpan::selection {

Result<std::unique_ptr<engines::OnnxNetwork>> read_network(ModelFiles& files) {
    return engines::read_onnx(TRY(files.bytes(network_file)), files.path(network_file));
}

Result<std::string> output_named(const engines::OnnxNetwork& network, std::initializer_list<std::string_view> names,
                                 const std::string& about) {
    const auto& outputs = network.outputs();
    const auto is_real = [](const engines::OnnxPort& port) { return port.kind == engines::OnnxPort::Kind::real; };
    for (const auto name : names)
        for (const auto& port : outputs)
            if (port.name == name && is_real(port)) return port.name;
    if (const auto first = std::ranges::find_if(outputs, is_real); first != outputs.end()) return first->name;
    return fail(ErrorCode::invalid_argument, "the model has no output of float32; export it with one", about);
}

Result<> each_of(std::size_t count, const std::function<Result<>(std::size_t)>& one) {
    std::vector<std::optional<Error>> errors(count);
    std::atomic<bool> failed = false;
    in_parallel(count, 0, [&](std::size_t i) {
        if (failed) return;
        if (auto done = one(i); !done) {
            errors[i] = std::move(done).error();
            failed = true;
        }
    });
    for (auto& error : errors)
        if (error) return std::unexpected(*std::move(error));
    return {};
}

Result<> put_unit(std::span<const float> from, std::span<float> to, const std::string& about) {
    if (!std::ranges::all_of(from, [](float v) { return std::abs(v) < 1e15F; }))
        return fail(ErrorCode::invalid_argument, "the model gives what is no number; take another or a float32 one",
                    about);
    std::ranges::copy(from, to.begin());
    normalise(to);
    return {};
}

}  // namespace suanpan::selection
