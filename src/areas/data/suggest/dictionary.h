#pragma once

#include <span>
#include <string_view>

namespace suanpan::data {

// The names that shops give a field, separated by commas; one that ends in ? may as well mean something else. `table`
// empty: wherever the field occurs.
struct Synonyms {
    std::string_view table, field, words;
};

[[nodiscard]] std::span<const Synonyms> dictionary();

struct FileWords {
    std::string_view table, words;
};

[[nodiscard]] std::span<const FileWords> file_words();

}  // namespace suanpan::data
