#include <cstdlib>

#include "platform/base/money.h"

// An amount: no crash, and what is accepted is the same amount after being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto* currency : {"GBP", "JPY", "KWD"}) {
        const auto money = parse_money(text, currency);
        if (!money) continue;
        const auto written = format(*money);
        if (parse_money(written.substr(0, written.find(' ')), currency) != *money) std::abort();
        if (const auto sum = add(*money, *money); sum && sum->minor != 2 * money->minor) std::abort();
    }
    return 0;
}
