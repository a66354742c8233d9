#pragma once

#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/model_files.h"

namespace suanpan::selection {

// Of model.safetensors and a tokenizer.
[[nodiscard]] Result<std::unique_ptr<EmbeddingModel>> read_static_text_model(ModelFiles& files, Tokenizer tokenizer);

}  // namespace suanpan::selection
