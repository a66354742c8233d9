#include "areas/demand/network/windows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <random>

#include "areas/demand/evaluate/adjacency.h"

namespace suanpan::demand {
namespace {

// The first of these that there is and that is known is where the network begins; it learns what to add.
constexpr std::array base_names = {"alike 6", "same place 8", "a year before 1", "mean of 4", "mean of 8", "lag 1"};
constexpr float largest = 100;  // demand over its level

float squeezed(float value) {
    return std::copysign(std::log1p(std::abs(value)), value);
}

std::size_t find(const std::vector<std::string>& names, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

// Mean and deviation of the finite numbers of a column; 0 and 1 where there are none.
void learn(const std::vector<float>& values, float& mean, float& deviation) {
    double sum = 0, squares = 0, count = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        sum += value;
        squares += value * value;
        count += 1;
    }
    mean = count > 0 ? static_cast<float>(sum / count) : 0;
    const double variance = count > 0 ? squares / count - double(mean) * mean : 0;
    deviation = variance > 1e-8 ? static_cast<float>(std::sqrt(variance)) : 1;
}

float standard(float value, float mean, float deviation) {
    return std::isfinite(value) ? std::clamp((value - mean) / deviation, -5.0F, 5.0F) : 0.0F;
}

// Whether a region alone says what the category is, as its type does.
bool follows_region(const Dataset& dataset, std::size_t kind, std::size_t region) {
    std::map<int, int> seen;
    return std::ranges::all_of(dataset.series, [&](const SeriesRecord& series) {
        return seen.emplace(series.category[region], series.category[kind]).first->second == series.category[kind];
    });
}

}  // namespace

engines::NetworkBatch WindowBatch::view() const {
    return {windows, steps, past, origins, future, categories, groups, regions, targets, weights};
}

WindowMaker::WindowMaker(const Dataset& dataset, int least_horizon, const std::vector<int>& least_sizes)
    : dataset_(dataset), maker_(dataset), horizon_(std::max(1, least_horizon)) {
    std::size_t longest = 1, season = 1;
    double levels = 0;
    for (std::uint32_t s = 0; s < dataset.series.size(); ++s) {
        const auto& series = dataset.series[s];
        longest = std::max(longest, series.values.size());
        season = std::max(season, static_cast<std::size_t>(std::max(1, series.season)));
        horizon_ = std::max(horizon_, static_cast<int>(series.horizon()));
        levels += maker_.level(s, std::max<std::size_t>(1, series.values.size()));
    }
    if (!dataset.series.empty()) mean_level_ = levels / double(dataset.series.size());
    const std::size_t wanted = dataset.step_days == 1 ? 371 : dataset.step_days == 7 ? 56 : 2 * season + 4;
    context_ = static_cast<int>(std::min(wanted, longest));
    for (std::size_t kind = 0; kind < dataset.category_names.size(); ++kind) {
        int most = 0;
        for (const auto& series : dataset.series) most = std::max(most, series.category[kind]);
        category_sizes_.push_back(std::max(most + 1, kind < least_sizes.size() ? least_sizes[kind] : 0));
    }
    find_regions();
    find_columns();
}

void WindowMaker::find_regions() {
    const auto kind = region_kind(dataset_);
    const bool regions = kind < dataset_.category_names.size() && category_sizes_[kind] > 1;
    if (regions) regions_ = category_sizes_[kind];
    std::vector<std::size_t> others;
    for (std::size_t other = 0; regions && other < dataset_.category_names.size(); ++other)
        if (other != kind && !follows_region(dataset_, other, kind)) others.push_back(other);
    std::map<std::vector<int>, std::int64_t> numbers;
    for (std::uint32_t s = 0; s < dataset_.series.size(); ++s) {
        std::vector<int> key;
        if (!regions) key.push_back(static_cast<int>(s));
        for (const auto other : others) key.push_back(dataset_.series[s].category[other]);
        const auto number = numbers.emplace(key, std::ssize(members_)).first->second;
        if (number == std::ssize(members_)) members_.emplace_back();
        members_[static_cast<std::size_t>(number)].push_back(s);
        group_.push_back(number);
        region_.push_back(regions ? dataset_.series[s].category[kind] : 0);
    }
}

void WindowMaker::find_columns() {
    const auto& names = maker_.names();
    for (const auto* name : base_names)
        if (const auto column = find(names, name); column < names.size()) bases_.push_back(column);
    weekday_ = find(names, "weekday");
    const auto plain = names.size() - dataset_.category_names.size();  // categories go into embeddings
    for (std::size_t k = 0; k < plain; ++k)
        if (names[k] != "log level" && k != weekday_) kept_.push_back(k);
}

engines::NetworkShape WindowMaker::shape(engines::Encoder encoder) const {
    engines::NetworkShape shape{.encoder = encoder, .horizon = horizon_};
    const SeriesRecord none{};
    shape.past_columns = static_cast<int>(2 + calendar(none, 0).size() + dataset_.known_names.size());
    shape.future_columns = static_cast<int>(1 + kept_.size() + (weekday_ < maker_.names().size() ? 7 : 0));
    shape.categories = category_sizes_;
    shape.regions = regions_;
    shape.blocks = 1;
    while (shape.receptive_field() < context_) ++shape.blocks;
    return shape;
}

void WindowMaker::raw_row(const Row& row, std::vector<float>& made) const {
    made.clear();
    maker_.append(row.series, row.seen, row.period, made);
}

Scaling WindowMaker::scaling(std::uint64_t seed) const {
    std::mt19937_64 random(seed);
    std::vector<std::vector<float>> columns(kept_.size());
    std::vector<float> row;
    for (int draw = 0; draw < 4000 && !dataset_.series.empty(); ++draw) {
        const auto s = static_cast<std::uint32_t>(random() % dataset_.series.size());
        const auto& series = dataset_.series[s];
        if (series.values.empty() || series.horizon() == 0) continue;
        const auto seen = 1 + random() % series.values.size();
        raw_row({s, seen, seen + random() % series.horizon()}, row);
        for (std::size_t k = 0; k < kept_.size(); ++k) columns[k].push_back(squeezed(row[kept_[k]]));
    }
    Scaling scaling;
    for (const auto& column : columns)
        learn(column, scaling.future_mean.emplace_back(), scaling.future_deviation.emplace_back());
    for (std::size_t k = 0; k < dataset_.known_names.size(); ++k) {
        std::vector<float> values;
        for (const auto& series : dataset_.series)
            for (std::size_t t = 0; t < series.values.size(); ++t) values.push_back(series.known[k][t]);
        learn(values, scaling.known_mean.emplace_back(), scaling.known_deviation.emplace_back());
    }
    return scaling;
}

// Places in the week and in the year, or in the season where there are no dates.
std::vector<float> WindowMaker::calendar(const SeriesRecord& series, std::ptrdiff_t period) const {
    std::vector<float> columns;
    const auto wave = [&](double turns) {
        columns.push_back(static_cast<float>(std::sin(2 * std::numbers::pi * turns)));
        columns.push_back(static_cast<float>(std::cos(2 * std::numbers::pi * turns)));
    };
    if (dataset_.step_days == 0) {
        wave(double(period) / std::max(1, series.season));
        return columns;
    }
    const auto day = (series.first + Days(period * dataset_.step_days)).time_since_epoch().count();
    wave(double(day) / 365.2425);
    wave(2 * double(day) / 365.2425);
    if (dataset_.step_days != 1) return columns;
    wave(double(day) / 7);
    wave(2 * double(day) / 7);
    return columns;
}

void WindowMaker::push_past(std::uint32_t s, std::size_t seen, const Scaling& scaling, WindowBatch& batch) const {
    const auto& series = dataset_.series[s];
    const auto steps = static_cast<std::size_t>(batch.steps);
    const auto begin = static_cast<std::ptrdiff_t>(seen) - context_;
    const auto columns = 2 + calendar(series, 0).size() + scaling.known_mean.size();
    const auto at = batch.past.size();
    batch.past.resize(at + columns * steps, 0.0F);
    const auto set = [&](std::size_t column, std::size_t step, float value) {
        batch.past[at + column * steps + step] = value;
    };
    const double level = maker_.level(s, seen);
    for (std::size_t step = 0; step < steps; ++step) {
        const auto period = begin + static_cast<std::ptrdiff_t>(step);
        if (period < 0 || period >= std::ssize(series.values)) continue;
        const auto p = static_cast<std::size_t>(period);
        std::size_t column = 0;
        const double value = series.values[p];
        set(column++, step, std::isfinite(value) ? std::log1p(std::clamp(float(value / level), 0.0F, largest)) : 0.0F);
        set(column++, step, std::isfinite(value) ? 1.0F : 0.0F);
        for (const float wave : calendar(series, period)) set(column++, step, wave);
        for (std::size_t k = 0; k < scaling.known_mean.size(); ++k)
            set(column++, step, standard(series.known[k][p], scaling.known_mean[k], scaling.known_deviation[k]));
    }
}

void WindowMaker::push_future(const Row& asked, const Scaling& scaling, WindowBatch& batch) const {
    std::vector<float> row;
    raw_row(asked, row);
    float base = 1;
    for (const auto column : bases_)
        if (std::isfinite(row[column])) {
            base = row[column];
            break;
        }
    batch.future.push_back(std::log1p(std::clamp(base, 0.0F, largest)));
    for (std::size_t k = 0; k < kept_.size(); ++k)
        batch.future.push_back(standard(squeezed(row[kept_[k]]), scaling.future_mean[k], scaling.future_deviation[k]));
    if (weekday_ >= maker_.names().size()) return;
    for (int day = 1; day <= 7; ++day) batch.future.push_back(row[weekday_] == float(day) ? 1.0F : 0.0F);
}

void WindowMaker::push_targets(std::uint32_t s, std::size_t seen, WindowBatch& batch) const {
    const auto& values = dataset_.series[s].values;
    const double level = maker_.level(s, seen);
    for (std::size_t h = 0; h < static_cast<std::size_t>(horizon_); ++h) {
        const bool there = seen + h < values.size() && std::isfinite(values[seen + h]);
        batch.targets.push_back(there ? std::clamp(float(values[seen + h] / level), 0.0F, largest) : 0.0F);
        batch.weights.push_back(there ? float(std::clamp(level / mean_level_, 0.01, 10.0)) : 0.0F);
    }
}

WindowBatch WindowMaker::batch(const std::vector<WindowPlace>& places, const Asked& asked) const {
    WindowBatch batch{.windows = static_cast<int>(places.size()), .steps = context_ + (asked.origins - 1) * stride()};
    for (int k = 0; k < asked.origins; ++k) batch.origins.push_back(context_ - 1 + k * stride());
    for (const auto& [s, back] : places) {
        const auto& series = dataset_.series[s];
        const auto first = series.values.size() - back;
        push_past(s, first, asked.scaling, batch);
        for (int k = 0; k < asked.origins; ++k) {
            const auto seen = first + static_cast<std::size_t>(k * stride());
            batch.levels.push_back(static_cast<float>(maker_.level(s, seen)));
            // Past the end of what is known of a series, its last period stands in: it is neither learned nor asked.
            const auto last = series.values.size() + std::max<std::size_t>(1, series.horizon()) - 1;
            for (std::size_t h = 0; h < static_cast<std::size_t>(horizon_); ++h)
                push_future({s, seen, std::min(seen + h, last)}, asked.scaling, batch);
            push_targets(s, seen, batch);
        }
        for (const int category : series.category) batch.categories.push_back(category);
        // A group at another time is another group.
        batch.groups.push_back((group_[s] << 32) + back);
        batch.regions.push_back(region_[s]);
    }
    return batch;
}

}  // namespace suanpan::demand
