#pragma once

#include "platform/models/safetensors.h"

// Lists of names within a model file's metadata, as JSON.
namespace suanpan::demand {

[[nodiscard]] std::string names_text(const std::vector<std::string>& names);
// Errors: invalid_argument naming the file, where the metadata have no such list.
[[nodiscard]] Result<std::vector<std::string>> names_of(const models::Tensors& all, const std::string& key,
                                                        const std::string& file);

}  // namespace suanpan::demand
