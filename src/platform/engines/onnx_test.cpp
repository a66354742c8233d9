#include <gmock/gmock.h>

#include "platform/engines/onnx_library.h"
#include "platform/engines/onnx_network.h"
#include "platform/engines/test_onnx.h"
#include "platform/engines/test_openmp.h"
#include "platform/engines/xgboost_library.h"

namespace suanpan::engines {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class OnnxNetworkTest : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto runtime = onnx_runtime(); !runtime) GTEST_SKIP() << runtime.error().text();
    }
};

TEST_F(OnnxNetworkTest, SaysWhatGoesInAndComputesWhatComesOut) {
    const auto network = read_onnx(test_onnx::text_model({0, 0, 1, 2, 3, 4}, 2), "model.onnx").value();
    ASSERT_EQ(network->inputs().size(), 2);
    EXPECT_EQ(network->inputs()[0].name, "input_ids");
    EXPECT_EQ(network->inputs()[0].kind, OnnxPort::Kind::whole);
    EXPECT_THAT(network->inputs()[0].shape, ElementsAre(-1, -1));
    EXPECT_THAT(network->outputs()[0].shape, ElementsAre(-1, -1, 2));
    const std::vector<std::int64_t> ids = {1, 2, 2, 0}, mask = {1, 1, 0, 1}, shape = {2, 2};
    const OnnxInput inputs[] = {{"input_ids", shape, std::span(ids)}, {"attention_mask", shape, std::span(mask)}};
    const auto output = network->run(inputs, "last_hidden_state").value();
    EXPECT_THAT(output.shape, ElementsAre(2, 2, 2));
    EXPECT_THAT(output.values, ElementsAre(1, 2, 3, 4, 0, 0, 0, 0));
}

TEST_F(OnnxNetworkTest, RefusesWhatDoesNotFit) {
    const auto network = read_onnx(test_onnx::text_model({0, 0, 1, 2}, 2), "model.onnx").value();
    const std::vector<std::int64_t> ids = {9}, shape = {1, 1};
    const std::vector<float> reals = {1};
    const OnnxInput beyond[] = {{"input_ids", shape, std::span(ids)}, {"attention_mask", shape, std::span(ids)}};
    EXPECT_THAT(network->run(beyond, "last_hidden_state").error().text(),
                HasSubstr("model.onnx: ONNX Runtime refuses"));
    const OnnxInput other[] = {{"input_ids", shape, std::span(reals)}, {"attention_mask", shape, std::span(ids)}};
    EXPECT_FALSE(network->run(other, "last_hidden_state"));
    EXPECT_FALSE(network->run(beyond, "nothing of this name"));
}

TEST_F(OnnxNetworkTest, RefusesDamagedFiles) {
    const auto whole = test_onnx::text_model({0, 0, 1, 2}, 2);
    EXPECT_TRUE(read_onnx(whole, "model.onnx"));
    for (std::size_t size = 1; size < whole.size(); size += 7) {
        const auto cut = read_onnx(std::string_view(whole).substr(0, size), "model.onnx");
        EXPECT_FALSE(cut) << size;
    }
    EXPECT_THAT(read_onnx("", "model.onnx").error().text(), HasSubstr("the model's file is empty"));
    EXPECT_THAT(read_onnx("\x80\x04\x95pickled", "model.onnx").error().text(), HasSubstr("ONNX Runtime refuses it"));
}

// A weight of TensorProto's data_location 1 (external), with its file under external_data.
TEST_F(OnnxNetworkTest, NeverReadsOtherFiles) {
    using namespace test_onnx;
    for (const auto& key : {part(1, "location"), std::string("\x0a\x88\x80\x00location", 12)}) {
        const auto rows = whole(1, 2) + whole(1, 2) + whole(2, real) + part(8, "rows") + whole(14, 1) +
                          part(13, key + part(2, "../../etc/passwd"));
        const auto bytes = model({.nodes = {node("Gather", {"rows", "ids"}, "out")},
                                  .weights = {rows},
                                  .inputs = {port("ids", int64, {1})},
                                  .outputs = {port("out", real, {1, 2})}});
        EXPECT_THAT(read_onnx(bytes, "model.onnx").error().text(), HasSubstr("keeps weights in other files"));
    }
}

// One runtime of OpenMP, this library in the process too.
TEST_F(OnnxNetworkTest, BringsNoOtherOpenMp) {
    if (const auto other = xg_boost(); !other) GTEST_SKIP() << other.error().text();
    const auto runtimes = openmp_runtimes();
    EXPECT_EQ(runtimes.size(), 1U) << testing::PrintToString(runtimes);
}

}  // namespace
}  // namespace suanpan::engines
