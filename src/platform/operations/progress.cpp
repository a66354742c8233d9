#include "platform/operations/progress.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "platform/operations/text_width.h"

namespace suanpan::operations {
namespace {

constexpr std::size_t widest_bar = 24, narrowest_bar = 8;

// 1,234,567
std::string grouped(double number) {
    auto text = std::format("{:.0f}", number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string rate_text(double rate) {
    return (rate >= 10 ? grouped(rate) : std::format("{:.2g}", rate)) + "/s";
}

std::string time_text(double seconds) {
    const auto whole = std::llround(std::ceil(seconds));
    if (whole < 60) return std::format("{} s left", whole);
    if (whole < 3600) return std::format("{}:{:02} min left", whole / 60, whole % 60);
    return std::format("{}:{:02} h left", whole / 3600, whole % 3600 / 60);
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
    if (progress.total > 0) parts.push_back(std::format("{:3.0f} %", std::floor(100 * share_of(progress))));
    if (pace.seconds_left && *pace.seconds_left < 1e6) parts.push_back(time_text(*pace.seconds_left));
    if (progress.total > 0)
        parts.push_back(std::format("{}/{} {}", grouped(progress.done), grouped(progress.total), progress.unit));
    else if (progress.done > 0)
        parts.push_back(std::format("{} {}", grouped(progress.done), progress.unit));
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
    auto parts = details(progress, pace);
    const auto width = [&] {
        std::size_t taken = 0;
        for (const auto& part : parts) taken += 2 + text_width(part);
        return taken;
    };
    constexpr std::size_t shortest_step = 8;
    const auto step_width = std::min(text_width(progress.step), std::max(shortest_step, columns / 3));
    while (!parts.empty() && width() + step_width > columns) parts.pop_back();
    auto line = shortened(progress.step, std::min(columns, step_width));
    const auto taken = text_width(line) + width();
    constexpr std::size_t around = 4;  // two blanks and two brackets
    if (progress.total > 0 && taken + around + narrowest_bar <= columns)
        line += "  " + bar(share_of(progress), std::min(widest_bar, columns - taken - around));
    for (const auto& part : parts) line += "  " + part;
    return line;
}

}  // namespace suanpan::operations
