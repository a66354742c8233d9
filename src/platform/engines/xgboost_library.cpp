#include "platform/engines/xgboost_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>

namespace suanpan::engines {
namespace {

constexpr const char* file_name = "libxgboost.so.3";

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

Result<XgBoost> open() {
    ::setenv("OMP_WAIT_POLICY", "passive", 0);  // see lightgbm_library.cpp
    void* library = ::dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
    const std::string why = library == nullptr ? ::dlerror() : "a function is missing in it";
    XgBoost api{};
    if (library == nullptr || !find(library, "XGBGetLastError", api.last_error) ||
        !find(library, "XGDMatrixCreateFromDense", api.matrix) ||
        !find(library, "XGDMatrixSetInfoFromInterface", api.set_info) ||
        !find(library, "XGDMatrixFree", api.free_matrix) || !find(library, "XGBoosterCreate", api.create) ||
        !find(library, "XGBoosterFree", api.free) || !find(library, "XGBoosterSetParam", api.set_parameter) ||
        !find(library, "XGBoosterUpdateOneIter", api.update) ||
        !find(library, "XGBoosterPredictFromDMatrix", api.predict) ||
        !find(library, "XGBoosterSaveModelToBuffer", api.save) ||
        !find(library, "XGBoosterLoadModelFromBuffer", api.load))
        return fail(ErrorCode::unavailable,
                    fmt::format("boosted trees need XGBoost 3, and it cannot be loaded: {}. Install the package "
                                "libxgboost3",
                                why),
                    file_name);
    return api;
}

}  // namespace

Result<const XgBoost*> xg_boost() {
    static const auto api = open();  // stays loaded until the process ends
    if (!api) return std::unexpected(api.error());
    return &*api;
}

}  // namespace suanpan::engines
