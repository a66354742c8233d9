#include "areas/selection/embeddings/model_files.h"

#include <fmt/format.h>

#include "platform/models/card.h"
#include "platform/store/shop.h"

namespace suanpan::selection {
namespace {

namespace fs = std::filesystem;
using operations::Json;
using operations::member;

constexpr std::uintmax_t largest_model_file = std::uintmax_t{1} << 30;

std::unexpected<Error> no_tokenizer(const std::string& what, const std::string& about) {
    return fail(ErrorCode::invalid_argument, what, about);
}

TextRules rules_of(const Json& json, std::string_view lower, std::string_view chinese) {
    TextRules rules;
    rules.lower_case = yes_or(json, lower, true);
    rules.strip_accents = yes_or(json, "strip_accents", rules.lower_case);
    rules.split_chinese = yes_or(json, chinese, true);
    return rules;
}

Result<Vocabulary> vocabulary_of(const Json& tokenizer, const std::string& about) {
    const auto* model = member(tokenizer, "model");
    const auto* type = model == nullptr ? nullptr : member(*model, "type");
    if (type == nullptr || !type->is_string() || type->get_string() != "WordPiece")
        return no_tokenizer("the tokenizer is not WordPiece; take a model whose tokenizer is", about);
    const auto* vocabulary = member(*model, "vocab");
    if (vocabulary == nullptr || !vocabulary->is_object())
        return no_tokenizer("the tokenizer has no vocabulary; copy the file again", about);
    Vocabulary::Numbered tokens;
    for (const auto& [token, number] : vocabulary->get_object()) {
        const double at = number.is_number() ? operations::as_number(number) : -1;
        tokens.emplace_back(token, at >= 0 && at < 1e9 ? static_cast<std::int64_t>(at) : -1);
    }
    return Vocabulary::make(std::move(tokens), about);
}

}  // namespace

bool yes_or(const Json& object, std::string_view key, bool otherwise) {
    const auto* value = member(object, key);
    return value != nullptr && value->is_boolean() ? value->get_boolean() : otherwise;
}

Result<ModelFiles> ModelFiles::open(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fail(ErrorCode::not_found, "there is no such folder; copy the model there, or correct the setting",
                    folder.string());
    ModelFiles files;
    files.folder_ = folder;
    return files;
}

bool ModelFiles::has(const std::string& name) const {
    std::error_code error;
    return fs::is_regular_file(folder_ / name, error);
}

Result<std::string> ModelFiles::bytes(const std::string& name) {
    std::error_code error;
    const auto size = fs::file_size(folder_ / name, error);
    if (!error && size > largest_model_file)
        return fail(ErrorCode::too_large,
                    fmt::format("the file has {} MiB, more than {}; take a smaller or a quantised model", size >> 20,
                                largest_model_file >> 20),
                    path(name));
    auto found = TRY(store::read_file(folder_ / name));
    parts_ += fmt::format("{} {}\n", name, models::checksum(found));
    return found;
}

Result<std::optional<Json>> ModelFiles::json(const std::string& name) {
    if (!has(name)) return std::nullopt;
    const auto parsed = operations::parse_json(TRY(bytes(name)));
    if (!parsed || !parsed->is_object())
        return fail(ErrorCode::invalid_argument, "the file is no JSON object; copy it again", path(name));
    return *parsed;
}

std::string ModelFiles::checksum() const {
    return models::checksum(parts_);
}

Result<Tokenizer> read_tokenizer(ModelFiles& files) {
    Tokenizer made;
    const auto config = TRY(files.json("tokenizer_config.json"));
    if (config) made.rules = rules_of(*config, "do_lower_case", "tokenize_chinese_chars");
    if (files.has("vocab.txt")) {
        made.vocabulary = TRY(Vocabulary::parse(TRY(files.bytes("vocab.txt")), files.path("vocab.txt")));
        return made;
    }
    const auto tokenizer = TRY(files.json("tokenizer.json"));
    if (!tokenizer)
        return fail(ErrorCode::not_found,
                    "the model has no vocabulary; copy its vocab.txt, or its tokenizer.json, into the folder",
                    files.path("vocab.txt"));
    made.vocabulary = TRY(vocabulary_of(*tokenizer, files.path("tokenizer.json")));
    if (const auto* normalizer = member(*tokenizer, "normalizer"); normalizer != nullptr && normalizer->is_object())
        made.rules = rules_of(*normalizer, "lowercase", "handle_chinese_chars");
    return made;
}

}  // namespace suanpan::selection
