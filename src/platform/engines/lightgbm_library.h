#pragma once

#include <cstdint>
#include <string>

#include "platform/base/result.h"

namespace suanpan::engines {

// The functions of LightGBM's C API (LightGBM/c_api.h, 4.7) that are used here; each gives 0, or -1 and last_error.
struct LightGbm {
    static constexpr int float32 = 0, normal = 0, raw = 1, contribution = 3, gain = 1;

    const char* (*last_error)();
    int (*dataset_from_matrix)(const void* data, int type, std::int32_t rows, std::int32_t columns, int by_rows,
                               const char* parameters, const void* reference, void** dataset);
    int (*dataset_set_field)(void* dataset, const char* name, const void* data, int count, int type);
    int (*dataset_free)(void* dataset);
    int (*create)(const void* dataset, const char* parameters, void** booster);
    int (*update)(void* booster, int* finished);
    int (*free)(void* booster);
    int (*load)(const char* text, int* rounds, void** booster);
    int (*save)(void* booster, int first, int rounds, int importance, std::int64_t room, std::int64_t* size,
                char* text);
    int (*importance)(void* booster, int rounds, int kind, double* values);
    int (*predict)(void* booster, const void* data, int type, std::int32_t rows, std::int32_t columns, int by_rows,
                   int kind, int first, int rounds, const char* parameters, std::int64_t* size, double* values);
};

// Loads the library once. Errors: unavailable.
[[nodiscard]] Result<const LightGbm*> light_gbm();

}  // namespace suanpan::engines
