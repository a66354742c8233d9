#include "areas/data/trace.h"

#include <zlib.h>

#include <array>
#include <cstring>
#include <memory>

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t longest = 16384;

std::string state_of(const FileAsLoaded& file) {
    if (file.path.empty()) return "unknown";
    std::error_code none;
    const auto size = fs::file_size(file.path, none);
    if (none) return "gone";
    const auto time = fs::last_write_time(file.path, none);
    if (none) return "gone";
    const auto modified =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::file_clock::to_sys(time));
    const bool same =
        static_cast<std::int64_t>(size) == file.bytes && file.modified_at && modified == *file.modified_at;
    return same ? "there" : "changed";
}

}  // namespace

LineOfFile line_of_file(const FileAsLoaded& file, std::int64_t line) {
    LineOfFile found{.state = state_of(file)};
    if (found.state != "there") return found;
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.path.c_str(), "rb"), gzclose);
    if (!stream) return found;
    std::array<char, longest> piece{};
    for (std::int64_t at = 1; at <= line;) {
        if (gzgets(stream.get(), piece.data(), piece.size()) == nullptr) return found;
        const std::string_view text(piece.data(), std::strlen(piece.data()));
        if (at == line && found.text.empty()) found.text = text;
        if (text.ends_with('\n')) ++at;
    }
    while (found.text.ends_with('\n') || found.text.ends_with('\r')) found.text.pop_back();
    return found;
}

}  // namespace suanpan::data
