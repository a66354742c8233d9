#include "platform/operations/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "platform/operations/text_width.h"

namespace suanpan::operations {
namespace {

constexpr std::size_t widest_bar = 24, narrowest_bar = 8;

// 1,234,567
std::string grouped(double number) {
    auto text = fmt::format("{:.0f}", number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string rate_text(double rate) {
    return (rate >= 10 ? grouped(rate) : fmt::format("{:.2g}", rate)) + "/s";
}

std::string time_text(double seconds) {
    const auto whole = std::llround(std::ceil(seconds));
    if (whole < 60) return fmt::format("{} s left", whole);
    if (whole < 3600) return fmt::format("{}:{:02} min left", whole / 60, whole % 60);
    return fmt::format("{}:{:02} h left", whole / 3600, whole % 3600 / 60);
}

std::string bar(double share, std::size_t columns) {
    const auto full = static_cast<std::size_t>(std::floor(share * static_cast<double>(columns)));
    std::string text = "[";
    for (std::size_t i = 0; i < columns; ++i) text += i < full ? "█" : "░";
    return text + "]";
}

double share_of(const Progress& progress) {
    return progress.total > 0 ? std::clamp(progress.done / progress.total, 0.0, 1.0) : 0;
}

// What follows the bar, the least important last.
std::vector<std::string> details(const Progress& progress, const Pace& pace) {
    std::vector<std::string> parts;
    if (progress.total > 0) parts.push_back(fmt::format("{:3.0f} %", std::floor(100 * share_of(progress))));
    if (pace.seconds_left && *pace.seconds_left < 1e6) parts.push_back(time_text(*pace.seconds_left));
    if (progress.total > 0)
        parts.push_back(fmt::format("{}/{} {}", grouped(progress.done), grouped(progress.total), progress.unit));
    else if (progress.done > 0)
        parts.push_back(fmt::format("{} {}", grouped(progress.done), progress.unit));
    if (pace.rate_per_second > 0) parts.push_back(rate_text(pace.rate_per_second));
    return parts;
}

}  // namespace

void Pacer::report(const Progress& progress, Time at) {
    const bool anew = !any_ || progress.step != last_.step || progress.unit != last_.unit || progress.done < last_.done;
    if (anew) {
        first_ = progress;
        begun_ = at;
        any_ = true;
    }
    last_ = progress;
}

Pace Pacer::pace(Time at) const {
    Pace pace;
    const double elapsed = std::chrono::duration<double>(at - begun_).count();
    const double done = last_.done - first_.done;
    if (!any_ || !std::isfinite(done) || elapsed <= 0 || done <= 0) return pace;
    pace.rate_per_second = done / elapsed;
    if (std::isfinite(last_.total) && last_.total > 0)
        pace.seconds_left = std::max(0.0, last_.total - last_.done) / pace.rate_per_second;
    return pace;
}

std::string progress_line(const Progress& progress, const Pace& pace, std::size_t columns) {
    constexpr std::size_t shortest_step = 8;
    constexpr std::size_t around_bar = 4;  // two blanks and two brackets
    auto line = shortened(progress.step, std::min(columns, std::max(shortest_step, columns * 2 / 5)));
    auto parts = details(progress, pace);
    const auto left = [&](std::size_t beside) {
        auto taken = text_width(line) + beside;
        for (const auto& part : parts) taken += 2 + text_width(part);
        return static_cast<std::ptrdiff_t>(columns) - static_cast<std::ptrdiff_t>(taken);
    };
    const bool has_bar = progress.total > 0;
    // A bar says more than counts and rate; percent and time left say more than a bar.
    while (has_bar && parts.size() > 2 && left(around_bar + narrowest_bar) < 0) parts.pop_back();
    while (!parts.empty() && left(0) < 0) parts.pop_back();
    const auto room = left(around_bar);
    if (has_bar && room >= static_cast<std::ptrdiff_t>(narrowest_bar))
        line += "  " + bar(share_of(progress), std::min(widest_bar, static_cast<std::size_t>(room)));
    for (const auto& part : parts) line += "  " + part;
    return line;
}

}  // namespace suanpan::operations
