#include <fmt/format.h>

#include <charconv>
#include <condition_variable>
#include <functional>
#include <iostream>
#include <mutex>
#include <thread>

#include "command.h"
#include "platform/gateway/gateway.h"
#include "platform/jobs/scheduler.h"

namespace suanpan {
namespace {

struct Served {
    std::string shop;
    gateway::ServeOptions options;
};

template <class Number>
Result<Number> number(const std::string& text, std::string_view meaning) {
    Number value{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && stop == text.data() + text.size()) return value;
    return fail(ErrorCode::invalid_argument, std::string(meaning), text);
}

// One option with its value; false where there is no such option.
Result<bool> set(gateway::ServeOptions& options, std::string_view name, const std::string& value) {
    if (name == "--port") {
        options.port = TRY(number<std::uint16_t>(value, "a port is a number from 0 (any free one) to 65535"));
    } else if (name == "--address") {
        options.address = value;
    } else if (name == "--log") {
        options.log_level = value;
    } else if (name == "--rate") {
        options.requests_per_second =
            TRY(number<unsigned>(value, "a rate is a whole number of requests a second; 0: no limit"));
        options.burst = 2 * options.requests_per_second;
    } else if (name == "--cache-mib") {
        options.cache_bytes = std::size_t{TRY(number<std::uint16_t>(value, "a cache is 0 (none) to 65535 MiB"))} << 20U;
    } else {
        return false;
    }
    return true;
}

Result<Served> parse_served(const std::vector<std::string>& words) {
    constexpr auto usage =
        "usage: suanpan serve SHOP [--port N] [--address A] [--log LEVEL] [--rate REQUESTS_A_SECOND] [--cache-mib N]";
    Served served;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i + 1 < words.size() && TRY(set(served.options, words[i], words[i + 1])))
            ++i;
        else if (served.shop.empty() && !words[i].starts_with('-'))
            served.shop = words[i];
        else
            return fail(ErrorCode::invalid_argument, usage, words[i]);
    }
    if (served.shop.empty()) return fail(ErrorCode::invalid_argument, usage);
    return served;
}

// Calls the function every few seconds, until the server ends.
std::jthread every_few_seconds(store::Shop& shop, const operations::Registry& registry,
                               std::function<Result<>(operations::Context&)> function) {
    return std::jthread([&shop, &registry, function = std::move(function)](std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, std::chrono::seconds(5), [] { return false; }) && !stop.stop_requested()) {
            operations::Context context{shop, registry, {"job:schedule", operations::Role::admin}};
            context.stop = stop;
            if (const auto done = function(context); !done) std::cerr << "schedule: " << done.error().text() << "\n";
        }
    });
}

}  // namespace

Result<> serve(const Program& program, const std::vector<std::string>& words) {
    const auto served = TRY(parse_served(words));
    auto shop = TRY(store::Shop::open(served.shop, program.schemas, std::chrono::seconds(5)));
    for (const auto& problem : settings::problems_of(program.settings, shop->settings()))
        std::cerr << "shop.yaml: " << problem << "\n";
    auto schedules = TRY(jobs::schedules_of(shop->settings(), program.operations));
    const auto schedule = every_few_seconds(
        *shop, program.operations, [schedules = std::move(schedules)](operations::Context& context) -> Result<> {
            (void)TRY(jobs::run_due(context, TRY(jobs::current_schedules(context.shop, schedules)), now()));
            return {};
        });
    // Apart from the schedule, so that a slow receiver holds no job up.
    const auto letters = every_few_seconds(*shop, program.operations, [](operations::Context& context) -> Result<> {
        (void)TRY(context.operations.call(context, "decisions.deliver", "{}"));
        return {};
    });
    const auto inbox = every_few_seconds(*shop, program.operations, [](operations::Context& context) -> Result<> {
        (void)TRY(context.operations.call(context, "data.inbox", "{}"));
        return {};
    });
    const auto ready = [&](const gateway::Ready& at) {
        std::cout << fmt::format(
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
