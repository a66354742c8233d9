#pragma once

#include "areas/selection/scorer.h"
#include "platform/models/registry.h"

// A scorer as the files of a model: the trees in the formats of their libraries (lightgbm.txt, lightgbm_log.txt,
// xgboost.ubj, xgboost_success.ubj) and scorer.safetensors.
//
//   linear     F64 [3, columns]  mean, scale, slope
//   numbers    F64 [3]           the linear model's base, units of profit, units of the intervals
//   weights    F64 [members]
//   intervals  F64 [groups, 3]   up to, low, high
//   horizon    I64 [1]
//
// Its metadata has the checksum of each file of trees and of the names of the columns; "format" is "1".
namespace suanpan::selection {

inline constexpr std::string_view scorer_file = "scorer.safetensors";

// Of the names of all columns in their order: a scorer fits only the columns that it learned from.
[[nodiscard]] std::string columns_checksum();

[[nodiscard]] Result<models::Files> to_files(const Scorer& scorer);
// Errors: invalid_argument where a file is broken, of another model, or of other columns; not_found where one is
// missing.
[[nodiscard]] Result<Scorer> from_files(const models::Files& files);

}  // namespace suanpan::selection
