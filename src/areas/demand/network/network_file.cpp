#include "areas/demand/network/network_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "platform/models/safetensors.h"

namespace suanpan::demand {
namespace {

constexpr std::string_view scaling_prefix = "scaling.", weight_prefix = "weight.";

// The numbers of a shape by their names; one list for writing and reading.
template <class Shape, class Function>
void each_number(Shape& shape, const Function& function) {
    function("past_columns", shape.past_columns);
    function("future_columns", shape.future_columns);
    function("horizon", shape.horizon);
    function("regions", shape.regions);
    function("channels", shape.channels);
    function("blocks", shape.blocks);
    function("kernel", shape.kernel);
    function("hidden", shape.hidden);
    function("embedding", shape.embedding);
}

template <class Scales, class Function>
void each_scale(Scales& scaling, const Function& function) {
    function("future_mean", scaling.future_mean);
    function("future_deviation", scaling.future_deviation);
    function("known_mean", scaling.known_mean);
    function("known_deviation", scaling.known_deviation);
}

models::Tensor row_of(std::vector<float> values) {
    const auto size = std::ssize(values);
    return {{size}, std::move(values)};
}

template <class Number>
Result<Number> number_of(const models::Tensors& file, const std::string& name) {
    const auto found = file.metadata.find(name);
    Number number{};
    if (found != file.metadata.end()) {
        const auto& text = found->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
    }
    return fail(ErrorCode::invalid_argument, fmt::format("the network's file has no number \"{}\"", name));
}

Result<std::vector<float>> floats_of(const models::Tensors& file, const std::string& name) {
    const auto found = file.tensors.find(name);
    if (found != file.tensors.end())
        if (const auto* values = std::get_if<std::vector<float>>(&found->second.values)) {
            for (const float value : *values)
                if (!std::isfinite(value))
                    return fail(ErrorCode::invalid_argument,
                                fmt::format("the tensor \"{}\" of the network has a number that is not finite", name));
            return *values;
        }
    return fail(ErrorCode::invalid_argument, fmt::format("the network's file has no tensor \"{}\" of type F32", name));
}

Result<engines::NetworkShape> shape_of(const models::Tensors& file) {
    engines::NetworkShape shape;
    const auto encoder = TRY(number_of<int>(file, "lstm"));
    shape.encoder = encoder != 0 ? engines::Encoder::lstm : engines::Encoder::tcn;
    Result<> read;
    each_number(shape, [&](const char* name, int& number) {
        const auto found = number_of<int>(file, name);
        constexpr int most = 100'000;  // far more than any of them is
        if (!found)
            read = std::unexpected(found.error());
        else if (*found < 0 || *found > most)
            read = fail(ErrorCode::invalid_argument,
                        fmt::format("the network's {} is {}; it lies between 0 and {}", name, *found, most));
        else
            number = *found;
    });
    TRY(std::move(read));
    shape.dropout = TRY(number_of<float>(file, "dropout"));
    if (!(shape.dropout >= 0 && shape.dropout < 1))
        return fail(ErrorCode::invalid_argument, "the network's dropout lies between 0 and 1");
    shape.quantiles = TRY(floats_of(file, "quantiles"));
    const auto* sizes = TRY(file.wholes("categories"));
    for (const auto size : *sizes) {
        if (size < 1 || size > 10'000'000)
            return fail(ErrorCode::invalid_argument, "a category of the network has no size from 1 to 10,000,000");
        shape.categories.push_back(static_cast<int>(size));
    }
    return shape;
}

}  // namespace

Result<std::string> write_network(const TrainedNetwork& trained) {
    models::Tensors file;
    const auto& shape = trained.shape;
    file.metadata["lstm"] = shape.encoder == engines::Encoder::lstm ? "1" : "0";
    each_number(shape, [&](const char* name, int number) { file.metadata[name] = fmt::format("{}", number); });
    file.metadata["dropout"] = fmt::format("{}", shape.dropout);
    file.metadata["steps"] = fmt::format("{}", trained.steps);
    file.metadata["error"] = fmt::format("{}", trained.error);
    file.metadata["base_error"] = fmt::format("{}", trained.base_error);
    file.tensors["quantiles"] = row_of(shape.quantiles);
    file.tensors["categories"] =
        models::vector_of(std::vector<std::int64_t>(shape.categories.begin(), shape.categories.end()));
    each_scale(trained.scaling, [&](const char* name, const std::vector<float>& values) {
        file.tensors[std::string(scaling_prefix) + name] = row_of(values);
    });
    for (const auto& weight : trained.weights)
        file.tensors[std::string(weight_prefix) + weight.name] = {weight.shape, weight.values};
    return models::write_safetensors(file);
}

Result<TrainedNetwork> read_network(std::string_view bytes, const std::string& about) {
    const auto file = TRY(models::read_safetensors(bytes, about));
    TrainedNetwork trained{.shape = TRY(shape_of(file))};
    trained.steps = TRY(number_of<int>(file, "steps"));
    trained.error = TRY(number_of<double>(file, "error"));
    trained.base_error = TRY(number_of<double>(file, "base_error"));
    Result<> read;
    each_scale(trained.scaling, [&](const char* name, std::vector<float>& values) {
        auto found = floats_of(file, std::string(scaling_prefix) + name);
        if (found)
            values = std::move(*found);
        else
            read = std::unexpected(found.error());
    });
    TRY(std::move(read));
    const auto& scaling = trained.scaling;
    if (scaling.future_mean.size() != scaling.future_deviation.size() ||
        scaling.known_mean.size() != scaling.known_deviation.size())
        return fail(ErrorCode::invalid_argument, "the network's means and deviations differ in number", about);
    for (const auto& [name, tensor] : file.tensors)
        if (name.starts_with(weight_prefix))
            trained.weights.push_back({name.substr(weight_prefix.size()), tensor.shape, TRY(floats_of(file, name))});
    return trained;
}

}  // namespace suanpan::demand
