#include "areas/data/plain_file.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <format>
#include <memory>
#include <utility>
#include <vector>

namespace suanpan::data {
namespace {

constexpr unsigned block = 1U << 20;

bool write_all(int descriptor, const char* from, std::size_t size) {
    while (size > 0) {
        const auto written = ::write(descriptor, from, size);
        if (written <= 0) return false;
        from += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

using GzipFile = std::unique_ptr<gzFile_s, decltype(&gzclose)>;

// Whether all of it went into memory; if not, nothing is wrong with the file.
Result<bool> unpack(const GzipFile& from, int to, std::int64_t limit) {
    std::vector<char> text(block);
    std::int64_t total = 0;
    for (;;) {
        const int size = gzread(from.get(), text.data(), block);
        int code = Z_OK;
        const char* reason = gzerror(from.get(), &code);
        // zlib reports a file that is cut off only with the last bytes.
        if (size < 0 || code != Z_OK) return fail(ErrorCode::invalid_argument, std::string(reason));
        if (size == 0) return true;
        total += size;
        if (total > limit || !write_all(to, text.data(), static_cast<std::size_t>(size))) return false;
    }
}

}  // namespace

Result<PlainFile> PlainFile::of(const std::filesystem::path& file, std::int64_t limit) {
    if (file.extension() != ".gz") return PlainFile(file.string(), -1);
    const GzipFile packed(gzopen(file.c_str(), "rb"), &gzclose);
    PlainFile plain(file.string(), ::memfd_create("unpacked", MFD_CLOEXEC));
    if (!packed || plain.descriptor_ < 0) return PlainFile(file.string(), -1);
    gzbuffer(packed.get(), block);
    auto whole = unpack(packed, plain.descriptor_, limit);
    if (!whole)
        return fail(whole.error().code,
                    std::format("the compressed file is broken ({}); copy it anew", whole.error().message),
                    file.string());
    if (!*whole) return PlainFile(file.string(), -1);
    plain.path_ = std::format("/proc/self/fd/{}", plain.descriptor_);
    return plain;
}

PlainFile::PlainFile(PlainFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

PlainFile::~PlainFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace suanpan::data
