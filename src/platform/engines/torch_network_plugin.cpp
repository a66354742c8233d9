// The only file that compiles libtorch; it is compiled into libsuanpan_torch.so (see torch_network.h).
#include <torch/torch.h>

#include <mutex>

#include "platform/engines/torch_model.h"

namespace suanpan::engines {
namespace {

std::unexpected<Error> wrong(std::string message) {
    return std::unexpected(Error{ErrorCode::invalid_argument, std::move(message), "network"});
}

// Exceptions of libtorch end here.
template <class Function>
auto guarded(const Function& function) -> decltype(function()) {
    try {
        return function();
    } catch (const std::exception& error) {
        const std::string text = error.what();
        return std::unexpected(
            Error{ErrorCode::internal, "libtorch failed: " + text.substr(0, text.find('\n')), "network"});
    }
}

class TorchNetwork final : public Network {
  public:
    TorchNetwork(const NetworkShape& shape, const NetworkOptions& options)
        : shape_(shape),
          options_(options),
          quantiles_(torch::tensor(shape.quantiles)),
          model_(shape, options, {shape.dropout, at::detail::createCPUGenerator(options.seed)}),
          optimiser_(model_.parameters(),
                     torch::optim::AdamWOptions(options.learning_rate).weight_decay(options.weight_decay)) {}

    Result<double> learn(const NetworkBatch& batch) override {
        return guarded([&]() -> Result<double> {
            if (const auto fault = fault_of(batch, true); !fault.empty()) return wrong(fault);
            at::set_num_threads(options_.threads);
            model_.train();
            optimiser_.zero_grad();
            const std::vector<std::int64_t> sizes = {batch.windows, std::int64_t(batch.origins.size()), shape_.horizon,
                                                     1};
            const auto target = tensor(batch.targets, sizes), weight = tensor(batch.weights, sizes);
            const auto error = target - torch::expm1(model_.forward(inputs(batch)).clamp(-5, 8));
            const auto loss = (weight * torch::maximum(quantiles_ * error, (quantiles_ - 1) * error)).mean(3).sum() /
                              weight.sum().clamp_min(1e-6);
            loss.backward();
            nn::utils::clip_grad_norm_(model_.parameters(), 1.0);
            optimiser_.step();
            return loss.item<double>();
        });
    }

    Result<std::vector<float>> predict(const NetworkBatch& batch) override {
        return guarded([&]() -> Result<std::vector<float>> {
            if (const auto fault = fault_of(batch, false); !fault.empty()) return wrong(fault);
            at::set_num_threads(options_.threads);
            const torch::NoGradGuard still;
            model_.eval();
            // Sorted, as quantiles may cross otherwise (Chernozhukov et al. 2010).
            const auto out = torch::expm1(model_.forward(inputs(batch)).clamp(-5, 8));
            const auto sorted = std::get<0>(torch::sort(out, 3)).clamp_min(0).contiguous();
            return std::vector<float>(sorted.data_ptr<float>(), sorted.data_ptr<float>() + sorted.numel());
        });
    }

    Result<std::vector<NetworkWeights>> weights() const override {
        return guarded([&]() -> Result<std::vector<NetworkWeights>> {
            std::vector<NetworkWeights> all;
            for (const auto& [name, tensor] : named()) {
                const auto flat = tensor.detach().contiguous();
                all.push_back(
                    {name, tensor.sizes().vec(), {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()}});
            }
            return all;
        });
    }

    Result<> set_weights(std::span<const NetworkWeights> weights) override {
        return guarded([&]() -> Result<> {
            auto mine = named();
            if (mine.size() != weights.size())
                return wrong("the network has " + std::to_string(mine.size()) + " tensors, and " +
                             std::to_string(weights.size()) + " are given");
            for (const auto& given : weights) {
                const auto found = mine.find(given.name);
                if (found == mine.end()) return wrong("the network has no tensor \"" + given.name + "\"");
                if (found->second.sizes().vec() != given.shape ||
                    found->second.numel() != std::int64_t(given.values.size()))
                    return wrong("the tensor \"" + given.name + "\" has another shape");
            }
            const torch::NoGradGuard still;
            for (const auto& given : weights) mine.at(given.name).copy_(tensor(given.values, given.shape));
            return {};
        });
    }

