#include "areas/demand/evaluate/hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace suanpan::demand {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

std::size_t longest_of(const Dataset& dataset, const Hierarchy::Node& node) {
    std::size_t seen = 0;
    for (const auto s : node.series) seen = std::max(seen, dataset.series[s].values.size());
    return seen;
}

// Series end together; a younger one counts from where it begins.
void add_values(SeriesRecord& sum, const SeriesRecord& series) {
    const auto late = sum.values.size() - series.values.size();
    for (std::size_t t = 0; t < series.values.size(); ++t)
        if (std::isfinite(series.values[t])) sum.values[late + t] += series.values[t];
    for (std::size_t h = 0; h < std::min(sum.horizon(), series.horizon()); ++h)
        if (series.weight[h] > 0) {
            sum.actual[h] += series.actual[h];
            sum.weight[h] = 1;
        }
}

void add_known(SeriesRecord& sum, std::vector<std::vector<float>>& counts, const SeriesRecord& series) {
    const auto late = sum.values.size() - series.values.size();
    for (std::size_t k = 0; k < series.known.size(); ++k)
        for (std::size_t t = 0; t < std::min(series.known[k].size(), sum.known[k].size() - late); ++t)
            if (std::isfinite(series.known[k][t])) {
                sum.known[k][late + t] += series.known[k][t];
                counts[k][late + t] += 1;
            }
}

SeriesRecord sum_of(const Dataset& dataset, const Hierarchy::Node& node) {
    const auto seen = longest_of(dataset, node);
    const auto& first = dataset.series[node.series.front()];
    SeriesRecord sum{.id = node.name, .first = first.first, .season = first.season};
    sum.values.assign(seen, 0.0);
    sum.actual.assign(first.horizon(), 0.0);
    sum.weight.assign(first.horizon(), 0.0);
    sum.known.assign(dataset.known_names.size(), std::vector<float>(seen + first.horizon(), 0));
    auto counts = sum.known;
    for (const auto s : node.series) {
        const auto& series = dataset.series[s];
        if (series.values.size() == seen) sum.first = series.first;
        add_values(sum, series);
        add_known(sum, counts, series);
    }
    for (std::size_t k = 0; k < sum.known.size(); ++k)
        for (std::size_t t = 0; t < counts[k].size(); ++t)
            sum.known[k][t] = counts[k][t] > 0 ? sum.known[k][t] / counts[k][t] : unknown;
    return sum;
}

void add_level(Hierarchy& hierarchy, const std::string& name, const std::vector<int>& group_of) {
    std::map<int, std::vector<std::size_t>> groups;
    for (std::size_t s = 0; s < group_of.size(); ++s) groups[group_of[s]].push_back(s);
    const bool is_total = hierarchy.levels.empty();
    if (!is_total && (groups.size() < 2 || groups.size() == group_of.size())) return;
    for (auto& [group, series] : groups)
        hierarchy.nodes.push_back(
            {hierarchy.levels.size(), is_total ? name : fmt::format("{} {}", name, group), std::move(series)});
    hierarchy.levels.push_back(name);
}

}  // namespace

Hierarchy hierarchy_of(const Dataset& dataset) {
    Hierarchy hierarchy;
    if (dataset.series.empty()) return hierarchy;
    std::vector<int> group_of(dataset.series.size(), 0);
    add_level(hierarchy, "total", group_of);
    for (std::size_t k = 0; k < dataset.category_names.size(); ++k) {
        for (std::size_t s = 0; s < group_of.size(); ++s) group_of[s] = dataset.series[s].category[k];
        add_level(hierarchy, dataset.category_names[k], group_of);
    }
    return hierarchy;
}

Dataset summed(const Dataset& dataset, const Hierarchy& hierarchy) {
    Dataset sums{{}, dataset.step_days, dataset.known_names, {}};
    for (const auto& node : hierarchy.nodes) sums.series.push_back(sum_of(dataset, node));
    return sums;
}

Levelled bottom_up(const Levelled& base, const Hierarchy& hierarchy) {
    Levelled result{base.series, {}};
    for (const auto& node : hierarchy.nodes) {
        std::vector<double> sum;
        for (const auto s : node.series) {
            sum.resize(std::max(sum.size(), base.series[s].size()));
            for (std::size_t h = 0; h < base.series[s].size(); ++h) sum[h] += base.series[s][h];
        }
        result.nodes.push_back(std::move(sum));
    }
    return result;
}

}  // namespace suanpan::demand
