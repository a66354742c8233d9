#include "areas/selection/embeddings/static_text_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/selection/vectors/item_vectors.h"
#include "platform/base/parallel.h"
#include "platform/models/safetensors.h"

namespace suanpan::selection {
namespace {

constexpr const char* matrix_file = "model.safetensors";

struct Matrix {
    std::vector<float> values;
    std::size_t rows = 0, width = 0;
};

Result<Matrix> matrix_of(const models::Tensors& tensors, const Tokenizer& tokenizer, const std::string& about) {
    const auto found = tensors.tensors.find("embeddings");
    if (found == tensors.tensors.end() || tensors.tensors.size() != 1)
        return fail(ErrorCode::invalid_argument,
                    "the file does not hold one matrix \"embeddings\" and nothing else; a model of another kind goes "
                    "into model.onnx",
                    about);
    const auto& [shape, values] = found->second;
    const auto* numbers = std::get_if<std::vector<float>>(&values);
    if (numbers == nullptr || shape.size() != 2 || shape[0] < 1 || shape[1] < 1)
        return fail(ErrorCode::invalid_argument, "\"embeddings\" is no matrix of F32; export it as one", about);
    if (tokenizer.vocabulary.size() > shape[0])
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("the vocabulary has {} tokens and \"embeddings\" {} rows; the files are not of one model",
                        tokenizer.vocabulary.size(), shape[0]),
            about);
    if (!std::ranges::all_of(*numbers, [](float v) { return std::abs(v) < 1e6F; }))
        return fail(ErrorCode::invalid_argument, "\"embeddings\" holds what is no weight; copy the file again", about);
    return Matrix{*numbers, static_cast<std::size_t>(shape[0]), static_cast<std::size_t>(shape[1])};
}

class StaticTextModel final : public EmbeddingModel {
  public:
    StaticTextModel(std::string checksum, Tokenizer tokenizer, Matrix matrix)
        : EmbeddingModel(std::move(checksum)), tokenizer_(std::move(tokenizer)), matrix_(std::move(matrix)) {}
    [[nodiscard]] std::size_t width() const override { return matrix_.width; }
    [[nodiscard]] std::string form() const override { return "static"; }

    [[nodiscard]] Result<ContentVectors> embed(std::span<const std::string> contents) const override {
        ContentVectors made{std::vector<float>(contents.size() * width()), std::vector<std::string>(contents.size())};
        in_parallel(contents.size(), 0, [&](std::size_t i) {
            const auto row = std::span(made.values).subspan(i * width(), width());
            add_tokens(contents[i], row);
            normalise(row);
        });
        return made;
    }

  private:
    // What the vocabulary has not says nothing. The sum has the mean's direction.
    void add_tokens(const std::string& text, std::span<float> sum) const {
        const auto unknown = tokenizer_.vocabulary.find("[UNK]");
        std::size_t count = 0;
        for (const auto token : word_pieces(tokenizer_.vocabulary, text, tokenizer_.rules)) {
            if (token == unknown || count == most_tokens) continue;
            const float* row = &matrix_.values[static_cast<std::size_t>(token) * matrix_.width];
            for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += row[d];
            ++count;
        }
    }

    Tokenizer tokenizer_;
    Matrix matrix_;
};

}  // namespace

Result<std::unique_ptr<EmbeddingModel>> read_static_text_model(ModelFiles& files, Tokenizer tokenizer) {
    const auto about = files.path(matrix_file);
    const auto tensors = TRY(models::read_safetensors(TRY(files.bytes(matrix_file)), about));
    auto matrix = TRY(matrix_of(tensors, tokenizer, about));
    return std::make_unique<StaticTextModel>(files.checksum(), std::move(tokenizer), std::move(matrix));
}

}  // namespace suanpan::selection
