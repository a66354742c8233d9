#include "platform/engines/onnx_network.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/engines/onnx_library.h"

namespace suanpan::engines {
namespace {

constexpr std::size_t largest_model = std::size_t{1} << 30;

using Options = OnnxOwned<OrtSessionOptions, &OrtApi::ReleaseSessionOptions>;
using Session = OnnxOwned<OrtSession, &OrtApi::ReleaseSession>;
using TypeInfo = OnnxOwned<OrtTypeInfo, &OrtApi::ReleaseTypeInfo>;
using ShapeInfo = OnnxOwned<OrtTensorTypeAndShapeInfo, &OrtApi::ReleaseTensorTypeAndShapeInfo>;
using OnnxValue = OnnxOwned<OrtValue, &OrtApi::ReleaseValue>;

// Weights in another file are named by an entry "location", a text of eight bytes; its length may be written longer
// than needed and then ends in a zero.
bool names_other_files(std::string_view bytes) {
    constexpr std::string_view key = "location";
    for (auto at = bytes.find(key, 1); at != std::string_view::npos; at = bytes.find(key, at + 1))
        if (bytes[at - 1] == char(key.size()) || bytes[at - 1] == 0) return true;
    return false;
}

Result<> check_onnx(std::string_view bytes, const std::string& about) {
    if (bytes.size() > largest_model)
        return fail(ErrorCode::too_large,
                    fmt::format("the model has {} MiB, more than {}; take a smaller or a quantised one",
                                bytes.size() >> 20, largest_model >> 20),
                    about);
    if (bytes.empty()) return fail(ErrorCode::invalid_argument, "the model's file is empty; copy it again", about);
    if (names_other_files(bytes))
        return fail(ErrorCode::invalid_argument,
                    "the model keeps weights in other files, which are not read; export it into one file", about);
    return {};
}

OnnxPort::Kind kind_of(ONNXTensorElementDataType type) {
    if (type == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) return OnnxPort::Kind::real;
    return type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 ? OnnxPort::Kind::whole : OnnxPort::Kind::other;
}

class SessionNetwork final : public OnnxNetwork {
  public:
    SessionNetwork(const OnnxRuntime& runtime, std::string about) : runtime_(runtime), about_(std::move(about)) {}

    Result<> open(std::string_view bytes) {
        OrtSessionOptions* options = nullptr;
        TRY(good(api().CreateSessionOptions(&options)));
        const Options owned(options);
        TRY(good(api().SetIntraOpNumThreads(options, 1)));  // whoever asks has threads of its own
        TRY(good(api().SetInterOpNumThreads(options, 1)));
        OrtSession* session = nullptr;
        TRY(good(api().CreateSessionFromArray(runtime_.environment, bytes.data(), bytes.size(), options, &session)));
        session_.reset(session);
        inputs_ = TRY(ports(api().SessionGetInputCount, api().SessionGetInputName, api().SessionGetInputTypeInfo));
        outputs_ = TRY(ports(api().SessionGetOutputCount, api().SessionGetOutputName, api().SessionGetOutputTypeInfo));
        return {};
    }
    [[nodiscard]] const std::vector<OnnxPort>& inputs() const override { return inputs_; }
    [[nodiscard]] const std::vector<OnnxPort>& outputs() const override { return outputs_; }

    Result<OnnxOutput> run(std::span<const OnnxInput> inputs, const std::string& output) const override {
        std::vector<OnnxValue> owned;
        std::vector<const OrtValue*> values;
        std::vector<const char*> names;
        for (const auto& input : inputs) {
            owned.push_back(TRY(value_of(input)));
            values.push_back(owned.back().get());
            names.push_back(input.name.c_str());
        }
        const char* wanted = output.c_str();
        OrtValue* made = nullptr;
        TRY(good(api().Run(session_.get(), nullptr, names.data(), values.data(), values.size(), &wanted, 1, &made)));
        return output_of(OnnxValue(made));
    }

  private:
    [[nodiscard]] const OrtApi& api() const { return *runtime_.api; }
    [[nodiscard]] Result<> good(OrtStatus* status) const { return onnx_good(api(), status, about_); }

    template <class Count, class Name, class Type>
    Result<std::vector<OnnxPort>> ports(Count count_of, Name name_of, Type type_of) {
        std::size_t count = 0;
        TRY(good(count_of(session_.get(), &count)));
        std::vector<OnnxPort> found(count);
        for (std::size_t i = 0; i < count; ++i) {
            char* name = nullptr;
            TRY(good(name_of(session_.get(), i, runtime_.allocator, &name)));
            found[i].name = name;
            TRY(good(api().AllocatorFree(runtime_.allocator, name)));
            OrtTypeInfo* type = nullptr;
            TRY(good(type_of(session_.get(), i, &type)));
            const TypeInfo owned(type);
            const OrtTensorTypeAndShapeInfo* shape = nullptr;
            TRY(good(api().CastTypeInfoToTensorInfo(type, &shape)));
            if (shape != nullptr) TRY(describe(shape, found[i]));
        }
        return found;
    }

    Result<> describe(const OrtTensorTypeAndShapeInfo* shape, OnnxPort& port) const {
        auto type = ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
        TRY(good(api().GetTensorElementType(shape, &type)));
        port.kind = kind_of(type);
        std::size_t sides = 0;
        TRY(good(api().GetDimensionsCount(shape, &sides)));
        port.shape.resize(sides);
        return good(api().GetDimensions(shape, port.shape.data(), sides));
    }

    // The library reads the numbers where they are.
    Result<OnnxValue> value_of(const OnnxInput& input) const {
        OrtValue* value = nullptr;
        TRY(std::visit(
            [&](const auto& values) {
                using Number = typename std::remove_cvref_t<decltype(values)>::value_type;
                constexpr auto type = std::is_same_v<Number, float> ? ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
                                                                    : ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;
                return good(api().CreateTensorWithDataAsOrtValue(runtime_.memory, const_cast<Number*>(values.data()),
                                                                 values.size_bytes(), input.shape.data(),
                                                                 input.shape.size(), type, &value));
            },
            input.values));
        return OnnxValue(value);
    }

    Result<OnnxOutput> output_of(const OnnxValue& value) const {
        OrtTensorTypeAndShapeInfo* shape = nullptr;
        TRY(good(api().GetTensorTypeAndShape(value.get(), &shape)));
        const ShapeInfo owned(shape);
        OnnxPort port;
        TRY(describe(shape, port));
        if (port.kind != OnnxPort::Kind::real)
            return fail(ErrorCode::invalid_argument, "the output is no float32; export the model with float32 outputs",
                        about_);
        std::size_t count = 0;
        TRY(good(api().GetTensorShapeElementCount(shape, &count)));
        void* numbers = nullptr;
        TRY(good(api().GetTensorMutableData(value.get(), &numbers)));
        const auto* first = static_cast<const float*>(numbers);
        return OnnxOutput{std::move(port.shape), std::vector<float>(first, first + count)};
    }

    const OnnxRuntime& runtime_;
    std::string about_;
    Session session_;
    std::vector<OnnxPort> inputs_, outputs_;
};

}  // namespace

Result<std::unique_ptr<OnnxNetwork>> read_onnx(std::string_view bytes, const std::string& about) {
    TRY(check_onnx(bytes, about));
    const auto* runtime = TRY(onnx_runtime());
    auto network = std::make_unique<SessionNetwork>(*runtime, about);
    TRY(network->open(bytes));
    return network;
}

}  // namespace suanpan::engines
