#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/decisions/webhook.h"

// A line a setting: its name, a blank, its value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    suanpan::store::Settings settings;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto blank = std::min(line.find(' '), line.size());
        settings.options["webhooks." + std::string(line.substr(0, blank))] =
            line.substr(std::min(line.size(), blank + 1));
    }
    (void)suanpan::decisions::webhooks_of(settings);
    return 0;
}
