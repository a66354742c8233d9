#include "platform/jobs/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace suanpan::jobs {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                      "thursday", "friday", "saturday"};

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::optional<int> number(std::string_view text, int low, int high) {
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return low <= value && value <= high ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = number(text.substr(0, 2), 0, 23), minute = number(text.substr(3), 0, 59);
    if (!hour || !minute) return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

std::optional<Schedule> every(const std::vector<std::string_view>& words) {
    const auto count = number(words[1], 1, 100'000);
    if (!count) return std::nullopt;
    if (words[2] == "minutes" || words[2] == "minute") return Every{std::chrono::minutes(*count)};
    if (words[2] == "hours" || words[2] == "hour") return Every{std::chrono::hours(*count)};
    return std::nullopt;
}

std::optional<Schedule> weekly(const std::vector<std::string_view>& words) {
    const auto time = time_of_day(words[4]);
    for (unsigned day = 0; time && day < weekdays.size(); ++day)
        if (weekdays[day] == words[2]) return AtTime{*time, std::chrono::weekday(day)};
    return std::nullopt;
}

std::optional<Schedule> parse(const std::vector<std::string_view>& words) {
    if (words.size() == 3 && words[0] == "every") return every(words);
    if (words.size() == 5 && words[0] == "weekly" && words[1] == "on" && words[3] == "at") return weekly(words);
    if (words.size() != 3 || words[0] != "daily" || words[1] != "at") return std::nullopt;
    const auto time = time_of_day(words[2]);
    return time ? std::optional<Schedule>(AtTime{*time, std::nullopt}) : std::nullopt;
}

}  // namespace

Result<Schedule> parse_schedule(std::string_view text) {
    if (auto schedule = parse(words_of(text))) return *schedule;
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("\"{}\" is no schedule; write \"every 15 minutes\", \"every 2 hours\", \"daily at 05:30\" or "
                    "\"weekly on monday at 06:00\"",
                    text));
}

Instant next_after(const Schedule& schedule, Instant last, const TimeZone& zone) {
    if (const auto* period = std::get_if<Every>(&schedule)) return last + period->period;
    const auto& at = std::get<AtTime>(schedule);
    for (auto day = zone.day_of(last);; day += Days(1)) {
        if (at.weekday && std::chrono::weekday(day) != *at.weekday) continue;
        if (const auto due = zone.at(day, at.after_midnight); due > last) return due;
    }
}

}  // namespace suanpan::jobs
