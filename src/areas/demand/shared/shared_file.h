#pragma once

#include "areas/demand/shared/shared.h"
#include "platform/models/registry.h"

// The model of all items as two files of a version: shared.txt, LightGBM's own format, and shared.safetensors:
//
//   classes   F64 [6, 4]          weight, error, the own methods' error, windows
//   scores    F64 [6, 2, levels]  without and with a promotion; 0 where the class is not served
//   mixes     F64 [6, 1 + challengers]  shares of the trees and of each challenger; only where there are challengers
//   errors    F64 [judged, 3]     error, baseline's error, windows of the items that the metadata's "judged" names
//
// A challenger that is a network is a file of its own, such as tcn.safetensors (network_file.h).
// Metadata: "challengers" (the format is then "2"), "covariates", "columns", "judged", "kinds" (of categories),
// "categories" and "categories of KIND" (their texts) are JSON lists of names; "scale", "choice", "end"; "format" is
// "1".
namespace suanpan::demand {

[[nodiscard]] Result<> add_shared(models::Files& files, const SharedModel& model);
// Nothing where the version has no such files. Errors: invalid_argument where they are broken.
[[nodiscard]] Result<std::optional<SharedModel>> shared_of(const models::Files& files);

}  // namespace suanpan::demand
