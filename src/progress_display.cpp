#include "progress_display.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace suanpan {
namespace {

constexpr std::chrono::milliseconds between_drawings{100};
constexpr std::string_view clear_line = "\r\033[K";

std::size_t terminal_columns() {
    struct winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

}  // namespace

ProgressDisplay::ProgressDisplay() : watched_(::isatty(STDERR_FILENO) != 0) {}

ProgressDisplay::~ProgressDisplay() {
    if (!drawn_.empty()) std::cerr << clear_line << std::flush;
}

void ProgressDisplay::show(const operations::Progress& progress) {
    if (!watched_) return;
    const auto now = std::chrono::steady_clock::now();
    const bool same_step = progress.step == pacer_.last().step;
    pacer_.report(progress, now);
    if (same_step && now - drawn_at_ < between_drawings) return;
    drawn_at_ = now;
    // One column stays free, since some terminals begin a new line behind the last.
    auto line = operations::progress_line(progress, pacer_.pace(now), terminal_columns() - 1);
    if (line == drawn_) return;
    std::cerr << clear_line << line << std::flush;
    drawn_ = std::move(line);
}

}  // namespace suanpan
