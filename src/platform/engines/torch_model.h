#pragma once

#include <torch/torch.h>

#include <algorithm>
#include <map>
#include <set>

#include "platform/engines/torch_network.h"

// The network itself, in libtorch's terms; only torch_network_plugin.cpp includes this.
namespace suanpan::engines {

namespace nn = torch::nn;
using torch::Tensor;
using torch::indexing::Slice;

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
std::vector<std::int64_t> places(const Steps& wanted, const Steps& there, std::int64_t away) {
    std::vector<std::int64_t> places;
    for (const auto step : wanted)
        places.push_back(step < away ? 0 : 1 + std::ranges::lower_bound(there, step - away) - there.begin());
    return places;
}

// The steps of x, [windows][steps][channels], at these places; zeros for place 0. Steps that are equally far apart are
// a slice, which is many times quicker to learn through than a selection: libtorch adds the gradients of a selection up
// step by step.
Tensor taken(const Tensor& x, const std::vector<std::int64_t>& places) {
    const auto before = std::ranges::find_if(places, [](auto place) { return place > 0; }) - places.begin();
    const auto count = std::ssize(places) - before;
    if (count == 0) return torch::zeros({x.size(0), before, x.size(2)});
    const auto first = places[static_cast<std::size_t>(before)];
    const auto apart = count > 1 ? places[static_cast<std::size_t>(before) + 1] - first : 1;
    bool even = apart > 0;
    for (std::int64_t i = 0; i < count; ++i)
        even = even && places[static_cast<std::size_t>(before + i)] == first + i * apart;
    if (!even) return torch::constant_pad_nd(x, {0, 0, 1, 0}).index_select(1, torch::tensor(places));
    const auto slice = x.slice(1, first - 1, first + (count - 1) * apart, apart);
    return before > 0 ? torch::constant_pad_nd(slice, {0, 0, before, 0}) : slice;
}

// Two dilated convolutions that see nothing to their right, and a way around them (Bai et al. 2018, figure 1b). Only
// the steps that an origin depends on are computed: few, where the dilation is large. A convolution is a product with
// the steps that it reads, side by side; x is [windows][steps][channels].
struct Block : nn::Module {
    nn::Linear first, second;
    std::int64_t kernel, dilation;
    Dropout dropout;

    Block(const NetworkShape& shape, int apart, Dropout drop)
        : first(shape.kernel * shape.channels, shape.channels),
          second(shape.kernel * shape.channels, shape.channels),
          kernel(shape.kernel),
          dilation(apart),
          dropout(std::move(drop)) {
        register_module("first", first);
        register_module("second", second);
    }
    Tensor convolve(nn::Linear& convolution, const Tensor& x, const Steps& there, const Steps& wanted) {
        std::vector<Tensor> read;
        for (std::int64_t j = 0; j < kernel; ++j) read.push_back(taken(x, places(wanted, there, j * dilation)));
        return dropout(torch::relu(convolution(torch::cat(read, 2))), is_training());
    }
    struct Reach {
        Steps in, middle, out;
    };
    Tensor forward(const Tensor& x, const Reach& reach) {
        const auto inner = convolve(second, convolve(first, x, reach.in, reach.middle), reach.middle, reach.out);
        return torch::relu(taken(x, places(reach.out, reach.in, 0)) + inner);
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
            embeddings.push_back(
                register_module("category_" + std::to_string(k), nn::Embedding(shape.categories[k], shape.embedding)));
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
        return taken(x, places(steps_of(origins), reach.back().out, 0));
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

}  // namespace suanpan::engines
