#include "areas/data/suggest/words.h"

#include <algorithm>
#include <cctype>
#include <ranges>

#include "areas/data/suggest/dictionary.h"

namespace suanpan::data {
namespace {

constexpr double doubtful_name = 0.7;  // of a word that may as well mean something else

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += word;
    return all;
}

// How much of the header the name is, where it occurs in it as whole words (Chinese has no spaces: as a piece).
double contained(const std::vector<std::string>& header, std::string_view name) {
    if (!is_ascii(name)) {
        const auto whole = joined(header);
        return whole.contains(name) ? double(name.size()) / double(whole.size()) : 0;
    }
    const auto words = header_words(name);
    const auto found = std::ranges::search(header, words);
    return found.empty() ? 0 : double(words.size()) / double(header.size());
}

double fit_of(const std::vector<std::string>& header, std::string_view name) {
    const bool doubtful = name.ends_with('?');
    if (doubtful) name.remove_suffix(1);
    if (joined(header) == joined(header_words(name))) return doubtful ? doubtful_name : 1;
    const auto share = doubtful ? 0 : contained(header, name);  // a doubtful word says nothing beside others
    return share >= 0.5 ? 0.4 + 0.4 * share : 0;
}

void lower(std::string& word) {
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
}

}  // namespace

std::vector<std::string> header_words(std::string_view header) {
    if (const auto colon = header.find(':'); colon != std::string_view::npos && colon > 0)
        header = header.substr(0, colon);
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto c = static_cast<unsigned char>(header[i]);
        const bool letter = c >= 0x80 || std::isalnum(c) != 0;
        const bool after_small = i > 0 && std::islower(static_cast<unsigned char>(header[i - 1])) != 0;
        if (!letter || (std::isupper(c) != 0 && after_small)) words.emplace_back();
        if (letter) words.back() += header[i];
    }
    std::erase(words, "");
    std::ranges::for_each(words, lower);
    return words;
}

HeaderFit header_fit(std::string_view header, std::string_view table, std::string_view field) {
    const auto words = header_words(header);
    HeaderFit best;
    // A canonical field's own name is always known.
    if (joined(words) == joined(header_words(field))) best = {1, field, true};
    for (const auto& entry : dictionary()) {
        if (entry.field != field || (!entry.table.empty() && entry.table != table)) continue;
        for (const auto part : entry.words | std::views::split(',')) {
            const std::string_view name(part);
            if (const auto score = fit_of(words, name); score > best.score)
                best = {score, name.substr(0, name.find('?')), score == 1 || score == doubtful_name};
        }
    }
    return best;
}

bool file_name_hints(std::string_view file, std::string_view table) {
    const auto words = header_words(file.substr(0, file.find('.')));
    for (const auto& entry : file_words()) {
        if (entry.table != table) continue;
        for (const auto part : entry.words | std::views::split(','))
            if (contained(words, std::string_view(part)) > 0) return true;
    }
    return false;
}

}  // namespace suanpan::data
