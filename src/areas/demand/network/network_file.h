#pragma once

#include <string>
#include <string_view>

#include "areas/demand/network/training.h"

namespace suanpan::demand {

// A trained network as safetensors: its weights, its scaling, and its shape in the metadata. The same network gives the
// same bytes.
[[nodiscard]] Result<std::string> write_network(const TrainedNetwork& trained);

// `about` names the file in errors. Errors: invalid_argument for what is no such file, naming the part that is wrong.
[[nodiscard]] Result<TrainedNetwork> read_network(std::string_view bytes, const std::string& about);

}  // namespace suanpan::demand
