#include "platform/base/time.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <sstream>

namespace suanpan {

Result<Day> parse_day(std::string_view text) {
    auto number = [&](std::size_t from, std::size_t length) -> int {
        if (text[from] == '-') return -1;
        int value = -1;
        const char* end = text.data() + from + length;
        auto [stop, error] = std::from_chars(text.data() + from, end, value);
        return error == std::errc{} && stop == end ? value : -1;
    };
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
        if (year >= 0 && month >= 0 && day >= 0) {
            const auto date = std::chrono::year(year) / month / day;
            if (date.ok()) return Day(date);
        }
    }
    return fail(ErrorCode::invalid_argument, std::format("\"{}\" is not a day; write it as YYYY-MM-DD", text));
}

std::string format(Day day) {
    return std::format("{:%F}", day);
}

std::string format(Instant instant) {
    return std::format("{:%FT%T}Z", instant);
}

std::string stamp(Instant instant) {
    return std::format("{:%Y%m%dT%H%M%S}", std::chrono::floor<std::chrono::seconds>(instant));
}

Result<Instant> parse_instant(std::string_view text) {
    std::istringstream stream{std::string(text)};
    Instant instant;
    stream >> std::chrono::parse("%FT%TZ", instant);
    if (stream.fail() || stream.peek() != std::istringstream::traits_type::eof())
        return fail(ErrorCode::invalid_argument,
                    std::format("\"{}\" is not an instant; write it as 2011-11-14T05:30:00Z", text));
    return instant;
}

Day week_start(Day day) {
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

Instant now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Result<TimeZone> TimeZone::named(std::string_view name) {
    try {
        return TimeZone(std::chrono::locate_zone(name));
    } catch (const std::exception&) {
        return fail(ErrorCode::invalid_argument,
                    std::format("\"{}\" is not a known time zone; use an IANA name such as Europe/London", name));
    }
}

Day TimeZone::day_of(Instant instant) const {
    return Day(std::chrono::floor<Days>(zone_->to_local(instant)).time_since_epoch());
}

Instant TimeZone::start_of(Day day) const {
    return at(day, std::chrono::minutes(0));
}

Instant TimeZone::at(Day day, std::chrono::minutes after_midnight) const {
    const std::chrono::local_time<std::chrono::microseconds> local(day.time_since_epoch() + after_midnight);
    return zone_->to_sys(local, std::chrono::choose::earliest);
}

namespace {

constexpr Instant first_ruled = Day(std::chrono::year(1) / 1 / 1), last_ruled = Day(std::chrono::year(9999) / 12 / 31);

}  // namespace

void Clock::look_up(Instant instant) {
    const auto info = zone_->get_info(std::clamp(instant, first_ruled, last_ruled));
    begin_ = instant < first_ruled ? Instant::min() : std::max<Instant>(info.begin, first_ruled);
    end_ = instant > last_ruled ? Instant::max() : std::min<Instant>(info.end, last_ruled);
    offset_ = info.offset;
}

Clock::Shown Clock::shown(Instant instant) {
    if (instant < begin_ || instant >= end_) look_up(instant);
    return Shown(instant.time_since_epoch() + offset_);
}

Instant Clock::instant(Shown shown) {
    const Instant as_utc(shown.time_since_epoch());
    // No clock is further than a day from UTC, and no change of it is greater.
    constexpr Days margin(2);
    const auto is_certain = [&] {
        return begin_ < end_ && as_utc > first_ruled + margin && as_utc < last_ruled - margin &&
               as_utc - margin >= begin_ && as_utc + margin < end_;
    };
    if (!is_certain()) look_up(as_utc);
    if (is_certain() || as_utc <= first_ruled + margin || as_utc >= last_ruled - margin) return as_utc - offset_;
    const auto info = zone_->get_info(shown);
    return as_utc - (info.result == std::chrono::local_info::ambiguous ? info.second : info.first).offset;
}

}  // namespace suanpan
