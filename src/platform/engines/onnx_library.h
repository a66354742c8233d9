#pragma once

#include <onnxruntime/onnxruntime_c_api.h>

#include <memory>

#include "platform/base/result.h"

// ONNX Runtime's C API; only onnx_network.cpp includes this. Loaded when it is first used.
namespace suanpan::engines {

struct OnnxRuntime {
    const OrtApi* api = nullptr;
    OrtEnv* environment = nullptr;  // its log goes nowhere: errors come back as text
    OrtMemoryInfo* memory = nullptr;
    OrtAllocator* allocator = nullptr;
};
// Errors: unavailable, with the package to install.
[[nodiscard]] Result<const OnnxRuntime*> onnx_runtime();

// Frees what the API made by the function of the API that frees it.
template <auto Release>
struct OnnxRelease {
    template <class T>
    void operator()(T* made) const {
        (onnx_runtime().value()->api->*Release)(made);
    }
};
template <class T, auto Release>
using OnnxOwned = std::unique_ptr<T, OnnxRelease<Release>>;

// Errors: invalid_argument with the library's sentence.
[[nodiscard]] Result<> onnx_good(const OrtApi& api, OrtStatus* status, const std::string& about);

}  // namespace suanpan::engines
