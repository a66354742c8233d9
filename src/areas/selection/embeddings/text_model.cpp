#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/network_model.h"
#include "areas/selection/embeddings/static_text_model.h"

namespace suanpan::selection {
namespace {

using engines::OnnxInput;
using engines::OnnxPort;

constexpr std::size_t texts_at_once = 32;

std::unexpected<Error> unfit_text_model(const std::string& what, const std::string& about) {
    return fail(ErrorCode::invalid_argument, what + "; export a sentence model of BERT's kind", about);
}

// What the network says of its input, and what the folder says of its output.
struct TextShape {
    std::size_t tokens = 0;  // so many and no other; 0: any number
    bool one_at_once = false;
    bool takes_mask = false, takes_types = false;
    bool first_token = false;  // is the text's vector, not the mean
    std::string output;
    std::int64_t begin = 0, end = 0, pad = 0;  // tokens
};

Result<> read_input(const OnnxPort& port, TextShape& shape, const std::string& about) {
    if (port.kind != OnnxPort::Kind::whole || port.shape.size() != 2)
        return unfit_text_model(fmt::format("the input \"{}\" is not int64 of [batch, tokens]", port.name), about);
    if (port.name == "attention_mask")
        shape.takes_mask = true;
    else if (port.name == "token_type_ids")
        shape.takes_types = true;
    else if (port.name != "input_ids")
        return unfit_text_model(fmt::format("the model asks for \"{}\", which is not known", port.name), about);
    if (port.shape[0] > 1 || port.shape[1] > 512 || (port.shape[1] > 0 && port.shape[1] < 3))
        return unfit_text_model(fmt::format("the input \"{}\" has a fixed shape that texts do not fit", port.name),
                                about);
    shape.one_at_once = shape.one_at_once || port.shape[0] == 1;
    if (port.shape[1] > 0) shape.tokens = static_cast<std::size_t>(port.shape[1]);
    return {};
}

Result<> read_special(const Vocabulary& vocabulary, TextShape& shape, const std::string& about) {
    const auto begin = vocabulary.find("[CLS]"), end = vocabulary.find("[SEP]");
    if (!begin || !end || !vocabulary.find("[UNK]"))
        return fail(ErrorCode::invalid_argument,
                    "the vocabulary has no [CLS], [SEP] or [UNK]; copy the one that belongs to model.onnx", about);
    shape.begin = *begin;
    shape.end = *end;
    shape.pad = vocabulary.find("[PAD]").value_or(0);
    return {};
}

class TextNetwork final : public EmbeddingModel {
  public:
    TextNetwork(std::string checksum, std::unique_ptr<engines::OnnxNetwork> network, Tokenizer tokenizer,
                TextShape shape, std::string about)
        : EmbeddingModel(std::move(checksum)),
          network_(std::move(network)),
          tokenizer_(std::move(tokenizer)),
          shape_(std::move(shape)),
          about_(std::move(about)) {}

    // Asks it once: a model says the width of its output by giving it.
    Result<> try_out() {
        const auto output = TRY(run({{shape_.begin, shape_.end}}));
        width_ = static_cast<std::size_t>(output.shape.back());
        return {};
    }
    [[nodiscard]] std::size_t width() const override { return width_; }
    [[nodiscard]] std::string form() const override { return "onnx"; }

    // Texts of as many tokens go together, so that none is padded for another.
    [[nodiscard]] Result<ContentVectors> embed(std::span<const std::string> contents) const override {
        std::vector<Tokens> tokens(contents.size());
        TRY(each_of(contents.size(), [&](std::size_t i) -> Result<> {
            tokens[i] = tokens_of(contents[i]);
            return {};
        }));
        const auto batches = batches_of(tokens);
        ContentVectors made{std::vector<float>(contents.size() * width_), std::vector<std::string>(contents.size())};
        TRY(each_of(batches.size(), [&](std::size_t b) { return embed_batch(tokens, batches[b], made.values); }));
        return made;
    }

  private:
    using Tokens = std::vector<std::int64_t>;
    using Batch = std::vector<std::size_t>;  // places of contents

    Tokens tokens_of(const std::string& text) const {
        auto pieces = word_pieces(tokenizer_.vocabulary, text, tokenizer_.rules);
        if (pieces.empty()) return {};
        const auto most = std::min(most_tokens, shape_.tokens > 0 ? shape_.tokens : most_tokens);
        pieces.resize(std::min(pieces.size(), most - 2));
        pieces.insert(pieces.begin(), shape_.begin);
        pieces.push_back(shape_.end);
        return pieces;
    }

