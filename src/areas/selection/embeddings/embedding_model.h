#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/result.h"

// Models that a shop installs: what they make of a title or a picture is near what they make of one like it.
namespace suanpan::selection {

// Contents below one another, each of unit length; all 0 where a content says nothing or cannot be read.
struct ContentVectors {
    std::vector<float> values;
    std::vector<std::string> problems;  // one a content: why it cannot be read, else empty
};

class EmbeddingModel {
  public:
    virtual ~EmbeddingModel() = default;
    [[nodiscard]] virtual std::size_t width() const = 0;
    [[nodiscard]] virtual std::string form() const = 0;  // "onnx" or "static"
    [[nodiscard]] const std::string& checksum() const { return checksum_; }
    // Titles, or the bytes of pictures' files. The same content gives the same vector whatever stands beside it.
    [[nodiscard]] virtual Result<ContentVectors> embed(std::span<const std::string> contents) const = 0;

  protected:
    explicit EmbeddingModel(std::string checksum) : checksum_(std::move(checksum)) {}

  private:
    std::string checksum_;  // of all of its files
};

inline constexpr std::size_t most_tokens = 128;  // of a title, [CLS] and [SEP] among them; what is more is left out

// A folder with a vocabulary (vocab.txt, or tokenizer.json of WordPiece), and either
//   model.onnx         input_ids, attention_mask and token_type_ids of [batch, tokens], the last two where the model
//   has
//                      them; gives [batch, width], or [batch, tokens, width], of which the mean over the tokens is
//                      taken, or the first where 1_Pooling/config.json says so;
//   model.safetensors  a matrix "embeddings" of [tokens, width], of whose rows the mean is taken.
// Rules of the text are those of tokenizer_config.json or tokenizer.json. Errors name the file and say what to do.
[[nodiscard]] Result<std::unique_ptr<EmbeddingModel>> read_text_model(const std::filesystem::path& folder);

// A folder with model.onnx, of one input [batch, 3, height, width] and an output [batch, width]. A picture's values are
// less the mean and over the deviation that preprocessor_config.json states, or ImageNet's.
[[nodiscard]] Result<std::unique_ptr<EmbeddingModel>> read_picture_model(const std::filesystem::path& folder);

}  // namespace suanpan::selection
