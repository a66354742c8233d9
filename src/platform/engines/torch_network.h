#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/result.h"

// Networks that forecast many series together, by libtorch. libtorch is large and slow to load, so it stays in a
// library of its own, libsuanpan_torch.so, which is opened when the first network is made; nothing here needs its
// headers.
namespace suanpan::engines {

enum class Encoder { tcn, lstm };

// What a network looks like. It reads a stretch of steps of each window (a series over some time) with an encoder that
// at any step sees only that step and earlier ones; at some of the steps, the origins, it forecasts a horizon:
//     context = encoder(past)[origin], mixed over the regions of the same group
//     logarithm of 1 + demand over its level, at each quantile = future[base column] + head(context, future,
//     categories)
struct NetworkShape {
    Encoder encoder = Encoder::tcn;
    int past_columns = 1, future_columns = 1;  // column 0 of the future is the base that the head corrects
    int horizon = 1;
    std::vector<int> categories;  // how many values each category has
    int regions = 0;              // 0: no mixing
    int channels = 24, blocks = 4, kernel = 3, hidden = 64, embedding = 6;
    float dropout = 0.1F;
    std::vector<float> quantiles = {0.1F, 0.5F, 0.9F};  // rising

    // Steps that the output at an origin depends on (Bai, Kolter and Koltun 2018, section 3.3; two convolutions a
    // block, dilations 1, 2, 4, …); of the LSTM: all.
    [[nodiscard]] int receptive_field() const { return 1 + 2 * (kernel - 1) * ((1 << blocks) - 1); }
    bool operator==(const NetworkShape&) const = default;
};

struct NetworkOptions {
    float learning_rate = 0.003F, weight_decay = 0.0001F;
    std::uint64_t seed = 1;
    int threads = 1;
    std::vector<float> adjacency;  // given, [regions][regions], row by row; empty: only the learned one is used
};

// Arrays are row-major; every number is finite.
struct NetworkBatch {
    int windows = 0, steps = 0;
    std::span<const float> past;                    // [windows][past_columns][steps]
    std::span<const std::int64_t> origins;          // the steps from which is forecast
    std::span<const float> future;                  // [windows][origins][horizon][future_columns]
    std::span<const std::int64_t> categories;       // [windows][categories]
    std::span<const std::int64_t> groups, regions;  // [windows]; only where the shape has regions
    std::span<const float> targets, weights;  // [windows][origins][horizon], only to learn; targets over the level
};

struct NetworkWeights {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const NetworkWeights&) const = default;
};

class Network {
  public:
    virtual ~Network() = default;
    // One step of AdamW on the weighted mean quantile loss of demand over its level, which is returned.
    // Errors: invalid_argument where sizes do not fit the shape; internal with libtorch's sentence.
    [[nodiscard]] virtual Result<double> learn(const NetworkBatch& batch) = 0;
    // [windows][origins][horizon][quantiles] of demand over its level, rising with the quantile, not below 0.
    [[nodiscard]] virtual Result<std::vector<float>> predict(const NetworkBatch& batch) = 0;
    [[nodiscard]] virtual Result<std::vector<NetworkWeights>> weights() const = 0;
    // Errors: invalid_argument naming a tensor that is missing, is too many or has another shape.
    [[nodiscard]] virtual Result<> set_weights(std::span<const NetworkWeights> weights) = 0;
    virtual void set_learning_rate(double rate) = 0;
};

// Errors: unavailable where the library is not found, saying where it was looked for and what to do; invalid_argument
// for a shape that makes no network. The same shape, seed, batches and number of threads give the same numbers.
[[nodiscard]] Result<std::unique_ptr<Network>> make_network(const NetworkShape& shape, const NetworkOptions& options);

}  // namespace suanpan::engines