    std::vector<Batch> batches_of(const std::vector<Tokens>& tokens) const {
        std::map<std::size_t, Batch> by_length;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (!tokens[i].empty()) by_length[tokens[i].size()].push_back(i);
        const std::size_t most = shape_.one_at_once ? 1 : texts_at_once;
        std::vector<Batch> batches;
        for (const auto& [length, all] : by_length)
            for (std::size_t at = 0; at < all.size(); at += most) {
                const auto rest = std::span(all).subspan(at, std::min(most, all.size() - at));
                batches.emplace_back(rest.begin(), rest.end());
            }
        return batches;
    }

    Result<> embed_batch(const std::vector<Tokens>& tokens, const Batch& batch, std::vector<float>& to) const {
        std::vector<Tokens> texts;
        for (const auto i : batch) texts.push_back(tokens[i]);
        const auto output = TRY(run(texts));
        if (static_cast<std::size_t>(output.shape.back()) != width_)
            return unfit_text_model("the model gives vectors of changing width", about_);
        for (std::size_t row = 0; row < batch.size(); ++row)
            TRY(put_unit(pooled(output, row, texts[row].size()), std::span(to).subspan(batch[row] * width_, width_),
                         about_));
        return {};
    }

    // Texts of the same number of tokens.
    Result<engines::OnnxOutput> run(const std::vector<Tokens>& texts) const {
        const auto length = shape_.tokens > 0 ? shape_.tokens : texts[0].size();
        Tokens ids, mask;
        for (const auto& text : texts)
            for (std::size_t t = 0; t < length; ++t) {
                ids.push_back(t < text.size() ? text[t] : shape_.pad);
                mask.push_back(t < text.size() ? 1 : 0);
            }
        const Tokens types(ids.size());
        const std::vector<std::int64_t> shape = {std::ssize(texts), static_cast<std::int64_t>(length)};
        std::vector<OnnxInput> inputs = {{"input_ids", shape, std::span<const std::int64_t>(ids)}};
        if (shape_.takes_mask) inputs.push_back({"attention_mask", shape, std::span<const std::int64_t>(mask)});
        if (shape_.takes_types) inputs.push_back({"token_type_ids", shape, std::span<const std::int64_t>(types)});
        auto output = TRY(network_->run(inputs, shape_.output));
        const auto& sides = output.shape;
        const bool whole = sides.size() == 2, by_token = sides.size() == 3 && sides[1] == shape[1];
        if ((!whole && !by_token) || sides[0] != shape[0] || sides.back() < 1)
            return unfit_text_model(
                fmt::format("the output \"{}\" is neither [batch, width] nor [batch, tokens, width]", shape_.output),
                about_);
        return output;
    }

    // The first `length` tokens are the text's, the others fill up.
    std::vector<float> pooled(const engines::OnnxOutput& output, std::size_t row, std::size_t length) const {
        const auto tokens = output.shape.size() == 3 ? static_cast<std::size_t>(output.shape[1]) : 1;
        const std::size_t count = shape_.first_token ? 1 : std::min(length, tokens);
        std::vector<float> mean(width_);
        for (std::size_t t = 0; t < count; ++t)
            for (std::size_t d = 0; d < width_; ++d)
                mean[d] += output.values[(row * tokens + t) * width_ + d] / static_cast<float>(count);
        return mean;
    }

    std::unique_ptr<engines::OnnxNetwork> network_;
    Tokenizer tokenizer_;
    TextShape shape_;
    std::string about_;
    std::size_t width_ = 0;
};

Result<std::unique_ptr<EmbeddingModel>> read_text_network(ModelFiles& files, Tokenizer tokenizer) {
    const auto about = files.path(network_file);
    auto network = TRY(read_network(files));
    TextShape shape;
    for (const auto& port : network->inputs()) TRY(read_input(port, shape, about));
    TRY(read_special(tokenizer.vocabulary, shape, about));
    shape.output = TRY(output_named(*network, {"sentence_embedding", "last_hidden_state", "token_embeddings"}, about));
    if (const auto pooling = TRY(files.json("1_Pooling/config.json")))
        shape.first_token = yes_or(*pooling, "pooling_mode_cls_token", false);
    auto model = std::make_unique<TextNetwork>(files.checksum(), std::move(network), std::move(tokenizer),
                                               std::move(shape), about);
    TRY(model->try_out());
    return model;
}

}  // namespace

Result<std::unique_ptr<EmbeddingModel>> read_text_model(const std::filesystem::path& folder) {
    auto files = TRY(ModelFiles::open(folder));
    const bool network = files.has(network_file);
    if (!network && !files.has("model.safetensors"))
        return fail(ErrorCode::not_found,
                    "the folder has neither model.onnx nor model.safetensors; models of other formats are not read: "
                    "export this one to ONNX",
                    folder.string());
    auto tokenizer = TRY(read_tokenizer(files));
    return network ? read_text_network(files, std::move(tokenizer))
                   : read_static_text_model(files, std::move(tokenizer));
}

}  // namespace suanpan::selection
