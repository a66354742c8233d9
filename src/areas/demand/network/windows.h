#pragma once

#include <cstdint>
#include <vector>

#include "areas/demand/trees/features.h"
#include "platform/engines/torch_network.h"

namespace suanpan::demand {

// Means and deviations by which columns are made of one size; learned where the network is, used wherever it asks.
struct Scaling {
    std::vector<float> future_mean, future_deviation;  // a column of the future each
    std::vector<float> known_mean, known_deviation;    // a known column each

    bool operator==(const Scaling&) const = default;
};

// A series seen up to `back` periods before its end; further origins follow `stride` periods apart.
struct WindowPlace {
    std::uint32_t series;
    std::uint32_t back;
};

// What a batch points into.
struct WindowBatch {
    int windows = 0, steps = 0;
    std::vector<float> past, future, targets, weights, levels;  // levels: [windows][origins]
    std::vector<std::int64_t> origins, categories, groups, regions;

    [[nodiscard]] engines::NetworkBatch view() const;
};

// Makes the windows that a network reads. Its past has a value, whether that was observed, calendar and known columns;
// its future has the features of the boosted trees (features.h), which see nothing after the origin but what is known
// of the future. All that is a size is divided by the series' level at the origin (the past: at the first origin).
class WindowMaker {
  public:
    // A category named region, store, place or city makes regions; series whose other categories agree are a group,
    // whose members inform one another.
    // `least_horizon`: periods ahead, if the data ask for fewer; `least_sizes`: of the categories, if the data have
    // fewer texts.
    explicit WindowMaker(const Dataset& dataset, int least_horizon = 1, const std::vector<int>& least_sizes = {});

    [[nodiscard]] int context() const { return context_; }  // steps before the first origin: over a year by days, weeks
    // Between origins: a power of 2, as the dilations are, so that origins share steps; with the days of the week it
    // has no factor in common.
    [[nodiscard]] int stride() const { return dataset_.step_days == 1 ? 8 : 4; }
    [[nodiscard]] engines::NetworkShape shape(engines::Encoder encoder) const;
    [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& groups() const { return members_; }

    [[nodiscard]] Scaling scaling(std::uint64_t seed) const;
    struct Asked {
        int origins = 1;
        const Scaling& scaling;
    };
    [[nodiscard]] WindowBatch batch(const std::vector<WindowPlace>& places, const Asked& asked) const;

  private:
    struct Row {
        std::uint32_t series;
        std::size_t seen, period;
    };
    void find_regions();
    void find_columns();
    void raw_row(const Row& row, std::vector<float>& made) const;
    void push_future(const Row& row, const Scaling& scaling, WindowBatch& batch) const;
    void push_targets(std::uint32_t series, std::size_t seen, WindowBatch& batch) const;
    void push_past(std::uint32_t series, std::size_t seen, const Scaling& scaling, WindowBatch& batch) const;
    [[nodiscard]] std::vector<float> calendar(const SeriesRecord& series, std::ptrdiff_t period) const;

    const Dataset& dataset_;
    FeatureMaker maker_;
    int context_ = 1, horizon_ = 1, regions_ = 0;
    std::vector<std::size_t> bases_, kept_;  // columns of the features: candidates for the base, and all that are used
    std::size_t weekday_ = 0;                // column, or one past the last
    double mean_level_ = 1;
    std::vector<int> category_sizes_;
    std::vector<std::vector<std::uint32_t>> members_;  // series of a group
    std::vector<std::int64_t> group_, region_;         // of a series
};

}  // namespace suanpan::demand
