#include <cstdlib>

#include "platform/base/time.h"

// Days, instants and names of time zones: no crash, and what is accepted survives being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const auto zone = TimeZone::named("Europe/London").value();
    if (const auto day = parse_day(text)) {
        if (format(*day) != text || week_start(*day) > *day || zone.day_of(zone.start_of(*day)) != *day) std::abort();
    }
    if (const auto instant = parse_instant(text)) {
        if (parse_instant(format(*instant)) != *instant) std::abort();
        (void)zone.day_of(*instant);
    }
    (void)TimeZone::named(text);
    return 0;
}
