#include "areas/data/items/index.h"

#include <string.h>

#include <algorithm>
#include <tuple>

namespace suanpan::items {
namespace {

// Ranked before the best are taken: a query of one letter would otherwise rank half a million.
constexpr std::size_t most_ranked = 2'000;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void append_folded(std::string& text, std::string_view part) {
    for (const char c : part) text += c == '\n' || c == '\t' ? ' ' : lower(c);
}

std::vector<std::string> words_of(std::string_view query) {
    std::vector<std::string> words(1);
    for (const char c : query) {
        if (static_cast<unsigned char>(c) > ' ')
            words.back() += lower(c);
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

bool has_word(std::string_view title, std::string_view beginning) {
    for (auto at = title.find(beginning); at != std::string_view::npos; at = title.find(beginning, at + 1))
        if (at == 0 || title[at - 1] == ' ') return true;
    return false;
}

// The smaller the better.
int rank(std::string_view id, std::string_view title, std::string_view query) {
    if (id == query) return 0;
    if (id.starts_with(query)) return 1;
    if (title.starts_with(query)) return 2;
    return has_word(title, query) ? 3 : 4;
}

}  // namespace

Index::Index(const std::vector<Named>& items) {
    begins_.reserve(items.size());
    id_begins_.reserve(items.size() + 1);
    for (const auto& item : items) {
        begins_.push_back(text_.size());
        id_begins_.push_back(ids_.size());
        ids_ += item.item_id;
        text_ += '\n';
        append_folded(text_, item.item_id);
        text_ += '\t';
        append_folded(text_, item.title);
    }
    id_begins_.push_back(ids_.size());
    text_ += '\n';
}

Index::Row Index::row(std::size_t place) const {
    const std::size_t begin = begins_[place] + 1;
    const auto end = place + 1 < begins_.size() ? begins_[place + 1] : text_.size() - 1;
    const auto line = std::string_view(text_).substr(begin, end - begin);
    const auto tab = line.find('\t');
    return {line.substr(0, tab), line.substr(tab + 1)};
}

std::string Index::original_id(std::size_t place) const {
    return ids_.substr(id_begins_[place], id_begins_[place + 1] - id_begins_[place]);
}

std::size_t Index::row_at(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(begins_, offset);
    return static_cast<std::size_t>(after - begins_.begin()) - 1;
}

// Rows that hold the needle and all words, as many as are worth ranking.
std::vector<std::size_t> Index::rows_with(std::string_view needle, const std::vector<std::string>& words) const {
    std::vector<std::size_t> rows;
    std::size_t at = 0;
    while (rows.size() < most_ranked && at < text_.size()) {
        const auto* hit =
            static_cast<const char*>(::memmem(text_.data() + at, text_.size() - at, needle.data(), needle.size()));
        if (hit == nullptr) break;
        const auto place = row_at(static_cast<std::size_t>(hit - text_.data()));
        const auto [id, title] = row(place);
        const auto holds = [&](const std::string& word) { return id.contains(word) || title.contains(word); };
        if (std::ranges::all_of(words, holds)) rows.push_back(place);
        if (place + 1 == begins_.size()) break;
        at = begins_[place + 1];
    }
    return rows;
}

Found Index::find(std::string_view query, std::size_t limit) const {
    if (begins_.empty()) return {};
    const auto words = words_of(query);
    std::string folded;
    for (const auto& word : words) folded += (folded.empty() ? "" : " ") + word;
    const auto longest = std::ranges::max_element(words, {}, &std::string::size);
    // Ids that begin with the query are looked for by themselves: they may lie behind many weaker matches.
    auto rows = words.size() == 1 ? rows_with("\n" + folded, words) : std::vector<std::size_t>{};
    const auto others = rows_with(words.empty() ? "\n" : std::string_view(*longest), words);
    rows.insert(rows.end(), others.begin(), others.end());

    std::vector<std::tuple<int, std::size_t>> ranked;
    for (const auto place : rows) {
        const auto [id, title] = row(place);
        ranked.emplace_back(rank(id, title, folded), place);
    }
    std::ranges::sort(ranked);
    const auto repeated = std::ranges::unique(ranked);
    ranked.erase(repeated.begin(), repeated.end());
    Found found{.more = ranked.size() > limit || others.size() == most_ranked};
    for (const auto& [_, place] : ranked) {
        if (found.item_ids.size() == limit) break;
        found.item_ids.push_back(original_id(place));
    }
    return found;
}

}  // namespace suanpan::items
