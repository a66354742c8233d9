#include <cstdint>
#include <cstdlib>

#include "areas/selection/embeddings/wordpiece.h"

// A vocabulary, an empty line, a text: whatever is read, its numbers are tokens of the vocabulary.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::selection;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto between = std::min(all.find("\n\n"), all.size());
    const auto vocabulary = Vocabulary::parse(all.substr(0, between), "fuzz");
    const auto text = all.substr(std::min(between + 2, all.size()));
    for (const bool lower : {false, true}) {
        const auto words = words_of(text, {.lower_case = lower, .strip_accents = lower, .split_chinese = true});
        if (words.size() > most_text_bytes) std::abort();
        if (!vocabulary) continue;
        for (const auto number : word_pieces(*vocabulary, text, {.lower_case = lower, .strip_accents = lower}))
            if (number < 0 || number >= vocabulary->size()) std::abort();
    }
    return 0;
}
