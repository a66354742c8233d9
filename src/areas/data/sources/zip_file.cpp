#include "areas/data/sources/zip_file.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

namespace suanpan::data {
namespace {

constexpr std::size_t longest_element = 16U << 20;

class EntryBytes : public Bytes {
  public:
    EntryBytes(zip_file_t* entry, UnpackGuard guard) : entry_(entry), guard_(std::move(guard)) {}
    ~EntryBytes() override { zip_fclose(entry_); }

    Result<std::size_t> read(char* to, std::size_t size) override {
        const auto got = zip_fread(entry_, to, size);
        if (got < 0)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the file is broken or cut off ({}); copy it anew",
                                    zip_error_strerror(zip_file_get_error(entry_))),
                        guard_.about());
        TRY(guard_.add(static_cast<std::size_t>(got)));
        return static_cast<std::size_t>(got);
    }

  private:
    zip_file_t* entry_;
    UnpackGuard guard_;
};

}  // namespace

Result<std::unique_ptr<ZipFile>> ZipFile::open(const std::filesystem::path& file, const UnpackLimits& limits) {
    int code = 0;
    auto* archive = zip_open(file.c_str(), ZIP_RDONLY, &code);
    if (archive == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        std::string reason = zip_error_strerror(&error);
        zip_error_fini(&error);
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the file is broken or cut off ({}); copy it anew", reason), file.string());
    }
    return std::unique_ptr<ZipFile>(new ZipFile(archive, file.string(), limits));
}

ZipFile::ZipFile(zip* archive, std::string about, UnpackLimits limits)
    : archive_(archive), about_(std::move(about)), limits_(std::move(limits)) {}

ZipFile::~ZipFile() {
    zip_discard(archive_);
}

bool ZipFile::has(const std::string& name) const {
    return zip_name_locate(archive_, name.c_str(), 0) >= 0;
}

Result<std::unique_ptr<Bytes>> ZipFile::entry(const std::string& name) const {
    zip_stat_t status;
    if (!has(name) || zip_stat(archive_, name.c_str(), 0, &status) != 0)
        return fail(ErrorCode::invalid_argument, fmt::format("the file has no part \"{}\"; save it anew", name),
                    about_);
    auto* entry = zip_fopen(archive_, name.c_str(), 0);
    if (entry == nullptr)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the part \"{}\" cannot be read ({}); save the file without a password", name,
                                zip_strerror(archive_)),
                    about_);
    const auto packed = (status.valid & ZIP_STAT_COMP_SIZE) != 0 ? status.comp_size : 0;
    return std::make_unique<EntryBytes>(entry, UnpackGuard(about_, packed, limits_));
}

Result<std::string> ZipFile::text(const std::string& name, std::size_t largest) const {
    auto bytes = TRY(entry(name));
    std::string text;
    while (true) {
        const auto before = text.size();
        text.resize(before + read_block);
        const auto got = TRY(bytes->read(text.data() + before, read_block));
        text.resize(before + got);
        if (got == 0) return text;
        if (text.size() > largest)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the part \"{}\" is larger than {} MiB; save the sheet as CSV in UTF-8", name,
                                    largest >> 20U),
                        about_);
    }
}

Result<bool> Elements::fill() {
    if (ended_) return false;
    buffer_.erase(0, std::exchange(at_, 0));
    if (buffer_.size() > longest_element)
        return fail(ErrorCode::invalid_argument, "a row is longer than 16 MiB; save the sheet as CSV in UTF-8");
    const auto before = buffer_.size();
    buffer_.resize(before + read_block);
    const auto got = TRY(text_->read(buffer_.data() + before, read_block));
    buffer_.resize(before + got);
    ended_ = got == 0;
    return !ended_;
}

// Moves to the next "<row" that is the whole name.
Result<bool> Elements::find_begin() {
    const auto begin = "<" + name_;
    while (true) {
        const auto found = buffer_.find(begin, at_);
        const auto after = found + begin.size();
        if (found != std::string::npos && after < buffer_.size()) {
            at_ = found;
            if (std::string_view(" \t\r\n/>").contains(buffer_[after])) return true;
            ++at_;
            continue;
        }
        at_ = found == std::string::npos ? buffer_.size() - std::min(buffer_.size() - at_, begin.size()) : found;
        if (!TRY(fill())) return false;
    }
}

// Where the element that begins at `at_` ends.
Result<std::size_t> Elements::find_end() {
    const auto close = "</" + name_;
    while (true) {
        char quote = '\0';
        auto at = at_;
        for (; at < buffer_.size() && (quote != '\0' || buffer_[at] != '>'); ++at)
            if (quote == buffer_[at])
                quote = '\0';
            else if (quote == '\0' && (buffer_[at] == '"' || buffer_[at] == '\''))
                quote = buffer_[at];
        if (at < buffer_.size() && buffer_[at - 1] == '/') return at + 1;
        const auto closing = at < buffer_.size() ? buffer_.find(close, at) : std::string::npos;
        const auto end = closing == std::string::npos ? closing : buffer_.find('>', closing);
        if (end != std::string::npos) return end + 1;
        if (!TRY(fill()))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("an element <{}> does not end; save the file anew", name_));
    }
}

Result<std::string_view> Elements::next() {
    if (!TRY(find_begin())) return std::string_view();
    const auto end = TRY(find_end());
    const auto element = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end;
    return element;
}

}  // namespace suanpan::data
