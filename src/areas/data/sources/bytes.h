#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/result.h"

// Bytes that are made while they are read: unpacked, decoded, or written as CSV from what is no text. One thread reads.
namespace suanpan::data {

inline constexpr std::size_t read_block = 1U << 20;     // bytes that are asked for at once
inline constexpr std::size_t longest_line = 16U << 20;  // as long as a row may be

class Bytes {
  public:
    Bytes() = default;
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    virtual ~Bytes() = default;

    // Fills at most `size` bytes and says how many; 0: that was all.
    [[nodiscard]] virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

// What a conversion found. Complete once the last byte is read; `first_record` from the first byte on.
struct Told {
    std::string format = "csv";      // csv, jsonl, parquet, xlsx, postgres
    std::string encoding = "UTF-8";  // of the text as it came; empty where it was no text
    std::int64_t converted = 0;      // lines that were not ASCII and came in another encoding
    // 0: a delimited text as it came, whose rows are numbered by the lines of the file. Else CSV made of something
    // else, with commas, whose first row after the header has this number, and each later one the next.
    std::uint64_t first_record = 0;
    // The line of the file that each row after the header is from, where one line gives several rows; else empty.
    std::vector<std::uint32_t> lines = {};
};

struct UnpackLimits {
    std::uint64_t memory = 256ULL << 20;      // bytes that may be unpacked whatever the ratio
    std::uint64_t highest_ratio = 200;        // unpacked bytes a packed one, above that; no table packs so well
    std::filesystem::path spill_folder = {};  // where rows lie, nameless, that must be written down to be read
};

// Refuses what unpacks without end.
class UnpackGuard {
  public:
    UnpackGuard(std::string about, std::uint64_t packed, UnpackLimits limits)
        : about_(std::move(about)), packed_(packed), limits_(std::move(limits)) {}

    [[nodiscard]] Result<> add(std::size_t bytes);
    [[nodiscard]] const std::string& about() const { return about_; }

  private:
    std::string about_;
    std::uint64_t packed_, total_ = 0;
    UnpackLimits limits_;
};

// The bytes of a file: plain, gzip (members one after the other) or zstd (frames one after the other).
// Errors: io; invalid_argument: broken, cut off or endless.
[[nodiscard]] Result<std::unique_ptr<Bytes>> unpack(const std::filesystem::path& file, const UnpackLimits& limits);

// A text that is there already.
[[nodiscard]] std::unique_ptr<Bytes> bytes_of(std::string text);

}  // namespace suanpan::data
