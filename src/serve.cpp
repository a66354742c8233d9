#include <charconv>
#include <condition_variable>
#include <format>
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

// Looks every few seconds whether something is due, until the server ends.
std::jthread start_schedule(store::Shop& shop, const operations::Registry& registry, jobs::Schedules schedules) {
    return std::jthread([&shop, &registry, schedules = std::move(schedules)](std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, std::chrono::seconds(5), [] { return false; }) && !stop.stop_requested()) {
            operations::Context context{shop, registry, {"job:schedule", operations::Role::admin}};
            context.stop = stop;
            if (const auto ran = jobs::run_due(context, schedules, now()); !ran)
                std::cerr << "schedule: " << ran.error().text() << "\n";
        }
    });
}

}  // namespace

Result<> serve(const Program& program, const std::vector<std::string>& words) {
    const auto served = TRY(parse(words));
    auto shop = TRY(store::Shop::open(served.shop, program.schemas, std::chrono::seconds(5)));
    auto schedules = TRY(jobs::schedules_of(shop->settings(), program.operations));
    const auto schedule = start_schedule(*shop, program.operations, std::move(schedules));
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
