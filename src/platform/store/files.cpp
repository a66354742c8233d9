#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "platform/store/shop.h"

namespace suanpan::store {
namespace {

std::unexpected<Error> system_failure(const std::filesystem::path& file, int number) {
    if (number == ENOSPC)
        return fail(ErrorCode::no_space, "the disk is full; free some space and try again", file.string());
    return fail(ErrorCode::io,
                fmt::format("the file cannot be written ({}); check the owner and the permissions of its folder",
                            std::strerror(number)),
                file.string());
}

int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        const int number = errno;
        return fail(
            number == ENOENT || number == ENOTDIR ? ErrorCode::not_found : ErrorCode::io,
            fmt::format("the file cannot be read ({}); check its name and your permission", std::strerror(number)),
            file.string());
    }
    std::ostringstream text;
    text << stream.rdbuf();
    if (stream.bad()) return fail(ErrorCode::io, "the file cannot be read to its end", file.string());
    return std::move(text).str();
}

Result<> write_file(const std::filesystem::path& file, std::string_view text) {
    auto partial = file.string() + ".partial-" + std::to_string(::getpid());
    const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (descriptor < 0) return system_failure(file, errno);
    const int failure = write_all(descriptor, text);
    ::close(descriptor);
    if (failure == 0 && ::rename(partial.c_str(), file.c_str()) == 0) return {};
    const int number = failure == 0 ? errno : failure;
    ::unlink(partial.c_str());
    return system_failure(file, number);
}

}  // namespace suanpan::store
