#pragma once

#include <functional>
#include <map>

#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/reduction.h"

// What a model made of contents, kept so that it is asked only about new ones.
namespace suanpan::selection {

// Titles or pictures of rows.
struct Contents {
    std::vector<std::string> keys;  // a row each, the same for the same content; "": has none
    std::function<Result<std::string>(std::size_t row)> read;  // by several threads at once
};

struct ReducedContent {
    std::vector<float> values;  // embedded_dimensions
    std::string problem;        // why it could not be read; then the values are 0
};

// Of one model.
struct ContentCache {
    std::string checksum;       // of the model
    std::size_t width = 0;      // that the model gives
    std::size_t fitted_on = 0;  // contents
    Reduction reduction;
    std::map<std::string, ReducedContent, std::less<>> known;  // by key
};

// Contents that a reduction is fitted on, at most. One that was fitted on fewer is fitted anew, and everything with it,
// once there are four times as many.
inline constexpr std::size_t most_fitted = 2000;

struct Renewed {
    ContentCache cache;     // with every key of the rows, and no other
    bool anew = false;      // nothing of the earlier one is in it
    std::size_t fresh = 0;  // contents that the model was asked about
};
// Told what is done of how much; an error ends the work.
using Told = std::function<Result<>(std::size_t done, std::size_t total)>;
[[nodiscard]] Result<Renewed> renewed(ContentCache earlier, const EmbeddingModel& model, const Contents& contents,
                                      const Told& told);

}  // namespace suanpan::selection
