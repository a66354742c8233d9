#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "areas/data/sources/bytes.h"

namespace suanpan::data {
namespace {

std::unexpected<Error> cannot_read(int code, const std::string& about) {
    return fail(ErrorCode::io, fmt::format("the file cannot be read to its end: {}", std::strerror(code)), about);
}

std::unexpected<Error> broken(std::string_view reason, const std::string& about) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("the compressed file is broken or cut off ({}); copy it anew", reason), about);
}

// zlib reads what is no gzip as it is.
class GzipBytes : public Bytes {
  public:
    GzipBytes(gzFile file, UnpackGuard guard) : file_(file), guard_(std::move(guard)) { gzbuffer(file_, read_block); }
    ~GzipBytes() override { gzclose(file_); }

    Result<std::size_t> read(char* to, std::size_t size) override {
        const int got = gzread(file_, to, static_cast<unsigned>(size));
        int code = Z_OK;
        const char* reason = gzerror(file_, &code);
        // zlib reports a file that is cut off only with the last bytes.
        if (code == Z_ERRNO) return cannot_read(errno, guard_.about());
        if (got < 0 || code != Z_OK) return broken(reason, guard_.about());
        TRY(guard_.add(static_cast<std::size_t>(got)));
        return static_cast<std::size_t>(got);
    }

  private:
    gzFile file_;
    UnpackGuard guard_;
};

class ZstdBytes : public Bytes {
  public:
    ZstdBytes(int file, UnpackGuard guard) : file_(file), guard_(std::move(guard)), packed_(ZSTD_DStreamInSize()) {
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, 27);  // 128 MiB, what `zstd --long` makes
    }
    ~ZstdBytes() override {
        ZSTD_freeDCtx(stream_);
        ::close(file_);
    }

    Result<std::size_t> read(char* to, std::size_t size) override {
        ZSTD_outBuffer out{to, size, 0};
        while (out.pos < out.size) {
            if (in_.pos == in_.size && !flushing_ && !TRY(refill())) {
                if (left_ == 0) break;
                return broken("unexpected end of file", guard_.about());
            }
            left_ = ZSTD_decompressStream(stream_, &out, &in_);
            if (ZSTD_isError(left_) != 0) return broken(ZSTD_getErrorName(left_), guard_.about());
            flushing_ = out.pos == out.size && left_ != 0;
        }
        TRY(guard_.add(out.pos));
        return out.pos;
    }

  private:
    Result<bool> refill() {
        const auto got = ::read(file_, packed_.data(), packed_.size());
        if (got < 0 && errno == EINTR) return refill();
        if (got < 0) return cannot_read(errno, guard_.about());
        in_ = {packed_.data(), static_cast<std::size_t>(got), 0};
        return got > 0;
    }

    int file_;
    UnpackGuard guard_;
    ZSTD_DCtx* stream_ = ZSTD_createDCtx();
    std::vector<char> packed_;
    ZSTD_inBuffer in_{nullptr, 0, 0};
    std::size_t left_ = 0;   // what the frame still wants; 0: it is whole
    bool flushing_ = false;  // the stream has more text than there was room for
};

class TextBytes : public Bytes {
  public:
    explicit TextBytes(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read(char* to, std::size_t size) override {
        const auto bytes = std::min(size, text_.size() - at_);
        std::memcpy(to, text_.data() + at_, bytes);
        at_ += bytes;
        return bytes;
    }

  private:
    std::string text_;
    std::size_t at_ = 0;
};

constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";

}  // namespace

Result<> UnpackGuard::add(std::size_t bytes) {
    total_ += bytes;
    if (total_ <= limits_.memory || total_ / limits_.highest_ratio <= packed_) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("the compressed file unpacks to more than {} times its size, as no table does; if it "
                            "is right, unpack it and load that",
                            limits_.highest_ratio),
                about_);
}

Result<std::unique_ptr<Bytes>> unpack(const std::filesystem::path& file, const UnpackLimits& limits) {
    std::error_code unknown;
    UnpackGuard guard(file.string(), std::filesystem::file_size(file, unknown), limits);
    const auto cannot_open = [&] {
        return fail(ErrorCode::io, fmt::format("the file may not be read: {}", std::strerror(errno)), file.string());
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return cannot_open();
    std::array<char, 4> first{};
    const auto got = ::pread(descriptor, first.data(), first.size(), 0);
    if (got == 4 && std::string_view(first.data(), first.size()) == zstd_magic)
        return std::make_unique<ZstdBytes>(descriptor, std::move(guard));
    auto* packed = gzdopen(descriptor, "rb");
    if (packed == nullptr) {
        ::close(descriptor);
        return cannot_open();
    }
    return std::make_unique<GzipBytes>(packed, std::move(guard));
}

std::unique_ptr<Bytes> bytes_of(std::string text) {
    return std::make_unique<TextBytes>(std::move(text));
}

}  // namespace suanpan::data
