#include "areas/demand/evaluate/adjacency.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "platform/store/database.h"

namespace suanpan::demand {

struct Neighbours {
    std::string region, neighbour;
    double weight = 0;
};

namespace {

constexpr std::array region_names = {"region", "store", "place", "city"};

Result<std::size_t> number_of_region(const std::vector<std::string>& texts, const std::string& region) {
    const auto found = std::ranges::find(texts, region);
    if (found == texts.end())
        return fail(ErrorCode::not_found, fmt::format("no series is of the region \"{}\"", region), "--adjacency");
    return static_cast<std::size_t>(found - texts.begin());
}

}  // namespace

std::size_t region_kind(const Dataset& dataset) {
    for (const auto* name : region_names)
        if (const auto kind = std::ranges::find(dataset.category_names, name); kind != dataset.category_names.end())
            return static_cast<std::size_t>(kind - dataset.category_names.begin());
    return dataset.category_names.size();
}

Result<std::vector<float>> read_adjacency(const std::filesystem::path& file, const Dataset& dataset) {
    const auto kind = region_kind(dataset);
    if (kind >= dataset.category_texts.size())
        return fail(ErrorCode::invalid_argument,
                    "the data have no regions: a column of texts named region, store, place or city", "--adjacency");
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::not_found, "there is no such file", file.string());
    const auto database = TRY(store::Database::open(":memory:"));
    auto connection = TRY(database->connect());
    const auto rows = connection.rows<Neighbours>(
        "SELECT region::VARCHAR AS region, neighbour::VARCHAR AS neighbour, weight::DOUBLE AS weight "
        "FROM read_csv(?, header = true)",
        file.string());
    if (!rows)
        return fail(ErrorCode::invalid_argument,
                    "not a CSV file with the columns region, neighbour, weight: " + rows.error().message,
                    file.string());
    const auto& texts = dataset.category_texts[kind];
    std::vector<float> weights(texts.size() * texts.size(), 0.0F);
    for (const auto& [region, neighbour, weight] : *rows) {
        if (!(weight >= 0) || !std::isfinite(weight))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the weight {} is not a number from 0 upwards", weight),
                        fmt::format("{}, {}", region, neighbour));
        auto& place =
            weights[TRY(number_of_region(texts, region)) * texts.size() + TRY(number_of_region(texts, neighbour))];
        if (place != 0)
            return fail(ErrorCode::invalid_argument, "the pair stands twice", fmt::format("{}, {}", region, neighbour));
        place = static_cast<float>(weight);
    }
    return weights;
}

}  // namespace suanpan::demand
