#include <algorithm>
#include <array>
#include <fstream>

#include "areas/data/erase/erase.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

bool is_packed(const fs::path& file) {
    constexpr auto packed = std::to_array<std::string_view>(
        {".duckdb", ".gz", ".zst", ".zip", ".xlsx", ".parquet", ".pdf", ".png", ".jpg"});
    return std::ranges::contains(packed, file.extension().string());
}

// Read in pieces that overlap by the longest text.
bool holds_any(const fs::path& file, const std::vector<std::string>& texts) {
    std::size_t longest = 0;
    for (const auto& text : texts) longest = std::max(longest, text.size());
    std::ifstream stream(file, std::ios::binary);
    std::string piece, block(1 << 20, '\0');
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0) {
        piece.append(block.data(), static_cast<std::size_t>(stream.gcount()));
        for (const auto& text : texts)
            if (piece.contains(text)) return true;
        if (piece.size() > longest) piece.erase(0, piece.size() - longest);
    }
    return false;
}

}  // namespace

std::vector<RemainingFile> files_with(const fs::path& shop_folder, const std::vector<std::string>& texts) {
    std::vector<RemainingFile> found;
    for (const auto* part : {"exports", "inbox", "backups", "models"}) {
        std::error_code error;
        for (auto at = fs::recursive_directory_iterator(shop_folder / part, error);
             !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
            std::error_code unknown;
            if (!at->is_regular_file(unknown)) continue;
            if (is_packed(at->path()))
                found.push_back({at->path().string(), "packed: may hold it"});
            else if (holds_any(at->path(), texts))
                found.push_back({at->path().string(), "holds it"});
        }
    }
    std::ranges::sort(found, {}, &RemainingFile::file);
    return found;
}

}  // namespace suanpan::data
