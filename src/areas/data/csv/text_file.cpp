#include "areas/data/csv/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace suanpan::data {
namespace {

std::unexpected<Error> failed(int code, std::string_view what, const std::string& about) {
    if (code == ENOSPC || code == EDQUOT)
        return fail(ErrorCode::no_space, "the disk is full; free some space and load the file again", about);
    return fail(ErrorCode::io, fmt::format("{}: {}", what, std::strerror(code)), about);
}

// As old spreadsheet programs of the Macintosh write.
bool ends_lines_with_cr_alone(std::string_view first_block) {
    return first_block.contains('\r') && !first_block.contains('\n');
}

}  // namespace

Result<std::unique_ptr<TextFile>> TextFile::open(const std::filesystem::path& file, const Options& options) {
    return open(TRY(open_text(file, options.reading, {options.memory, options.highest_ratio, options.spill_folder})),
                file.string(), options);
}

Result<std::unique_ptr<TextFile>> TextFile::open(OpenedText opened, const std::string& about, const Options& options) {
    auto text = std::unique_ptr<TextFile>(new TextFile(std::move(opened), about, options));
    if (text->memory_ == nullptr) return fail(ErrorCode::unavailable, "there is too little memory to read a file");
    text->thread_ = std::jthread([raw = text.get()](const std::stop_token& stop) { raw->unpack(stop); });
    (void)TRY(text->wait_beyond(0));
    return text;
}

TextFile::TextFile(OpenedText text, std::string about, Options options)
    : text_(std::move(text)), about_(std::move(about)), options_(std::move(options)) {
    auto* memory = ::mmap(nullptr, options_.memory + read_block, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) memory_ = static_cast<char*>(memory);
}

TextFile::~TextFile() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    if (memory_ != nullptr) ::munmap(memory_, options_.memory + read_block);
    if (spilled_ >= 0) ::close(spilled_);
}

void TextFile::publish(std::uint64_t bytes, bool whole) {
    {
        const std::lock_guard lock(mutex_);
        available_ = {bytes, whole};
    }
    more_.notify_all();
}

void TextFile::publish(Error error) {
    {
        const std::lock_guard lock(mutex_);
        broken_ = std::unexpected(std::move(error));
    }
    more_.notify_all();
}

Result<TextFile::Available> TextFile::wait_beyond(std::uint64_t bytes) const {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return !broken_ || available_.whole || available_.bytes > bytes; });
    TRY(broken_);
    return available_;
}

void TextFile::unpack(const std::stop_token& stop) {
    std::string block;
    while (!stop.stop_requested()) {
        auto size = unpack_block(block);
        if (!size) return publish(std::move(size.error()));
        written_ += *size;
        publish(written_, *size == 0);
        if (*size == 0) return;
    }
}

// Straight into memory while it lasts.
Result<std::size_t> TextFile::unpack_block(std::string& block) {
    const bool spills = written_ + read_block > options_.memory;
    if (spills) block.resize(read_block);
    char* to = spills ? block.data() : memory_ + written_;
    auto read = text_.bytes->read(to, read_block);
    if (!read) {
        if (read.error().about.empty()) read.error().about = about_;
        return std::unexpected(std::move(read.error()));
    }
    const auto bytes = *read;
    if (written_ == 0) lone_returns_ = text_.told->first_record == 0 && ends_lines_with_cr_alone({to, bytes});
    if (lone_returns_) std::replace(to, to + bytes, '\r', '\n');
    if (spills) TRY(store({to, bytes}));
    return bytes;
}

Result<> TextFile::store(std::string_view block) {
    const auto room = options_.memory > written_ ? options_.memory - written_ : 0;
    const auto kept = std::min<std::uint64_t>(room, block.size());
    if (kept > 0) std::memcpy(memory_ + written_, block.data(), kept);
    return spill(block.substr(kept));
}

Result<> TextFile::spill(std::string_view block) {
    if (spilled_ < 0) spilled_ = ::open(options_.spill_folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (spilled_ < 0) return failed(errno, "no temporary file can be made", options_.spill_folder.string());
    while (!block.empty()) {
        const auto size = ::write(spilled_, block.data(), block.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return failed(errno, "the unpacked text cannot be written", options_.spill_folder.string());
        block.remove_prefix(static_cast<std::size_t>(size));
    }
    return {};
}

Result<std::string_view> TextFile::read(std::uint64_t offset, std::size_t size, std::string& buffer) const {
    if (in_memory(offset, size)) return std::string_view(memory_ + offset, size);
    buffer.resize(size);
    std::size_t done = 0;
    if (offset < options_.memory) {
        done = options_.memory - offset;
        std::memcpy(buffer.data(), memory_ + offset, done);
    }
    while (done < size) {
        const auto got =
            ::pread(spilled_, buffer.data() + done, size - done, static_cast<off_t>(offset + done - options_.memory));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failed(got < 0 ? errno : EIO, "the unpacked text cannot be read back", about_);
        done += static_cast<std::size_t>(got);
    }
    return std::string_view(buffer);
}

}  // namespace suanpan::data
