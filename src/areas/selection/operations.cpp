#include <string>
#include <vector>

#include "areas/selection/lessons.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct BacktestRequest {
    std::int64_t origins = 12, horizon = 28, step = 14;
    std::string top = "50,100,200";
};

struct MemberWeight {
    std::string member;
    double weight = 0;
};

struct BacktestOrigin {
    std::string day;
    std::int64_t candidates = 0, training_rows = 0;
    std::vector<MemberWeight> weights;
};

struct BacktestRow {
    std::string day, method;
    std::int64_t top = 0;
    double precision = 0, recall = 0, captured = 0;
};

struct BacktestMean {
    std::string method;
    std::int64_t top = 0, origins = 0;
    double precision = 0, precision_low = 0, precision_high = 0;
    double recall = 0, recall_low = 0, recall_high = 0;
    double captured = 0, captured_low = 0, captured_high = 0;
    double to_buyer = 0, to_buyer_low = 0, to_buyer_high = 0;
};

struct BacktestReply {
    std::string first_day, last_day;
    std::int64_t features = 0;
    std::vector<BacktestMean> methods;
    std::vector<BacktestOrigin> origins;
    std::vector<BacktestRow> rows;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::BacktestRequest> {
    static constexpr FieldWords fields[] = {
        {"origins", "days on which a list is made and judged", {.minimum = 1, .maximum = 60}},
        {"horizon", "days that a list is judged by", {.minimum = 7, .maximum = 182}},
        {"step", "days from one origin to the next", {.minimum = 1, .maximum = 182}},
        {"top", "lengths of the lists, with commas between"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::BacktestMean> {
    static constexpr FieldWords fields[] = {
        {"precision", "share of the list that is among the best of what happened, mean over origins"},
        {"recall", "share of the successes that are on the list; successes: the best 5 % of the items"},
        {"captured", "profit of the list over that of the best list there was"},
        {"to_buyer", "precision over that of the buyer's rules on the same origins"},
        {"origins", "origins that could be judged; last year's weeks need a year of history"},
    };
};

namespace suanpan::selection {
namespace {

Result<std::vector<std::size_t>> sizes(const std::string& text) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const auto part = text.substr(at, end - at);
        if (part.empty() || part.size() > 6 || part.find_first_not_of("0123456789") != std::string::npos ||
            std::stoul(part) == 0)
            return fail(ErrorCode::invalid_argument,
                        "\"" + text + "\" are no lengths of lists; write numbers with commas, such as 50,100,200",
                        "top");
        found.push_back(std::stoul(part));
        at = end + 1;
    }
    return found;
}

BacktestMean mean_of(const Summary& s) {
    return {s.method,
            static_cast<std::int64_t>(s.top),
            s.origins,
            s.precision.mean,
            s.precision.low,
            s.precision.high,
            s.recall.mean,
            s.recall.low,
            s.recall.high,
            s.captured.mean,
            s.captured.low,
            s.captured.high,
            s.precision_to_buyer.mean,
            s.precision_to_buyer.low,
            s.precision_to_buyer.high};
}

BacktestReply reply_of(const History& history, const Backtest& tested) {
    BacktestReply reply{.first_day = format(history.first),
                        .last_day = format(history.last),
                        .features = std::ssize(columns()),
                        .methods = {},
                        .origins = {},
                        .rows = {}};
    for (const auto& summary : summarise(tested)) reply.methods.push_back(mean_of(summary));
    for (const auto& origin : tested.origins) {
        auto& row = reply.origins.emplace_back(format(origin.origin), origin.candidates, origin.lessons);
        for (std::size_t m = 0; m < members; ++m) row.weights.push_back({member_names[m], origin.weights[m]});
    }
    for (const auto& j : tested.judged)
        reply.rows.push_back({format(j.origin), j.method, static_cast<std::int64_t>(j.top), j.verdict.precision,
                              j.verdict.recall, j.verdict.captured});
    return reply;
}

Result<BacktestReply> run_backtest(operations::Context& context, const BacktestRequest& request) {
    BacktestOptions options{.origins = static_cast<int>(request.origins),
                            .horizon = static_cast<int>(request.horizon),
                            .step = static_cast<int>(request.step),
                            .tops = TRY(sizes(request.top))};
    options.learn = TRY(train_options(context.shop.settings(), options.horizon)).learn;
    const auto history =
        TRY(context.shop.database().read([&](store::Connection& connection) { return read_history(connection); }));
    const double total = options.origins + options.warm_up;
    const auto tested = TRY(backtest(history, options, [&](int done) {
        context.progress({"backtest", static_cast<double>(done), total, "origins"});
    }));
    return reply_of(history, tested);
}

}  // namespace

void add_operations(operations::Registry& registry) {
    registry.add(operations::declare<BacktestRequest, BacktestReply>(
        {.name = "selection.backtest",
         .summary = {"Judges lists of items on past weeks: rules, single models and the ensemble, with intervals",
                     "用历史各周检验选品清单：规则、单一模型与集成模型，附置信区间"},
         .long_work = true},
        run_backtest));
    add_lessons_operation(registry);
}

}  // namespace suanpan::selection
