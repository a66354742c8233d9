#include "platform/engines/onnx_library.h"

#include <fmt/format.h>

#include "platform/engines/library.h"

namespace suanpan::engines {
namespace {

void say_nothing(void*, OrtLoggingLevel, const char*, const char*, const char*, const char*) {}

// Debian's name has the version of the API, that of the project's own builds has not.
Library open_onnx_library() {
    auto library = open_installed(fmt::format("libonnxruntime.so.1.{}", ORT_API_VERSION).c_str());
    if (library.handle != nullptr) return library;
    auto other = open_installed("libonnxruntime.so.1");
    return other.handle != nullptr ? other : library;
}

Result<OnnxRuntime> open_onnx_runtime() {
    using Base = const OrtApiBase* (*)();
    const auto library = open_onnx_library();
    Base base = nullptr;
    OnnxRuntime opened;
    if (library.find("OrtGetApiBase", base)) opened.api = base()->GetApi(ORT_API_VERSION);
    if (opened.api == nullptr)
        return fail(
            ErrorCode::unavailable,
            fmt::format("models in the ONNX format need ONNX Runtime 1.{}, and it cannot be loaded: {}. Install "
                        "the package libonnxruntime1.{}",
                        ORT_API_VERSION, library.why, ORT_API_VERSION),
            "libonnxruntime.so");
    const auto& api = *opened.api;
    TRY(onnx_good(
        api,
        api.CreateEnvWithCustomLogger(say_nothing, nullptr, ORT_LOGGING_LEVEL_FATAL, "suanpan", &opened.environment),
        "libonnxruntime.so"));
    TRY(onnx_good(api, api.CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &opened.memory),
                  "libonnxruntime.so"));
    TRY(onnx_good(api, api.GetAllocatorWithDefaultOptions(&opened.allocator), "libonnxruntime.so"));
    return opened;
}

}  // namespace

Result<const OnnxRuntime*> onnx_runtime() {
    static const auto runtime = open_onnx_runtime();  // stays loaded until the process ends
    if (!runtime) return std::unexpected(runtime.error());
    return &*runtime;
}

Result<> onnx_good(const OrtApi& api, OrtStatus* status, const std::string& about) {
    if (status == nullptr) return {};
    const std::string message = api.GetErrorMessage(status);
    api.ReleaseStatus(status);
    return fail(ErrorCode::invalid_argument,
                fmt::format("ONNX Runtime refuses it: {}", message.substr(0, message.find('\n'))), about);
}

}  // namespace suanpan::engines
