#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "platform/base/result.h"

namespace suanpan::data {

// A file as the reader gets it. What is compressed with gzip is unpacked into memory first, since the reader splits a
// plain file among its threads and a compressed one not.
class PlainFile {
  public:
    // Above the limit, in bytes unpacked, the reader unpacks by itself as it goes. Errors: invalid_argument where the
    // compressed data are broken.
    [[nodiscard]] static Result<PlainFile> of(const std::filesystem::path& file, std::int64_t limit = 1LL << 30);

    PlainFile(PlainFile&& other) noexcept;
    PlainFile& operator=(PlainFile&&) = delete;
    ~PlainFile();

    // Readable while this object lives.
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    PlainFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string path_;
    int descriptor_ = -1;
};

}  // namespace suanpan::data
