// The only file that includes libtorch; it is compiled into libsuanpan_torch.so (see torch_network.h).
#include <torch/torch.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "platform/engines/torch_network.h"

namespace suanpan::engines {
namespace {

namespace nn = torch::nn;
using torch::indexing::Slice;
using torch::Tensor;

// Inverted dropout by the network's own generator, so that networks that learn at the same time do not disturb one
// another and a seed gives the same numbers.
struct Dropout {
    double share = 0;
    at::Generator generator;

    Tensor operator()(const Tensor& x, bool training) const {
        if (!training || share <= 0) return x;
        return x * torch::empty_like(x).bernoulli_(1 - share, generator) / (1 - share);
    }
};

// Steps of a window, rising.
using Steps = std::vector<std::int64_t>;

// The steps that a dilated causal convolution reads to give some steps.
Steps read_for(const Steps& given, const NetworkShape& shape, std::int64_t dilation) {
    std::set<std::int64_t> read;
    for (const auto step : given)
        for (std::int64_t j = 0; j < shape.kernel; ++j)
            if (step >= j * dilation) read.insert(step - j * dilation);
    return {read.begin(), read.end()};
}

// Where each of `wanted`, moved back by `away`, lies among `there`, counted from 1; 0 where it lies before the window.
Tensor places(const Steps& wanted, const Steps& there, std::int64_t away) {
    Steps places;
    for (const auto step : wanted)
        places.push_back(step < away ? 0 : 1 + std::ranges::lower_bound(there, step - away) - there.begin());
    return torch::tensor(places);
}

// Two dilated convolutions that see nothing to their right, and a way around them (Bai et al. 2018, figure 1b). Only the
// steps that an origin depends on are computed: few, where the dilation is large. A convolution is a product with the
// steps that it reads, side by side; x is [windows][steps][channels].
struct Block : nn::Module {
    nn::Linear first, second;
    std::int64_t kernel, dilation;
    Dropout dropout;

    Block(const NetworkShape& shape, int apart, Dropout drop)
        : first(shape.kernel * shape.channels, shape.channels), second(shape.kernel * shape.channels, shape.channels),
          kernel(shape.kernel), dilation(apart), dropout(std::move(drop)) {
        register_module("first", first);
        register_module("second", second);
    }
    Tensor convolve(nn::Linear& convolution, const Tensor& x, const Steps& there, const Steps& wanted) {
        const auto padded = torch::constant_pad_nd(x, {0, 0, 1, 0});
        std::vector<Tensor> read;
        for (std::int64_t j = 0; j < kernel; ++j)
            read.push_back(padded.index_select(1, places(wanted, there, j * dilation)));
        return dropout(torch::relu(convolution(torch::cat(read, 2))), is_training());
    }
    struct Reach {
        Steps in, middle, out;
    };
    Tensor forward(const Tensor& x, const Reach& reach) {
        const auto inner = convolve(second, convolve(first, x, reach.in, reach.middle), reach.middle, reach.out);
        return torch::relu(x.index_select(1, places(reach.out, reach.in, 0) - 1) + inner);
    }
};

// Mixes contexts over the regions of a group by a given adjacency and by one that is learned, softmax(relu(E1 E2'))
// (Wu et al. 2019, "Graph WaveNet", equations 5 and 6; one step of diffusion).
struct Mixing : nn::Module {
    Tensor given, from, to;
    nn::Linear by_given, by_learned;

    Mixing(const NetworkShape& shape, const NetworkOptions& options)
        : by_given(nn::LinearOptions(shape.channels, shape.channels).bias(false)),
          by_learned(nn::LinearOptions(shape.channels, shape.channels).bias(false)) {
        const std::int64_t regions = shape.regions;
        auto matrix = options.adjacency.empty() ? torch::zeros({regions, regions})
                                                : torch::tensor(options.adjacency).view({regions, regions});
        given = register_buffer("given", matrix);
        from = register_parameter("from", torch::randn({regions, std::min<std::int64_t>(regions, 8)}));
        to = register_parameter("to", torch::randn({regions, std::min<std::int64_t>(regions, 8)}));
        register_module("by_given", by_given);
        register_module("by_learned", by_learned);
    }
    // Neighbours that are in the batch and in the same group share what weight there is.
    static Tensor neighbours(const Tensor& adjacency, const Tensor& regions, const Tensor& together) {
        const auto chosen = adjacency.index_select(0, regions).index_select(1, regions) * together;
        return chosen / chosen.sum(1, true).clamp_min(1e-6);
    }
    Tensor forward(const Tensor& context, const Tensor& groups, const Tensor& regions) {
        const auto together = groups.unsqueeze(0).eq(groups.unsqueeze(1)).to(torch::kFloat32);
        const auto learned = torch::softmax(torch::relu(torch::mm(from, to.t())), 1);
        const auto flat = context.flatten(1);
        const auto mix = [&](const Tensor& adjacency) {
            return torch::mm(neighbours(adjacency, regions, together), flat).view(context.sizes());
        };
        return context + by_given(mix(given)) + by_learned(mix(learned));
    }
};

struct Model : nn::Module {
    NetworkShape shape;
    Dropout dropout;
    nn::Linear enter{nullptr}, at_context{nullptr}, at_future{nullptr}, at_category{nullptr}, middle{nullptr},
        leave{nullptr};
    nn::Linear category_enter{nullptr};
    std::vector<nn::Embedding> embeddings;
    std::vector<std::shared_ptr<Block>> blocks;
    nn::LSTM lstm{nullptr};
    std::shared_ptr<Mixing> mixing;
    Tensor steps;  // a part of the head's first layer for each step ahead

