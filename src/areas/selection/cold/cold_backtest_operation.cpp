#include "areas/selection/cold/cold_start.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ColdBacktestRequest {
    std::int64_t origins = 6, step = 28, horizon = 28;
    double list_share = 0.2;
};
struct ColdMethod {
    std::string method;
    double precision = 0, precision_low = 0, precision_high = 0, captured = 0, captured_low = 0, captured_high = 0;
};
struct ColdBacktestReply {
    std::vector<std::string> origins;
    std::int64_t items = 0;
    double within = 0;
    std::vector<ColdMethod> methods;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::ColdBacktestRequest> {
    static constexpr FieldWords fields[] = {
        {"origins", "mornings at which new items are listed", {.minimum = 1, .maximum = 60}},
        {"step", "days from one to the next; items first sold in them are judged", {.minimum = 7}},
        {"horizon", "days after its first sale that an item is judged by", {.minimum = 7, .maximum = 182}},
        {"list_share", "of the new items, so many are listed", {.minimum = 0, .maximum = 1}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ColdBacktestReply> {
    static constexpr FieldWords fields[] = {
        {"within",
         "share of the items whose first days lay between like_low and like_high of "
         "selection.candidates; 0.8 would be right"},
    };
};

namespace suanpan::selection {
namespace {

Result<ColdBacktestReply> cold_backtest(operations::Context& context, const ColdBacktestRequest& request) {
    const auto history = TRY(context.shop.database().read([](store::Connection& c) { return read_history(c); }));
    ColdTestOptions options{.origins = static_cast<int>(request.origins),
                            .step = static_cast<int>(request.step),
                            .list_share = request.list_share};
    options.cold.horizon = static_cast<int>(request.horizon);
    const auto tested = TRY(test_cold(history, options));
    ColdBacktestReply reply{
        .origins = {}, .items = static_cast<std::int64_t>(tested.items), .within = tested.within, .methods = {}};
    for (const auto day : tested.origins) reply.origins.push_back(format(day));
    for (const auto& m : tested.methods)
        reply.methods.push_back({m.name, m.precision.mean, m.precision.low, m.precision.high, m.captured.mean,
                                 m.captured.low, m.captured.high});
    return reply;
}

}  // namespace

void add_cold_backtest_operation(operations::Registry& registry) {
    registry.add(operations::declare<ColdBacktestRequest, ColdBacktestReply>(
        {.name = "selection.cold_backtest",
         .summary = {"Judges the ranking of new items on items that were held back whole, beside rules and chance",
                     "用整件留出的新品检验冷启动排序，并与规则和随机比较"},
         .long_work = true},
        cold_backtest));
}

}  // namespace suanpan::selection
