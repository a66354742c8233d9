#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "areas/data/features/compute.h"

namespace suanpan::features {

struct TrainingOptions {
    enum class Way { choose, pairs, running };  // how sums are counted; the values are the same
    enum class Format { parquet, csv };
    Entity entity = Entity::item;
    std::vector<std::filesystem::path> labels;  // CSV or Parquet with the entity's keys and `moment`
    std::vector<const Feature*> features;
    std::int64_t sample = 0;  // rows drawn by the seed; 0: all
    std::int64_t seed = 0;
    Format format = Format::parquet;
    Way way = Way::choose;
};

struct UsedFeature {
    std::string name, hash;
};

// Beside the file, as JSON: what it was made from, so that it can be made again.
struct TrainingSet {
    std::string file, entity, made_at, first_moment, last_moment, live_from, labels_hash;
    std::int64_t rows = 0, sample = 0, seed = 0;
    std::vector<UsedFeature> features;
    std::vector<std::string> data_versions;  // by stream
};

// Writes exports/training-<entity>-<hash>.parquet: the labels' columns in their order, then the features as they were
// known at each row's moment. Errors: a label file without its keys or moment, naming its columns; a moment that cannot
// be read, with its row.
[[nodiscard]] Result<TrainingSet> training_set(const store::Shop& shop, const Declarations& declared,
                                               const TrainingOptions& options);

}  // namespace suanpan::features
