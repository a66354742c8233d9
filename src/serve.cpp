#include <charconv>
#include <format>
#include <iostream>

#include "command.h"
#include "platform/gateway/gateway.h"

namespace suanpan {
namespace {

struct Served {
    std::string shop;
    gateway::ServeOptions options;
};

Result<Served> parse(const std::vector<std::string>& words) {
    constexpr auto usage = "usage: suanpan serve SHOP [--port N] [--address A] [--log LEVEL]";
    Served served;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool has_value = i + 1 < words.size();
        if (words[i] == "--port" && has_value) {
            const auto& text = words[++i];
            const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), served.options.port);
            if (error != std::errc{} || stop != text.data() + text.size())
                return fail(ErrorCode::invalid_argument, "a port is a number from 0 (any free one) to 65535", text);
        } else if (words[i] == "--address" && has_value) {
            served.options.address = words[++i];
        } else if (words[i] == "--log" && has_value) {
            served.options.log_level = words[++i];
        } else if (served.shop.empty() && !words[i].starts_with('-')) {
            served.shop = words[i];
        } else {
            return fail(ErrorCode::invalid_argument, usage, words[i]);
        }
    }
    if (served.shop.empty()) return fail(ErrorCode::invalid_argument, usage);
    return served;
}

}  // namespace

Result<> serve(const Program& program, const std::vector<std::string>& words) {
    const auto served = TRY(parse(words));
    auto shop = TRY(store::Shop::open(served.shop, program.schemas, std::chrono::seconds(5)));
    const auto ready = [&](const gateway::Ready& at) {
        std::cout << std::format(
                         "{} is served at http://{}:{}/ (Ctrl-C stops it)\n"
                         "  log in, once, within ten minutes:  {}\n"
                         "  the operations, for programs:      http://{}:{}/openapi.json\n",
                         shop->settings().name, served.options.address, at.port, at.login_url, served.options.address,
                         at.port)
                  << std::flush;
    };
    return gateway::serve(*shop, program.operations, served.options, ready, {});
}

}  // namespace suanpan
