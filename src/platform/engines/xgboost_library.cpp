#include "platform/engines/xgboost_library.h"

#include <fmt/format.h>

#include "platform/engines/library.h"

namespace suanpan::engines {
namespace {

Result<XgBoost> open_xg_boost() {
    constexpr const char* file_name = "libxgboost.so.3";
    const auto library = open_installed(file_name);
    XgBoost api{};
    if (!library.find("XGBGetLastError", api.last_error) || !library.find("XGDMatrixCreateFromDense", api.matrix) ||
        !library.find("XGDMatrixSetInfoFromInterface", api.set_info) ||
        !library.find("XGDMatrixFree", api.free_matrix) || !library.find("XGBoosterCreate", api.create) ||
        !library.find("XGBoosterFree", api.free) || !library.find("XGBoosterSetParam", api.set_parameter) ||
        !library.find("XGBoosterUpdateOneIter", api.update) ||
        !library.find("XGBoosterPredictFromDMatrix", api.predict) ||
        !library.find("XGBoosterSaveModelToBuffer", api.save) ||
        !library.find("XGBoosterLoadModelFromBuffer", api.load))
        return fail(ErrorCode::unavailable,
                    fmt::format("boosted trees need XGBoost 3, and it cannot be loaded: {}. Install the package "
                                "libxgboost3",
                                library.why),
                    file_name);
    return api;
}

}  // namespace

Result<const XgBoost*> xg_boost() {
    static const auto api = open_xg_boost();  // stays loaded until the process ends
    if (!api) return std::unexpected(api.error());
    return &*api;
}

}  // namespace suanpan::engines
