#pragma once

#include "areas/demand/panel.h"
#include "platform/models/registry.h"

// A trained panel as the file of a model: weights.safetensors.
//
//   state     F64 [items, 7]  level, trend, phi, alpha, beta, gamma, sigma
//   flags     I64 [items]     1: the season multiplies; 2: errors are relative
//   method    I64 [items]     place in the metadata's "methods"
//   errors    F64 [items, 2]  of the backtest: ours, the baseline's
//   judged    I64 [items]
//   seen      I64 [items]     checksum of what it was fitted on; format "1" has none
//   season, residuals         F64, of all items one after the other;
//   season_end, residuals_end I64 [items] say where an item's end
//
// The metadata's "items" and "methods" are JSON lists of names; "format" is "2".
namespace suanpan::demand {

inline constexpr std::string_view weights_file = "weights.safetensors";

[[nodiscard]] Result<models::Files> to_files(std::span<const ItemModel> items);
// Errors: invalid_argument where the file is broken or of another kind of model; not_found where it is missing.
[[nodiscard]] Result<std::vector<ItemModel>> from_files(const models::Files& files);

}  // namespace suanpan::demand