    void set_learning_rate(double rate) override {
        for (auto& group : optimiser_.param_groups()) group.options().set_lr(rate);
    }

  private:
    std::map<std::string, Tensor> named() const {
        std::map<std::string, Tensor> all;
        for (const auto& item : model_.named_parameters()) all.emplace(item.key(), item.value());
        for (const auto& item : model_.named_buffers()) all.emplace(item.key(), item.value());
        return all;
    }

    [[nodiscard]] std::string fault_of(const NetworkBatch& batch, bool learns) const {
        const auto windows = std::size_t(std::max(0, batch.windows)), steps = std::size_t(std::max(0, batch.steps));
        const auto asked = windows * batch.origins.size() * std::size_t(shape_.horizon);
        if (asked == 0 || steps == 0) return "a batch needs windows, steps and origins";
        if (batch.past.size() != windows * std::size_t(shape_.past_columns) * steps) return "the past has another size";
        if (batch.future.size() != asked * std::size_t(shape_.future_columns)) return "the future has another size";
        if (batch.categories.size() != windows * shape_.categories.size()) return "the categories have another size";
        if (shape_.regions > 0 && (batch.groups.size() != windows || batch.regions.size() != windows))
            return "groups and regions need a number for each window";
        if (learns && (batch.targets.size() != asked || batch.weights.size() != asked))
            return "targets and weights need a number for each period";
        for (const auto origin : batch.origins)
            if (origin < 0 || origin >= batch.steps) return "an origin lies outside of the steps";
        for (const auto region : batch.regions)
            if (shape_.regions > 0 && (region < 0 || region >= shape_.regions)) return "a region is out of range";
        for (std::size_t i = 0; i < batch.categories.size(); ++i)
            if (batch.categories[i] < 0 || batch.categories[i] >= shape_.categories[i % shape_.categories.size()])
                return "a category is out of range";
        return "";
    }

    static Tensor tensor(std::span<const float> values, at::IntArrayRef sizes) {
        return torch::from_blob(const_cast<float*>(values.data()), sizes, torch::kFloat32);
    }
    static Tensor tensor(std::span<const std::int64_t> values, at::IntArrayRef sizes) {
        return torch::from_blob(const_cast<std::int64_t*>(values.data()), sizes, torch::kInt64);
    }
    [[nodiscard]] Model::Inputs inputs(const NetworkBatch& batch) const {
        const std::int64_t windows = batch.windows, origins = std::int64_t(batch.origins.size());
        Model::Inputs in;
        in.past = tensor(batch.past, {windows, shape_.past_columns, batch.steps});
        in.origins = tensor(batch.origins, {origins});
        in.future = tensor(batch.future, {windows, origins, shape_.horizon, shape_.future_columns});
        if (!shape_.categories.empty())
            in.categories = tensor(batch.categories, {windows, std::int64_t(shape_.categories.size())});
        if (shape_.regions > 0) {
            in.groups = tensor(batch.groups, {windows});
            in.regions = tensor(batch.regions, {windows});
        }
        return in;
    }

    NetworkShape shape_;
    NetworkOptions options_;
    Tensor quantiles_;
    Model model_;
    torch::optim::AdamW optimiser_;
};

}  // namespace
}  // namespace suanpan::engines

// Null with an error, or a network.
extern "C" __attribute__((visibility("default"))) suanpan::engines::Network* suanpan_torch_network(
    const suanpan::engines::NetworkShape* shape, const suanpan::engines::NetworkOptions* options,
    suanpan::Error* error) {
    try {
        static std::mutex making;  // first weights come from the one generator that libtorch's layers draw from
        const std::lock_guard lock(making);
        torch::manual_seed(options->seed);
        return new suanpan::engines::TorchNetwork(*shape, *options);
    } catch (const std::exception& problem) {
        const std::string text = problem.what();
        *error = {suanpan::ErrorCode::internal, "libtorch failed: " + text.substr(0, text.find('\n')), "network"};
        return nullptr;
    }
}
