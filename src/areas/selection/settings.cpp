#include "areas/selection/settings.h"

#include <fmt/format.h>

#include <charconv>

#include "platform/base/money.h"

namespace suanpan::selection {
namespace {

struct Range {
    double otherwise = 0, least = 0, most = 0;
    const char* what = "";
};

Result<double> in_range(const store::Settings& settings, const std::string& option, const Range& range) {
    const double value = settings.number("selection." + option, range.otherwise);
    if (value >= range.least && value <= range.most) return value;
    return fail(ErrorCode::invalid_argument,
                fmt::format("the setting is {:g}; write {}, {:.0f} to {:.0f}, into shop.yaml", value, range.what,
                            range.least, range.most),
                "selection." + option);
}

Result<ListOptions> list_options(const store::Settings& settings) {
    const auto number = [&](const char* option, const Range& range) { return in_range(settings, option, range); };
    ListOptions list;
    list.slots = static_cast<std::size_t>(TRY(number("slots", {50, 1, 1e7, "the places on the list"})));
    list.category_share = TRY(number("category_share", {1, 0, 1, "a share of the places"}));
    list.exploration_share = TRY(number("exploration_share", {0.1, 0, 1, "a share of the places"}));
    list.quiet_days = TRY(number("quiet_days", {91, 1, 3650, "days without a sale"}));
    list.budget = TRY(number("budget", {0, 0, 1e12, "money for stock"})) * minor_units(settings);
    list.supplier_share = TRY(number("supplier_share", {1, 0, 1, "a share of the places"}));
    list.supplier_least = TRY(supplier_places(settings.text("selection.supplier_least", "")));
    list.most_alike =
        static_cast<std::size_t>(TRY(number("most_alike", {0, 0, 1e7, "places for items of like titles"})));
    list.cannibalisation = TRY(number("cannibalisation", {0, 0, 1, "a share of an item's profit"}));
    return list;
}

}  // namespace

Result<std::map<std::string, std::size_t>> supplier_places(const std::string& text) {
    std::map<std::string, std::size_t> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        auto part = text.substr(at, end - at);
        part.erase(0, part.find_first_not_of(' '));
        const auto colon = part.rfind(':');
        std::size_t count = 0;
        const auto* last = part.data() + part.size();
        if (colon == std::string::npos || colon == 0 ||
            std::from_chars(part.data() + colon + 1, last, count).ptr != last || count == 0 || count > 1'000'000)
            return fail(ErrorCode::invalid_argument,
                        "\"" + text +
                            "\" does not say which supplier gets how many places; write supplier:places, with "
                            "commas between, such as acme:3, other:1",
                        "selection.supplier_least");
        found[part.substr(0, colon)] = count;
        at = end + 1;
    }
    return found;
}

double minor_units(const store::Settings& settings) {
    double unit = 1;
    for (int i = 0; i < minor_digits(settings.currency); ++i) unit *= 10;
    return unit;
}

Result<ScoreOptions> score_options(const store::Settings& settings) {
    return ScoreOptions{.list = TRY(list_options(settings)),
                        .first_units = TRY(in_range(settings, "first_units", {12, 0, 1e6, "units of a first stock"})),
                        .most_explained = static_cast<std::size_t>(TRY(in_range(
                            settings, "most_explained", {20'000, 0, 1e9, "items whose reasons are written"})))};
}

Result<TrainOptions> train_options(const store::Settings& settings, int horizon) {
    TrainOptions options{.horizon = horizon};
    options.trials = static_cast<int>(TRY(in_range(settings, "trials", {3, 1, 12, "earlier origins to try on"})));
    options.top = static_cast<std::size_t>(TRY(in_range(settings, "slots", {50, 1, 1e7, "the places on the list"})));
    options.learn.rounds = static_cast<int>(TRY(in_range(settings, "rounds", {150, 1, 5000, "rounds of boosting"})));
    options.learn.examples.success_share =
        TRY(in_range(settings, "success_share", {0.05, 0, 1, "the share of the items that are a success"}));
    return options;
}

}  // namespace suanpan::selection
