#include "platform/engines/lightgbm_library.h"

#include <fmt/format.h>

#include "platform/engines/library.h"

namespace suanpan::engines {
namespace {

Result<LightGbm> open_light_gbm() {
    constexpr const char* file_name = "lib_lightgbm.so";
    const auto library = open_shipped(file_name);
    LightGbm api{};
    if (!library.find("LGBM_GetLastError", api.last_error) ||
        !library.find("LGBM_DatasetCreateFromMat", api.dataset_from_matrix) ||
        !library.find("LGBM_DatasetSetField", api.dataset_set_field) ||
        !library.find("LGBM_DatasetFree", api.dataset_free) || !library.find("LGBM_BoosterCreate", api.create) ||
        !library.find("LGBM_BoosterUpdateOneIter", api.update) || !library.find("LGBM_BoosterFree", api.free) ||
        !library.find("LGBM_BoosterLoadModelFromString", api.load) ||
        !library.find("LGBM_BoosterSaveModelToString", api.save) ||
        !library.find("LGBM_BoosterFeatureImportance", api.importance) ||
        !library.find("LGBM_BoosterPredictForMat", api.predict))
        return fail(
            ErrorCode::unavailable,
            fmt::format("boosted trees need LightGBM 4.7, and it cannot be loaded: {}. Put it into a folder lib "
                        "beside the program's, or name its folder with SUANPAN_ENGINES; ./dev build does it",
                        library.why),
            file_name);
    return api;
}

}  // namespace

Result<const LightGbm*> light_gbm() {
    static const auto api = open_light_gbm();  // stays loaded until the process ends
    if (!api) return std::unexpected(api.error());
    return &*api;
}

}  // namespace suanpan::engines
