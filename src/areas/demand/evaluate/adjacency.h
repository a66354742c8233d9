#pragma once

#include <filesystem>

#include "areas/demand/evaluate/dataset.h"

namespace suanpan::demand {

// The place of the category whose texts are regions (named region, store, place or city); one past the last where
// there is none.
[[nodiscard]] std::size_t region_kind(const Dataset& dataset);

// Reads a CSV file (also gzip) with a row a pair of regions, columns region, neighbour and weight: how much a region
// hears of its neighbour. Gives weights by the regions' numbers, row by row, 0 where the file says nothing.
// Errors: not_found for a file, column or region that is not there; invalid_argument for a weight below 0, a pair that
// stands twice, or data without regions.
[[nodiscard]] Result<std::vector<float>> read_adjacency(const std::filesystem::path& file, const Dataset& dataset);

}  // namespace suanpan::demand
