#include "areas/data/items/index.h"

#include <string.h>

#include <algorithm>
#include <numeric>
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

// Where the needle is next, else the end. memmem is several times as fast as std::string_view::find here.
std::size_t find_from(std::string_view text, std::size_t at, std::string_view needle) {
    const auto* hit =
        static_cast<const char*>(::memmem(text.data() + at, text.size() - at, needle.data(), needle.size()));
    return hit == nullptr ? text.size() : static_cast<std::size_t>(hit - text.data());
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
    by_id_.resize(items.size());
    std::iota(by_id_.begin(), by_id_.end(), 0U);
    std::ranges::sort(by_id_, {}, [this](std::uint32_t place) { return row(place).id; });
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

std::vector<std::size_t> Index::rows_beginning(std::string_view id) const {
    const auto first = std::ranges::lower_bound(by_id_, id, {}, [this](std::uint32_t place) { return row(place).id; });
    std::vector<std::size_t> rows;
    for (auto at = first; at != by_id_.end() && rows.size() < most_ranked && row(*at).id.starts_with(id); ++at)
        rows.push_back(*at);
    return rows;
}

// By a sample of the rows: what a common word finds would have to be looked through for the others.
std::string_view Index::rarest(const std::vector<std::string>& words) const {
    const auto step = std::max<std::size_t>(1, begins_.size() / 1'000);
    const auto count = [&](const std::string& word) {
        std::size_t holding = 0;
        for (std::size_t place = 0; place < begins_.size(); place += step) {
            const auto [id, title] = row(place);
            holding += id.contains(word) || title.contains(word) ? 1 : 0;
        }
        return std::tuple(holding, -static_cast<std::ptrdiff_t>(word.size()));
    };
    return *std::ranges::min_element(words, {}, count);
}

// Rows that hold the needle and all words, as many as are worth ranking.
std::vector<std::size_t> Index::rows_with(std::string_view needle, const std::vector<std::string>& words) const {
    std::vector<std::size_t> rows;
    const std::string_view text = text_;
    std::size_t at = 0;
    while (rows.size() < most_ranked) {
        const auto hit = find_from(text, at, needle);
        if (hit + 1 >= text.size()) break;  // nothing, or the closing "\n"
        const auto end = text.find('\n', hit + 1);
        const auto line = text.substr(at, end - at);  // from a row before, where several were skipped
        const auto begin = line.rfind('\n', hit - at);
        // Most hits of a common word fail for another word: they are judged in the text that is at hand, without
        // looking for their row.
        const auto holds = [&, row = line.substr(begin)](const std::string& word) { return row.contains(word); };
        if (std::ranges::all_of(words, holds)) rows.push_back(row_at(hit));
        at = end;
    }
    return rows;
}

Found Index::find(std::string_view query, std::size_t limit) const {
    if (begins_.empty()) return {};
    const auto words = words_of(query);
    std::string folded;
    for (const auto& word : words) folded += (folded.empty() ? "" : " ") + word;
    // Ids that begin with the query are looked for by themselves: they may lie behind many weaker matches.
    auto rows = words.size() == 1 ? rows_beginning(folded) : std::vector<std::size_t>{};
    const auto others = rows_with(words.empty() ? "\n" : rarest(words), words);
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
        found.places.push_back(place);
    }
    return found;
}

}  // namespace suanpan::items
