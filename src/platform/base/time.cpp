#include "platform/base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace suanpan {

namespace {

// A whole number of digits alone; -1 where there is something else.
int number(std::string_view digits) {
    int value = -1;
    const auto* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc{} && stop == end && digits.front() != '-' ? value : -1;
}

// "05:30:00", with a fraction of up to six digits.
std::optional<std::chrono::microseconds> parse_clock(std::string_view text) {
    if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    const int hours = number(text.substr(0, 2)), minutes = number(text.substr(3, 2)),
              seconds = number(text.substr(6, 2));
    const bool in_range = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60;
    if (!in_range) return std::nullopt;
    std::chrono::microseconds clock =
        std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
    if (text.size() == 8) return clock;
    constexpr std::size_t most_digits = 6;
    auto fraction = std::string(text.substr(9));
    if (text[8] != '.' || fraction.empty() || fraction.size() > most_digits) return std::nullopt;
    fraction.resize(most_digits, '0');
    const int microseconds = number(fraction);
    if (microseconds < 0) return std::nullopt;
    return clock + std::chrono::microseconds(microseconds);
}

}  // namespace

Result<Day> parse_day(std::string_view text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
        if (year >= 0 && month >= 0 && day >= 0) {
            const auto date = std::chrono::year(year) / month / day;
            if (date.ok()) return Day(date);
        }
    }
    return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not a day; write it as YYYY-MM-DD", text));
}

// fmt and not std::format, which takes ten seconds to compile.
std::string format(Day day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string format(Instant instant) {
    const auto day = std::chrono::floor<Days>(instant);
    const std::chrono::hh_mm_ss clock(instant - day);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", format(Day(day)), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count(), clock.subseconds().count());
}

std::string stamp(Instant instant) {
    auto text = format(instant);
    text.resize(std::string_view("2011-11-14T05:30:00").size());
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

Result<Instant> parse_instant(std::string_view text) {
    constexpr std::size_t date_length = 10;
    if (text.size() > date_length && text[date_length] == 'T' && text.ends_with('Z')) {
        const auto day = parse_day(text.substr(0, date_length));
        const auto clock = parse_clock(text.substr(date_length + 1, text.size() - date_length - 2));
        if (day && clock) return Instant(*day) + *clock;
    }
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not an instant; write it as 2011-11-14T05:30:00Z", text));
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
                    fmt::format("\"{}\" is not a known time zone; use an IANA name such as Europe/London", name));
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
