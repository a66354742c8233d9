#include "areas/demand/newcomers/operations.h"

#include <cmath>

#include "areas/demand/newcomers/judge.h"
#include "areas/demand/newcomers/read.h"
#include "areas/demand/run.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

struct NewItemsRequest {
    std::string as_of, split;
};

struct NewItemsRow {
    std::string weeks;  // of age
    std::string chosen;
    std::int64_t judged_before = 0, windows = 0;
    double units = 0;
    double wape = 0, today_wape = 0, neighbours_wape = 0, category_wape = 0, all_items_wape = 0;
    double bias = 0, today_bias = 0;
    double coverage = 0, today_coverage = 0;
};

struct NewItemsReply {
    std::string as_of, split;
    std::int64_t launches = 0, with_vector = 0, with_category = 0, fresh = 0;
    std::vector<NewItemsRow> ages;
};

}  // namespace suanpan::demand

template <>
struct suanpan::operations::Described<suanpan::demand::NewItemsRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the day that the data end; empty: today, or where the data end"},
        {"split",
         "choices and intervals come from windows over by then, errors from windows after it; empty: "
         "after two thirds of the data"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::NewItemsReply> {
    static constexpr FieldWords fields[] = {
        {"with_vector", "launches of which selection.vectorise left a vector"},
        {"fresh", "items that are new at the end of the data"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::demand::NewItemsRow> {
    static constexpr FieldWords fields[] = {
        {"weeks", "since the item's launch; the last row is all ages but 0, before the first sale"},
        {"chosen", "who the forecast was taken from, by windows before the split; today: the average"},
        {"wape", "of what was chosen: summed |error| over summed demand of the window"},
        {"today_wape", "of the average of the newest four weeks; nothing for an item that never sold"},
        {"neighbours_wape", "of the items most like it, wherever there are five, else its category"},
        {"coverage", "share of the windows within the chosen's 90 % interval"},
        {"today_coverage", "within the average's 90 % interval"},
    };
};

namespace suanpan::demand {
namespace {

using operations::Context;

struct Sums {
    std::int64_t windows = 0, within = 0, today_within = 0;
    double units = 0, error = 0, today = 0, by_way[ways] = {}, lean = 0, today_lean = 0;
};

struct Trial {
    const Launches& launches;
    const LaunchOptions& options;
    PanelOptions panel;  // of the average's interval
    std::vector<Choice> chosen, only[ways];
};

bool is_within(double units, std::span<const double> interval) {
    return units >= interval.front() && units <= interval.back();
}

std::vector<double> todays_interval(const Trial& trial, const Judged& one) {
    const auto age = static_cast<std::size_t>(one.week * trial.options.per_week);
    if (age == 0) return {0, 0};
    const auto& values = trial.launches.all[one.launch].values;
    return window_quantiles(window_average(std::span(values).first(age), 1), trial.panel, one.launch);
}

void add(Sums& sums, const Trial& trial, const Judged& one) {
    const auto week = static_cast<std::size_t>(one.week);
    const auto& choice = trial.chosen[week];
    const double units = choice.wins ? window_units(one, choice) : one.today;
    const auto usual = todays_interval(trial, one);
    ++sums.windows;
    sums.units += one.actual;
    sums.error += std::abs(one.actual - units);
    sums.today += std::abs(one.actual - one.today);
    sums.lean += units - one.actual;
    sums.today_lean += one.today - one.actual;
    for (int way = 0; way < ways; ++way)
        sums.by_way[way] += std::abs(one.actual - window_units(one, trial.only[way][week]));
    sums.today_within += is_within(one.actual, usual);
    const double levels[] = {0.05, 0.95};
    sums.within += is_within(one.actual, choice.ratios.empty() ? usual : launch_quantiles(units, choice, levels));
}

NewItemsRow row_of(const Sums& sums, std::string weeks, const Choice* choice) {
    const auto share = [&](double part) { return sums.units > 0 ? part / sums.units : 0; };
    const auto of_windows = [&](std::int64_t part) {
        return sums.windows > 0 ? double(part) / double(sums.windows) : 0;
    };
    NewItemsRow row{.weeks = std::move(weeks),
                    .windows = sums.windows,
                    .units = sums.units,
                    .wape = share(sums.error),
                    .today_wape = share(sums.today),
                    .neighbours_wape = share(sums.by_way[0]),
                    .category_wape = share(sums.by_way[1]),
                    .all_items_wape = share(sums.by_way[2]),
                    .bias = share(sums.lean),
                    .today_bias = share(sums.today_lean),
                    .coverage = of_windows(sums.within),
                    .today_coverage = of_windows(sums.today_within)};
    if (choice != nullptr) {
        row.chosen = choice->wins ? std::string(name(choice->way)) : "today";
        row.judged_before = static_cast<std::int64_t>(choice->judged);
    }
    return row;
}

void add_rows(NewItemsReply& reply, const Trial& trial, std::span<const Judged> judged, std::int64_t split) {
    std::vector<Sums> sums(static_cast<std::size_t>(trial.options.weeks) + 1);
    for (const auto& one : judged) {
        if (one.until - trial.options.window < split) continue;
        add(sums[static_cast<std::size_t>(one.week)], trial, one);
        if (one.week > 0) add(sums.back(), trial, one);
    }
    for (int week = 0; week < trial.options.weeks; ++week)
        reply.ages.push_back(row_of(sums[std::size_t(week)], std::to_string(week), &trial.chosen[std::size_t(week)]));
    reply.ages.push_back(row_of(sums.back(), "1-" + std::to_string(trial.options.weeks - 1), nullptr));
}

Result<NewItemsReply> judge_new_items(Context& context, const NewItemsRequest& request) {
    const auto as_of = request.as_of.empty() ? TRY(default_day(context.shop)) : TRY(parse_day(request.as_of));
    const auto period = TRY(period_of(context.shop.settings()));
    auto panel = panel_options(context.shop.settings(), period);
    const auto history = TRY(context.shop.database().read(
        [&](store::Connection& c) { return read_history(c, period, end_of_history(period, as_of)); }));
    const auto options = launch_options(period, panel);
    const auto launches = TRY(read_launches(context, history, options, as_of));
    auto split = launches.now * 2 / 3;
    if (!request.split.empty()) split = (TRY(parse_day(request.split)) - history.begin).count() / period.days;
    panel.levels = {0.05, 0.95};
    panel.samples = 200;
    const auto judged = judge(launches.all, options);
    Trial trial{launches, options, panel, choose(judged, split, options), {}};
    for (int way = 0; way < ways; ++way) trial.only[way] = choose_only(judged, split, static_cast<Way>(way), options);
    NewItemsReply reply{.as_of = format(as_of),
                        .split = format(history.begin + Days(split * period.days)),
                        .launches = std::ssize(launches.all),
                        .fresh = std::ssize(launches.fresh)};
    for (const auto& launch : launches.all) {
        reply.with_vector += !launch.vector.empty();
        reply.with_category += !launch.category.empty();
    }
    add_rows(reply, trial, judged, split);
    return reply;
}

}  // namespace

void add_newcomer_operations(operations::Registry& registry) {
    registry.add(operations::declare<NewItemsRequest, NewItemsReply>(
        {.name = "demand.new_items",
         .summary = {"How well items were forecast in their first weeks, from how others began, on launches held back",
                     "以保留的历史上新商品检验新品预测：借鉴相似商品上市初期的需求"}},
        judge_new_items));
}

}  // namespace suanpan::demand
