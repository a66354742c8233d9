#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "areas/data/sources/bytes.h"
#include "areas/data/sources/format.h"
#include "platform/base/result.h"

namespace suanpan::data {

// The text of a source as UTF-8, unpacked and converted by a thread of its own while its beginning is read already.
// Where lines end with CR alone, the text has LF in its place. The first part lies in memory; what is beyond lies in a
// nameless file of the spill folder. So nothing that happens to the file later changes what was read.
class TextFile {
  public:
    struct Options {
        std::filesystem::path spill_folder;
        std::uint64_t memory = 256ULL << 20;  // bytes of text; the rest spills
        std::uint64_t highest_ratio = 200;    // text a byte of gzip, above the memory; no table packs so well
        Reading reading = {};                 // what the mapping says of format and encoding
    };
    // Errors: not_found, io (may not be read), invalid_argument (no table: an archive, an old spreadsheet).
    [[nodiscard]] static Result<std::unique_ptr<TextFile>> open(const std::filesystem::path& file,
                                                                const Options& options);
    // The text of what was opened elsewhere; `about` names it in errors.
    [[nodiscard]] static Result<std::unique_ptr<TextFile>> open(OpenedText text, const std::string& about,
                                                                const Options& options);
    ~TextFile();
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;

    struct Available {
        std::uint64_t bytes = 0;
        bool whole = false;
    };
    // Waits until the text has more than these bytes, or all. Errors: invalid_argument (broken or endless gzip), io,
    // no_space.
    [[nodiscard]] Result<Available> wait_beyond(std::uint64_t bytes) const;

    // Bytes that are available. The view is into memory that lives as long as this, or into the buffer.
    [[nodiscard]] Result<std::string_view> read(std::uint64_t offset, std::size_t size, std::string& buffer) const;
    [[nodiscard]] bool in_memory(std::uint64_t offset, std::size_t size) const {
        return offset + size <= options_.memory;
    }
    // Of format and encoding; complete once the text is whole, the numbering of rows from its first byte on.
    [[nodiscard]] const Told& told() const { return *text_.told; }

  private:
    TextFile(OpenedText text, std::string about, Options options);
    void unpack(const std::stop_token& stop);
    [[nodiscard]] Result<std::size_t> unpack_block(std::string& block);
    [[nodiscard]] Result<> store(std::string_view block);
    [[nodiscard]] Result<> spill(std::string_view block);
    void publish(std::uint64_t bytes, bool whole);
    void publish(Error error);

    OpenedText text_;
    std::string about_;
    Options options_;
    char* memory_ = nullptr;
    int spilled_ = -1;
    std::uint64_t written_ = 0;  // the unpacking thread's, like the next
    bool lone_returns_ = false;
    mutable std::mutex mutex_;
    mutable std::condition_variable_any more_;
    Available available_;
    Result<> broken_;
    std::jthread thread_;  // last, so that it ends first
};

}  // namespace suanpan::data
