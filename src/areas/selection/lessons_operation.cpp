#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "areas/selection/lessons.h"
#include "areas/selection/npy.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct LessonsRequest {
    std::int64_t origins = 12, horizon = 28, step = 14;
};

struct LessonsReply {
    std::string folder;
    std::vector<std::string> origins, days, columns;
    std::int64_t rows = 0;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::LessonsRequest> {
    static constexpr FieldWords fields[] = {
        {"origins", "days on which a list is made and judged, as in selection.backtest", {.minimum = 1, .maximum = 60}},
        {"horizon", "days that a list is judged by", {.minimum = 7, .maximum = 182}},
        {"step", "days from one origin to the next", {.minimum = 1, .maximum = 182}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::LessonsReply> {
    static constexpr FieldWords fields[] = {
        {"folder",
         "below the shop's folder; of each day DAY.npy has a row of features an item, DAY.outcome.npy the "
         "profit of the days after it in minor units, DAY.items.txt the items"},
        {"days",
         "the origins, and the days to learn from; a list may learn only from days whose horizon was over "
         "by its origin"},
    };
};

namespace suanpan::selection {
namespace {

namespace fs = std::filesystem;

std::set<Day> days_of(const History& history, const std::vector<Day>& origins, int horizon) {
    std::set<Day> days(origins.begin(), origins.end());
    for (const Day origin : origins) days.insert_range(lesson_days(history, origin, horizon));
    return days;
}

Result<std::int64_t> write_day(const History& history, Day day, int horizon, const fs::path& folder) {
    const auto taken = snapshot(history, day, horizon);
    std::string ids;
    for (const auto place : taken.items) ids += history.items[place].id + "\n";
    TRY(store::write_file(folder / (format(day) + ".npy"), to_npy(taken.values, columns().size())));
    TRY(store::write_file(folder / (format(day) + ".outcome.npy"), to_npy(outcomes(history, taken, horizon))));
    TRY(store::write_file(folder / (format(day) + ".items.txt"), ids));
    return std::ssize(taken.items);
}

Result<> emptied(const fs::path& folder) {
    std::error_code error;
    fs::remove_all(folder, error);
    if (!error) fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::io, "the folder cannot be made: " + error.message(), folder.string());
    return {};
}

Result<LessonsReply> write_lessons(operations::Context& context, const LessonsRequest& request) {
    const auto horizon = static_cast<int>(request.horizon);
    const auto history = TRY(context.shop.database().read([](store::Connection& c) { return read_history(c); }));
    const auto origins = origins_of(history, {.origins = static_cast<int>(request.origins),
                                              .horizon = horizon,
                                              .step = static_cast<int>(request.step),
                                              .warm_up = 0});
    if (origins.empty())
        return fail(ErrorCode::invalid_argument,
                    "the sales are too short to judge a list by; ask for a shorter horizon", "horizon");
    LessonsReply reply{.folder = "exports/selection-lessons", .origins = {}, .days = {}, .columns = {}};
    const auto folder = context.shop.folder() / reply.folder;
    TRY(emptied(folder));
    const auto days = days_of(history, origins, horizon);
    for (const Day day : days) {
        reply.rows += TRY(write_day(history, day, horizon, folder));
        reply.days.push_back(format(day));
        context.progress({"lessons", double(reply.days.size()), double(days.size()), "days"});
    }
    for (const Day origin : origins) reply.origins.push_back(format(origin));
    for (const auto& column : columns()) reply.columns.push_back(column.name);
    return reply;
}

}  // namespace

void add_lessons_operation(operations::Registry& registry) {
    registry.add(operations::declare<LessonsRequest, LessonsReply>(
        {.name = "selection.lessons",
         .summary = {"Writes the features and outcomes that a backtest learns from and is judged by, for other models",
                     "导出回测所用的特征与结果，供其他模型学习与比较"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true},
        write_lessons));
}

}  // namespace suanpan::selection
