#include "platform/jobs/scheduler.h"

#include <fmt/format.h>

namespace suanpan::jobs {

struct LastRun {
    Instant last_at;
};

struct KeptSchedule {
    std::string operation, schedule;
};

namespace {

using store::Connection;

constexpr std::string_view prefix = "schedule.";

Result<std::optional<Instant>> last_run(const store::Shop& shop, const std::string& operation) {
    const auto rows = TRY(shop.database().read([&](Connection& connection) {
        return connection.rows<LastRun>("SELECT last_at FROM jobs.scheduled WHERE operation = ?", operation);
    }));
    return rows.empty() ? std::nullopt : std::optional(rows.front().last_at);
}

Result<> remember(const store::Shop& shop, const std::string& operation, Instant when) {
    return shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM jobs.scheduled WHERE operation = ?", operation));
        TRY(connection.query("INSERT INTO jobs.scheduled VALUES (?, ?)", operation, when));
        return {};
    });
}

}  // namespace

std::map<std::string, std::string> scheduled_texts(const store::Settings& settings) {
    std::map<std::string, std::string> texts;
    for (const auto& [option, text] : settings.options)
        if (option.starts_with(prefix)) texts.emplace(option.substr(prefix.size()), text);
    return texts;
}

Result<Schedules> schedules_of(const store::Settings& settings, const operations::Registry& registry) {
    Schedules schedules;
    for (const auto& [name, text] : scheduled_texts(settings)) {
        const auto option = std::string(prefix) + name;
        if (registry.find(name) == nullptr)
            return fail(ErrorCode::invalid_argument, fmt::format("there is no operation \"{}\" to schedule", name),
                        option);
        auto schedule = parse_schedule(text);
        if (!schedule) return fail(schedule.error().code, schedule.error().message, option);
        schedules.emplace(name, *schedule);
    }
    return schedules;
}

Result<Schedules> current_schedules(const store::Shop& shop, Schedules from_options) {
    const auto kept = TRY(shop.database().read([](Connection& connection) {
        return connection.rows<KeptSchedule>(
            "SELECT operation, arg_max(schedule, changed_at) AS schedule FROM jobs.schedule GROUP BY operation");
    }));
    for (const auto& [operation, text] : kept) {
        from_options.erase(operation);
        if (!text.empty()) from_options.emplace(operation, TRY(parse_schedule(text)));
    }
    return from_options;
}

Result<std::vector<std::string>> run_due(operations::Context& context, const Schedules& schedules, Instant now) {
    std::vector<std::string> ran;
    for (const auto& [operation, schedule] : schedules) {
        const auto last = TRY(last_run(context.shop, operation));
        if (!last) {
            // A new schedule waits for its first time.
            TRY(remember(context.shop, operation, now));
            continue;
        }
        if (next_after(schedule, *last, context.shop.time_zone()) > now) continue;
        // Remembered before it runs: what dies is not begun again and again, its job goes on with the next run.
        TRY(remember(context.shop, operation, now));
        (void)context.operations.call(context, operation, "{}");
        ran.push_back(operation);
    }
    return ran;
}

}  // namespace suanpan::jobs
