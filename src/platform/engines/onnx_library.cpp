#include "platform/engines/onnx_library.h"

#include <fmt/format.h>

#include <iostream>
#include <string_view>

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

// What others write to std::cerr meanwhile is lost.
class Hushed {
  public:
    Hushed() : before_(std::cerr.rdbuf(nullptr)) {}
    Hushed(const Hushed&) = delete;
    Hushed& operator=(const Hushed&) = delete;
    ~Hushed() { std::cerr.rdbuf(before_); }

  private:
    std::streambuf* before_;
};

// The network b = a, of one number.
constexpr std::string_view smallest_model(
    "\x08\x08:7\x0A\x10\x0A\x01"
    "a\x12\x01"
    "b\x22\x08Identity\x12\x01gZ\x0F\x0A\x01"
    "a\x12\x0A\x0A\x08\x08\x01\x12\x04\x0A\x02\x08\x01"
    "b\x0F\x0A\x01"
    "b\x12\x0A\x0A\x08\x08\x01\x12\x04\x0A\x02\x08\x01"
    "B\x02\x10\x0D",
    63);

// Debian's libonnx knows all operators by itself, and with its first model ONNX Runtime tells it of each once more:
// that writes 600 lines about duplicates to std::cerr, though nothing is wrong. So the first model is this one,
// unheard.
void declare_operators(const OnnxRuntime& runtime) {
    const auto& api = *runtime.api;
    const Hushed hushed;
    OrtSessionOptions* options = nullptr;
    OrtSession* session = nullptr;
    auto* status = api.CreateSessionOptions(&options);
    if (status == nullptr)
        status = api.CreateSessionFromArray(runtime.environment, smallest_model.data(), smallest_model.size(), options,
                                            &session);
    if (status != nullptr) api.ReleaseStatus(status);
    if (session != nullptr) api.ReleaseSession(session);
    if (options != nullptr) api.ReleaseSessionOptions(options);
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
    declare_operators(opened);
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
