#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "areas/selection/embeddings/wordpiece.h"
#include "platform/operations/json.h"

namespace suanpan::selection {

// The files of one model's folder, read one by one; the checksum is of those that were.
class ModelFiles {
  public:
    // Errors: not_found where there is no such folder.
    [[nodiscard]] static Result<ModelFiles> open(const std::filesystem::path& folder);

    [[nodiscard]] bool has(const std::string& name) const;
    // Errors: not_found; too_large above 1 GiB.
    [[nodiscard]] Result<std::string> bytes(const std::string& name);
    // Nothing where there is no such file. Errors: invalid_argument where it is no JSON object.
    [[nodiscard]] Result<std::optional<operations::Json>> json(const std::string& name);

    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] std::string checksum() const;

  private:
    std::filesystem::path folder_;
    std::string parts_;  // a line a file: its name and checksum
};

struct Tokenizer {
    Vocabulary vocabulary;
    TextRules rules;
};
[[nodiscard]] Result<Tokenizer> read_tokenizer(ModelFiles& files);

// A member's value where it has one of the kind.
[[nodiscard]] bool yes_or(const operations::Json& object, std::string_view key, bool otherwise);

}  // namespace suanpan::selection
