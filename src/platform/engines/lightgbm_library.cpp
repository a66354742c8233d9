#include "platform/engines/lightgbm_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <vector>

namespace suanpan::engines {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "lib_lightgbm.so";

std::vector<fs::path> places() {
    std::vector<fs::path> places;
    if (const char* named = std::getenv("SUANPAN_ENGINES")) places.emplace_back(fs::path(named) / file_name);
    std::error_code error;
    auto folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (int up = 0; up < 5 && folder.has_relative_path(); ++up, folder = folder.parent_path())
        places.push_back(folder / "lib" / file_name);
    return places;
}

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

Result<LightGbm> open() {
    // OpenMP's threads wait by spinning unless they are told otherwise as it is loaded; on busy cores they then wait
    // for one another most of the time.
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    void* library = nullptr;
    std::string why = "there is no " + std::string(file_name);
    for (const auto& place : places()) {
        if (!fs::exists(place)) continue;
        library = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (library != nullptr) break;
        why = ::dlerror();
    }
    LightGbm api{};
    if (library == nullptr || !find(library, "LGBM_GetLastError", api.last_error) ||
        !find(library, "LGBM_DatasetCreateFromMat", api.dataset_from_matrix) ||
        !find(library, "LGBM_DatasetSetField", api.dataset_set_field) ||
        !find(library, "LGBM_DatasetFree", api.dataset_free) || !find(library, "LGBM_BoosterCreate", api.create) ||
        !find(library, "LGBM_BoosterUpdateOneIter", api.update) || !find(library, "LGBM_BoosterFree", api.free) ||
        !find(library, "LGBM_BoosterLoadModelFromString", api.load) ||
        !find(library, "LGBM_BoosterSaveModelToString", api.save) ||
        !find(library, "LGBM_BoosterFeatureImportance", api.importance) ||
        !find(library, "LGBM_BoosterPredictForMat", api.predict))
        return fail(
            ErrorCode::unavailable,
            fmt::format("boosted trees need LightGBM 4.7, and it cannot be loaded: {}. Put it into a folder lib "
                        "beside the program's, or name its folder with SUANPAN_ENGINES; ./dev build does it",
                        why),
            file_name);
    return api;
}

}  // namespace

Result<const LightGbm*> light_gbm() {
    static const auto api = open();  // stays loaded until the process ends
    if (!api) return std::unexpected(api.error());
    return &*api;
}

}  // namespace suanpan::engines
