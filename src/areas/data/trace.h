#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "platform/base/time.h"

namespace suanpan::data {

struct LineOfFile {
    std::string state;  // "there", "changed" since it was loaded, "gone" or "unknown" (loaded by an older program)
    std::string text;   // the line as it stands in the file, at most 16 KiB; empty unless it is there
};

struct FileAsLoaded {
    std::filesystem::path path;
    std::int64_t bytes = 0;
    std::optional<Instant> modified_at;
};

// A line, counted from 1, of a file that was loaded: of plain text or gzip, where it is still as it was.
[[nodiscard]] LineOfFile line_of_file(const FileAsLoaded& file, std::int64_t line);

}  // namespace suanpan::data
