#pragma once

#include <xgboost/c_api.h>

#include "platform/base/result.h"

namespace suanpan::engines {

// The functions of XGBoost's C API (3.3) that are used here; each gives 0, or -1 and last_error.
struct XgBoost {
    decltype(&XGBGetLastError) last_error;
    decltype(&XGDMatrixCreateFromDense) matrix;
    decltype(&XGDMatrixSetInfoFromInterface) set_info;
    decltype(&XGDMatrixFree) free_matrix;
    decltype(&XGBoosterCreate) create;
    decltype(&XGBoosterFree) free;
    decltype(&XGBoosterSetParam) set_parameter;
    decltype(&XGBoosterUpdateOneIter) update;
    decltype(&XGBoosterPredictFromDMatrix) predict;
    decltype(&XGBoosterSaveModelToBuffer) save;
    decltype(&XGBoosterLoadModelFromBuffer) load;
};

// Loads the system's library once. Errors: unavailable.
[[nodiscard]] Result<const XgBoost*> xg_boost();

}  // namespace suanpan::engines
