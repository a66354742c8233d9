#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>

#include "areas/selection/embeddings/content_cache.h"
#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/pictures.h"
#include "areas/selection/vectors/item_vectors.h"
#include "platform/engines/onnx_library.h"
#include "platform/engines/test_onnx.h"
#include "platform/engines/test_pictures.h"
#include "platform/models/safetensors.h"

namespace suanpan::selection {
namespace {

namespace fs = std::filesystem;
using engines::test_onnx::picture_model;
using engines::test_onnx::text_model;
using testing::HasSubstr;

class EmbeddingModelTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    void put(const std::string& name, std::string_view bytes) const {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    [[nodiscard]] std::string refusal() const { return read_text_model(folder_).error().text(); }
    static bool has_runtime() { return engines::onnx_runtime().has_value(); }

    fs::path folder_;
};

// [CLS] and [SEP] have the rows 0,0,1 and 0,0,2; red is 3,0,0 and lamp 0,4,0.
constexpr std::string_view tokens = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\nlamp\n灯\n";
const std::vector<float> rows = {9, 9, 9, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 4, 0, 0, 4, 0};

void expect_near(std::span<const float> made, std::vector<double> expected) {
    double square = 0;
    for (const double e : expected) square += e * e;
    ASSERT_EQ(made.size(), expected.size());
    for (std::size_t i = 0; i < made.size(); ++i) EXPECT_NEAR(made[i], expected[i] / std::sqrt(square), 1e-6) << i;
}

TEST_F(EmbeddingModelTest, ATextIsTheMeanOfItsTokens) {
    if (!has_runtime()) GTEST_SKIP();
    put("vocab.txt", tokens);
    put("model.onnx", text_model(rows, 3));
    const auto model = read_text_model(folder_).value();
    EXPECT_EQ(model->width(), 3);
    EXPECT_EQ(model->form(), "onnx");
    const std::vector<std::string> texts = {"Red lamp", "", "red red red lamp", "LAMP", "灯", "red lamp"};
    const auto made = model->embed(texts).value();
    const auto of = [&](std::size_t i) { return std::span(made.values).subspan(3 * i, 3); };
    expect_near(of(0), {3, 4, 3});
    EXPECT_THAT(of(1), testing::Each(0)) << "nothing is said of no title";
    expect_near(of(2), {9, 4, 3});
    expect_near(of(3), {0, 4, 3});
    EXPECT_TRUE(std::ranges::equal(of(3), of(4)));
    EXPECT_TRUE(std::ranges::equal(of(0), of(5)));
}

TEST_F(EmbeddingModelTest, FillingUpChangesNothing) {
    if (!has_runtime()) GTEST_SKIP();
    put("vocab.txt", tokens);
    put("model.onnx", text_model(rows, 3, 8));  // takes eight tokens, no more and no fewer
    const auto model = read_text_model(folder_).value();
    const std::vector<std::string> texts = {"red lamp", "red red red red red red lamp lamp lamp"};
    const auto made = model->embed(texts).value();
    expect_near(std::span(made.values).first(3), {3, 4, 3});
    expect_near(std::span(made.values).last(3), {18, 0, 3});
}

TEST_F(EmbeddingModelTest, TheFirstTokenMayStandForTheText) {
    if (!has_runtime()) GTEST_SKIP();
    put("vocab.txt", tokens);
    put("model.onnx", text_model(rows, 3));
    put("1_Pooling/config.json", R"({"pooling_mode_cls_token": true})");
    const std::vector<std::string> texts = {"red lamp"};
    expect_near(read_text_model(folder_).value()->embed(texts).value().values, {0, 0, 1});
}

TEST_F(EmbeddingModelTest, AMatrixNeedsNoRuntime) {
    put("vocab.txt", tokens);
    put("model.safetensors",
        models::write_safetensors({.tensors = {{"embeddings", {{7, 3}, rows}}}, .metadata = {}}).value());
    const auto model = read_text_model(folder_).value();
    EXPECT_EQ(model->form(), "static");
    const std::vector<std::string> texts = {"Red lamp", "unheard of"};
    const auto made = model->embed(texts).value();
    expect_near(std::span(made.values).first(3), {3, 4, 0});
    EXPECT_THAT(std::span(made.values).last(3), testing::Each(0));
}

TEST_F(EmbeddingModelTest, RulesOfTheTextComeWithTheModel) {
    put("model.safetensors",
        models::write_safetensors({.tensors = {{"embeddings", {{7, 3}, rows}}}, .metadata = {}}).value());
    put("tokenizer.json",
        R"({"normalizer": {"type": "BertNormalizer", "lowercase": false}, "model": {"type": "WordPiece",
            "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "red": 4, "lamp": 5, "灯": 6}}})");
    const std::vector<std::string> texts = {"RED lamp"};
    const auto model = read_text_model(folder_).value();
    expect_near(model->embed(texts).value().values, {0, 4, 0});
    put("vocab.txt", tokens);
    put("tokenizer_config.json", R"({"do_lower_case": true})");
    const auto other = read_text_model(folder_).value();
    expect_near(other->embed(texts).value().values, {3, 4, 0});
    EXPECT_NE(model->checksum(), other->checksum());
}

TEST_F(EmbeddingModelTest, SaysWhatIsWrongAndWhatToDo) {
    EXPECT_THAT(read_text_model(folder_ / "none").error().text(), HasSubstr("there is no such folder"));
    put("pytorch_model.bin", "a pickle");
    EXPECT_THAT(refusal(), HasSubstr("neither model.onnx nor model.safetensors"));
    put("model.onnx", text_model(rows, 3).substr(0, 90));
    EXPECT_THAT(refusal(), HasSubstr("copy its vocab.txt"));
    put("vocab.txt", "red\n");
    const auto* damaged = has_runtime() ? "model.onnx: ONNX Runtime refuses it" : "need ONNX Runtime";
    EXPECT_THAT(refusal(), HasSubstr(damaged));
    put("model.onnx", text_model(rows, 3));
    EXPECT_THAT(refusal(), HasSubstr(has_runtime() ? "has no [CLS], [SEP] or [UNK]" : "need ONNX Runtime"));
    put("tokenizer_config.json", "[1]");
    EXPECT_THAT(refusal(), HasSubstr("the file is no JSON object"));
    fs::remove(folder_ / "tokenizer_config.json");
    fs::remove(folder_ / "model.onnx");
    put("model.safetensors", "short");
    EXPECT_THAT(refusal(), HasSubstr("not a sound safetensors file"));
    put("vocab.txt", std::string(tokens) + "more\n");
    const auto matrix = [&](const std::string& name, std::vector<float> values) {
        put("model.safetensors",
            models::write_safetensors({.tensors = {{name, {{7, 3}, std::move(values)}}}, .metadata = {}}).value());
    };
    matrix("embeddings", rows);
    EXPECT_THAT(refusal(), HasSubstr("the vocabulary has 8 tokens and \"embeddings\" 7 rows"));
    put("vocab.txt", tokens);
    matrix("other", rows);
    EXPECT_THAT(refusal(), HasSubstr("one matrix \"embeddings\""));
    auto broken = rows;
    broken[3] = std::nanf("");
    matrix("embeddings", broken);
    EXPECT_THAT(refusal(), HasSubstr("holds what is no weight"));
}

TEST_F(EmbeddingModelTest, APictureIsWhatTheNetworkMakesOfIt) {
    if (!has_runtime()) GTEST_SKIP();
    put("model.onnx", picture_model(4));
    const auto model = read_picture_model(folder_).value();
    EXPECT_EQ(model->width(), 3);
    const std::vector<std::string> files = {engines::png_of(engines::plain_picture(9, 5, {255, 0, 51})), "no picture",
                                            engines::jpeg_of(engines::plain_picture(64, 64, {255, 255, 255}))};
    const auto made = model->embed(files).value();
    expect_near(std::span(made.values).first(3),
                {(1 - 0.485) / 0.229, (0 - 0.456) / 0.224, (51.0 / 255 - 0.406) / 0.225});
    EXPECT_THAT(std::span(made.values).subspan(3, 3), testing::Each(0));
    EXPECT_THAT(made.problems[1], HasSubstr("neither JPEG nor PNG"));
    put("preprocessor_config.json", R"({"image_mean": [0, 0, 0], "image_std": [1, 1, 1]})");
    const auto plain = read_picture_model(folder_).value()->embed(files).value();
    expect_near(std::span(plain.values).last(3), {1, 1, 1});
    put("preprocessor_config.json", R"({"image_std": [0, 1, 1]})");
    EXPECT_THAT(read_picture_model(folder_).error().text(), HasSubstr("image_std must be three numbers above 0"));
    put("model.onnx", text_model(rows, 3));
    EXPECT_THAT(read_picture_model(folder_).error().text(), HasSubstr("not one input of float32 [batch, 3"));
}

TEST_F(EmbeddingModelTest, PicturesLieInTheShopsFolder) {
    put("shop/pictures/7.png", "x");
    put("shop/inbox/done/8.png", "x");
    put("shop/shop.yaml", "x");
    put("elsewhere.png", "x");
    fs::create_symlink(folder_ / "elsewhere.png", folder_ / "shop/pictures/link.png");
    const auto shop = folder_ / "shop";
    EXPECT_EQ(picture_file(shop, "pictures/7.png").value(), fs::canonical(shop / "pictures/7.png"));
    EXPECT_TRUE(picture_file(shop, "inbox/done/8.png"));
    const auto outside = (folder_ / "elsewhere.png").string();
    for (const auto& named : {std::string("shop.yaml"), std::string("pictures/../shop.yaml"), outside,
                              std::string("../elsewhere.png"), std::string("pictures/link.png")})
        EXPECT_EQ(picture_file(shop, named).error().code, ErrorCode::permission_denied) << named;
    for (const auto* named : {"pictures/none.png", "pictures", "https://example.com/7.png", ""})
        EXPECT_EQ(picture_file(shop, named).error().code, ErrorCode::not_found) << named;
}

// Rows that lie in few directions keep their products when they are reduced.
TEST(Reduction, KeepsWhatTellsRowsApart) {
    constexpr std::size_t width = 200, count = 120;
    std::mt19937 draw(5);
    std::normal_distribution<float> noise;
    std::vector<float> basis(20 * width), values(count * width);
    for (auto& b : basis) b = noise(draw);
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t k = 0; k < 20; ++k) {
            const float share = noise(draw);
            for (std::size_t d = 0; d < width; ++d) values[row * width + d] += share * basis[k * width + d];
        }
        normalise(std::span(values).subspan(row * width, width));
    }
    const auto reduction = fit_reduction(values, width);
    const auto product = [](std::span<const float> a, std::span<const float> b) {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    const auto row = [&](std::size_t i) { return std::span(values).subspan(i * width, width); };
    for (std::size_t i = 1; i < count; ++i)
        EXPECT_NEAR(product(reduction.reduced(row(0)), reduction.reduced(row(i))), product(row(0), row(i)), 1e-4);
    for (std::size_t k = 0; k < embedded_dimensions; ++k)
        for (std::size_t j = 0; j <= k; ++j) {
            const auto all = std::span(reduction.directions);
            EXPECT_NEAR(product(all.subspan(k * width, width), all.subspan(j * width, width)), k == j, 1e-5);
        }
}

TEST(Reduction, TakesOffWhatAllShare) {
    std::mt19937 draw(5);
    std::normal_distribution<float> noise;
    std::vector<float> values;
    for (std::size_t row = 0; row < least_for_mean; ++row)
        for (std::size_t d = 0; d < 10; ++d) values.push_back(noise(draw) + (d == 0 ? 30.0F : 0.0F));
    const auto reduction = fit_reduction(values, 10);
    EXPECT_NEAR(reduction.mean[0], 30, 0.3);
    const auto made = reduction.reduced(std::span(values).first(10));
    EXPECT_EQ(made.size(), embedded_dimensions);
    EXPECT_NEAR(std::inner_product(made.begin(), made.end(), made.begin(), 0.0), 1, 1e-5);
    EXPECT_THAT(std::span(made).subspan(10), testing::Each(0)) << "wider than the model's own";
    EXPECT_THAT(reduction.reduced(std::vector<float>(10)), testing::Each(0));
}

// Counts what it is asked.
class CountingModel final : public EmbeddingModel {
  public:
    explicit CountingModel(std::string checksum) : EmbeddingModel(std::move(checksum)) {}
    [[nodiscard]] std::size_t width() const override { return 2; }
    [[nodiscard]] std::string form() const override { return "test"; }
    [[nodiscard]] Result<ContentVectors> embed(std::span<const std::string> contents) const override {
        ContentVectors made{{}, std::vector<std::string>(contents.size())};
        for (const auto& content : contents) {
            made.values.append_range(std::vector<float>{float(content.size()), 1});
            normalise(std::span(made.values).last(2));
        }
        asked += contents.size();
        return made;
    }
    mutable std::size_t asked = 0;
};

Contents contents_of(std::vector<std::string> keys) {
    return {keys, [keys](std::size_t row) -> Result<std::string> { return keys[row]; }};
}

TEST(ContentCache, AsksOnlyAboutWhatIsNew) {
    const CountingModel model("one");
    const auto told = [](std::size_t, std::size_t) -> Result<> { return {}; };
    auto first = renewed({}, model, contents_of({"a", "bb", "", "a"}), told).value();
    EXPECT_TRUE(first.anew);
    EXPECT_EQ(first.fresh, 2);
    EXPECT_EQ(first.cache.known.size(), 2);
    model.asked = 0;
    const auto second = renewed(first.cache, model, contents_of({"bb", "ccc"}), told).value();
    EXPECT_FALSE(second.anew);
    EXPECT_EQ(model.asked, 1);
    EXPECT_EQ(second.cache.known.at("bb").values, first.cache.known.at("bb").values);
    EXPECT_FALSE(second.cache.known.contains("a")) << "what is no longer there is forgotten";
    model.asked = 0;
    std::vector<std::string> many;
    for (char c = 'a'; c < 'j'; ++c) many.emplace_back(std::size_t(c - 'a') + 1, c);
    EXPECT_TRUE(renewed(second.cache, model, contents_of(many), told).value().anew) << "four times as many";
    EXPECT_EQ(model.asked, 9) << "those that it is fitted on are not asked about again";
    EXPECT_TRUE(renewed(first.cache, CountingModel("other"), contents_of({"a"}), told).value().anew);
    const auto stop = [](std::size_t, std::size_t) -> Result<> { return fail(ErrorCode::unavailable, "stop"); };
    EXPECT_FALSE(renewed({}, model, contents_of({"a"}), stop));
}

}  // namespace
}  // namespace suanpan::selection
