#include "demo.h"

#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "areas/data/mapping.h"
#include "areas/world/export.h"
#include "platform/base/money.h"
#include "platform/operations/json.h"

namespace suanpan {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Json;

constexpr std::string_view mapping_text =
#include "demo_shop.yaml.inc"
    ;

// Announces a step, and when it is done says how long it took.
class Stage {
  public:
    explicit Stage(std::string_view what) : started_(std::chrono::steady_clock::now()) {
        std::cout << what << " … " << std::flush;
    }
    void done(std::string_view result) const {
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started_;
        std::cout << fmt::format("{} ({:.1f} s)\n", result, seconds.count()) << std::flush;
    }

  private:
    std::chrono::steady_clock::time_point started_;
};

Result<Json> call(const Program& program, store::Shop& shop, std::string_view name, const std::string& request) {
    Context context{shop, program.operations, {"user:demo", operations::Role::admin}};
    return operations::parse_json(TRY(program.operations.call(context, name, request)));
}

std::int64_t whole(const Json& json, std::string_view key) {
    const auto* value = operations::member(json, key);
    return value == nullptr ? 0 : static_cast<std::int64_t>(operations::as_number(*value));
}

std::string text(const Json& json, std::string_view key) {
    const auto* value = operations::member(json, key);
    return value != nullptr && value->is_string() ? value->get_string() : "";
}

Result<> simulate(const fs::path& exports, Day last_day) {
    const Stage stage("Simulating two years of a shop with 500 items");
    const auto report = TRY(world::export_shop(world::make_world({.last_day = last_day}), exports));
    stage.done(fmt::format("{} order lines, {} returns", report.order_lines, report.returns));
    return {};
}

Result<> load(const Program& program, store::Shop& shop, const fs::path& exports) {
    const Stage stage("Loading its exports, file by file");
    Json files = Json::array_t{};
    for (const auto* name : {"suppliers", "items", "places", "customers", "calendar", "promotions", "weather", "orders",
                             "returns", "stock"})
        files.get_array().push_back(Json((exports / (std::string(name) + ".csv")).string()));
    const auto reply =
        TRY(call(program, shop, "data.load", fmt::format(R"({{"files":{}}})", operations::to_text(files))));
    stage.done(fmt::format("{} rows read, {} loaded, {} set aside with their reason", whole(reply, "read"),
                           whole(reply, "loaded"), whole(reply, "quarantined")));
    return {};
}

Result<> run_loop(const Program& program, store::Shop& shop, Day day) {
    const Stage stage("Forecasting every item and planning orders");
    const auto as_of = fmt::format(R"({{"as_of":"{}"}})", format(day));
    TRY(call(program, shop, "demand.run", as_of));
    const auto reply = TRY(call(program, shop, "stock.propose", as_of));
    stage.done(fmt::format(
        "{} orders wait for you, {} small ones approved by the shop's policy, {} refused by guardrails",
        whole(reply, "pending"), whole(reply, "approved_by_policy"), whole(reply, "refused_by_guardrails")));
    return {};
}

Result<> print_orders(const Program& program, store::Shop& shop) {
    const auto reply = TRY(call(program, shop, "decisions.list", R"({"state":"pending","limit":10})"));
    const auto* decisions = operations::member(reply, "decisions");
    std::cout << "\nThe ten most urgent orders:\n";
    int number = 0;
    for (const auto& decision : decisions->get_array()) {
        const auto* value = operations::member(decision, "value");
        const auto* summary = operations::member(decision, "summary");
        std::cout << fmt::format("\n{:2}. {}  {}  [{}]\n    {}\n", ++number, text(decision, "subject"),
                                 format(Money{whole(*value, "minor"), text(*value, "currency")}), text(decision, "id"),
                                 text(*summary, shop.settings().language));
    }
    return {};
}

struct Options {
    fs::path shop = "demo-shop";
    int port = 8080;
    bool serve = true;
};

Result<Options> parse_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--shop" && i + 1 < words.size())
            options.shop = words[++i];
        else if (words[i] == "--port" && i + 1 < words.size())
            options.port = std::atoi(words[++i].c_str());
        else if (words[i] == "--no-serve")
            options.serve = false;
        else
            return fail(ErrorCode::invalid_argument, "usage: suanpan demo [--shop DIR] [--port N] [--no-serve]",
                        words[i]);
    }
    return options;
}

// A demo shop is made anew each time; a folder that is none is left alone.
Result<> clear(const fs::path& folder) {
    if (!fs::exists(folder)) return {};
    if (!fs::exists(folder / "demo"))
        return fail(ErrorCode::conflict, "this folder is no demo shop; choose another with --shop", folder.string());
    std::error_code error;
    fs::remove_all(folder, error);
    if (error) return fail(ErrorCode::io, "the old demo shop cannot be removed: " + error.message(), folder.string());
    return {};
}

}  // namespace

Result<> demo(const Program& program, const std::vector<std::string>& words) {
    const auto options = TRY(parse_options(words));
    TRY(clear(options.shop));
    const auto mapping = TRY(data::parse_mapping(std::string(mapping_text), "the demo's mapping"));
    TRY(store::Shop::create(options.shop, mapping.shop));
    TRY(store::write_file(options.shop / "mapping.yaml", mapping_text));
    const auto zone = TRY(TimeZone::named(mapping.shop.time_zone));
    const auto today = zone.day_of(now());
    const auto exports = options.shop / "demo";
    TRY(simulate(exports, today - Days(1)));
    {
        auto shop = TRY(store::Shop::open(options.shop, program.schemas));
        TRY(load(program, *shop, exports));
        TRY(run_loop(program, *shop, today));
        TRY(print_orders(program, *shop));
    }
    const auto folder = options.shop.string();
    std::cout << fmt::format(
        "\nTry next:\n"
        "  ./dev run decisions list {0} --state pending      all that waits\n"
        "  ./dev run decisions approve {0} ID…               approve some\n"
        "  ./dev run act {0}                                 writes {0}/exports/orders-{1}.csv\n"
        "  ./dev run demand forecast {0} --item SKU00001     the forecast of an item\n"
        "  ./dev run data quarantine {0}                     rows that could not be used, and why\n\n",
        folder, format(today));
    if (!options.serve) return {};
    return serve(program, {folder, "--port", std::to_string(options.port)});
}

}  // namespace suanpan