    Model(const NetworkShape& what, const NetworkOptions& options, Dropout drop)
        : shape(what), dropout(std::move(drop)) {
        const std::int64_t channels = shape.channels, hidden = shape.hidden;
        enter = register_module("enter", nn::Linear(shape.past_columns, channels));
        make_encoder();
        std::int64_t width = 0;
        for (std::size_t k = 0; k < shape.categories.size(); ++k, width += shape.embedding) {
            embeddings.push_back(register_module("category_" + std::to_string(k),
                                                 nn::Embedding(shape.categories[k], shape.embedding)));
            const torch::NoGradGuard still;
            embeddings.back()->weight.mul_(0.1);
        }
        if (width > 0) {
            category_enter = register_module("category_enter", nn::Linear(width, channels));
            at_category = register_module("at_category", nn::Linear(width, hidden));
        }
        if (shape.regions > 0) mixing = register_module("mixing", std::make_shared<Mixing>(shape, options));
        at_context = register_module("at_context", nn::Linear(channels, hidden));
        at_future = register_module("at_future", nn::Linear(shape.future_columns, hidden));
        steps = register_parameter("steps", torch::zeros({shape.horizon, hidden}));
        middle = register_module("middle", nn::Linear(hidden, hidden));
        leave = register_module("leave", nn::Linear(hidden, std::int64_t(shape.quantiles.size())));
        const torch::NoGradGuard still;  // a network that learned nothing forecasts its base
        leave->weight.mul_(0.01);
        leave->bias.zero_();
    }

    void make_encoder() {
        if (shape.encoder == Encoder::lstm) {
            lstm = register_module("lstm", nn::LSTM(nn::LSTMOptions(shape.channels, shape.channels).batch_first(true)));
            return;
        }
        for (int b = 0; b < shape.blocks; ++b)
            blocks.push_back(
                register_module("block_" + std::to_string(b), std::make_shared<Block>(shape, 1 << b, dropout)));
    }

    Tensor embedded(const Tensor& categories) {
        std::vector<Tensor> parts;
        for (std::size_t k = 0; k < embeddings.size(); ++k)
            parts.push_back(embeddings[k](categories.index({Slice(), std::int64_t(k)})));
        return torch::cat(parts, 1);
    }

    static Steps steps_of(const Tensor& origins) {
        return {origins.data_ptr<std::int64_t>(), origins.data_ptr<std::int64_t>() + origins.numel()};
    }
    // From the last block, which gives the origins, back to the first; none of the LSTM.
    std::vector<Block::Reach> reaches(const Tensor& origins) const {
        std::vector<Block::Reach> all(blocks.size());
        auto wanted = steps_of(origins);
        std::ranges::sort(wanted);
        wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
        for (auto b = blocks.size(); b-- > 0;) {
            const auto middle = read_for(wanted, shape, blocks[b]->dilation);
            all[b] = {read_for(middle, shape, blocks[b]->dilation), middle, wanted};
            wanted = all[b].in;
        }
        return all;
    }

    // [windows][origins][channels]
    Tensor contexts(const Tensor& past, const Tensor& origins, const Tensor& statics) {
        const auto reach = reaches(origins);
        auto x = past.transpose(1, 2);
        if (!reach.empty()) x = x.index_select(1, torch::tensor(reach.front().in));
        x = enter(x);
        if (statics.defined()) x = x + category_enter(statics).unsqueeze(1);
        if (shape.encoder == Encoder::lstm) return std::get<0>(lstm(x)).index_select(1, origins);
        for (std::size_t b = 0; b < blocks.size(); ++b) x = blocks[b]->forward(x, reach[b]);
        return x.index_select(1, places(steps_of(origins), reach.back().out, 0) - 1);
    }

    struct Inputs {
        Tensor past, origins, future, categories, groups, regions;
    };
    // [windows][origins][horizon][quantiles] of log(1 + demand over its level)
    Tensor forward(const Inputs& in) {
        const auto statics = embeddings.empty() ? Tensor() : embedded(in.categories);
        auto context = contexts(in.past, in.origins, statics);
        if (mixing) context = mixing->forward(context, in.groups, in.regions);
        auto x = at_future(in.future) + at_context(context).unsqueeze(2) + steps;
        if (statics.defined()) x = x + at_category(statics).unsqueeze(1).unsqueeze(1);
        x = dropout(torch::relu(x), is_training());
        x = dropout(torch::relu(middle(x)), is_training());
        return in.future.narrow(3, 0, 1) + leave(x);
    }
};

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
        : shape_(shape), options_(options), quantiles_(torch::tensor(shape.quantiles)),
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
                all.push_back({name, tensor.sizes().vec(),
                               {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()}});
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
extern "C" __attribute__((visibility("default"))) suanpan::engines::Network* suanpan_torch_network(const suanpan::engines::NetworkShape* shape,
                                                            const suanpan::engines::NetworkOptions* options,
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
