#include "areas/selection/champion.h"

#include <fmt/format.h>

#include <cmath>

#include "platform/models/promotion.h"

namespace suanpan::selection {
namespace {

using store::Connection;

// Raised where the same data and options would give other numbers than before.
constexpr std::string_view algorithm = "1";

Result<Day> end_of(const models::Card& card) {
    return TRY(parse_day(card.to)) + Days(1);
}

// Checksum of what had happened by the morning of the day.
std::string fingerprint(const History& history, Day day) {
    std::string text;
    for (const auto& item : history.items) {
        double units = 0, revenue = 0, profit = 0, back = 0, signs = 0;
        for (const auto& d : item.days)
            if (d.day < day) {
                units += d.units;
                revenue += d.revenue;
                profit += d.settled_profit * static_cast<double>((day - d.day).count());
                back += d.returned_value;
            }
        for (const auto& s : item.signs)
            if (s.day < day) signs += s.value * (1 + static_cast<double>(s.sign));
        text += fmt::format("{}\n{}\n{}\n{} {} {} {} {}\n", item.id, item.title, item.category, units, revenue, profit,
                            back, signs);
    }
    return models::checksum(text);
}

models::Card card_of(const History& history, Day day, const TrainOptions& options) {
    models::Card card{.name = model_name(options.horizon),
                      .method = "a blend of boosted trees (LightGBM, XGBoost), a linear model and recent sales",
                      .baseline = "the buyer's rules",
                      .data_fingerprint = fingerprint(history, day),
                      .from = format(history.first),
                      .to = format(day - Days(1)),
                      .seed = static_cast<std::int64_t>(options.learn.seed),
                      .options = {{"algorithm", std::string(algorithm)},
                                  {"features", columns_checksum()},
                                  {"horizon", std::to_string(options.horizon)},
                                  {"most_items", std::to_string(options.most_items)},
                                  {"trials", std::to_string(options.trials)},
                                  {"top", std::to_string(options.top)},
                                  {"rounds", std::to_string(options.learn.rounds)},
                                  {"success_share", fmt::format("{}", options.learn.examples.success_share)}}};
    auto identity = card.data_fingerprint + std::to_string(card.seed);
    for (const auto& [key, value] : card.options) identity += "\n" + key + "=" + value;
    auto when = format(day);
    std::erase(when, '-');
    card.version = when + "-" + models::checksum(identity).substr(0, 12);
    return card;
}

models::Metric metric_of(const std::vector<TrialResult>& trials) {
    models::Metric metric{.name = "share of the list that is not among the best", .unit = "share"};
    for (const auto& trial : trials) {
        metric.value += trial.missed / static_cast<double>(trials.size());
        metric.baseline += trial.buyer_missed / static_cast<double>(trials.size());
        ++metric.windows;
    }
    return metric;
}

struct Old {
    models::Version version;
    Day end;  // the day after what it learned from
};

bool fits(const Old& old, Day day) {
    const auto features = old.version.card.options.find("features");
    return old.end <= day && features != old.version.card.options.end() && features->second == columns_checksum();
}

// The old scorer's lists on those trials that begin after what it learned from, beside the new one's.
Result<models::Metric> against(const Old& old, const History& history, const TrainedScorer& fresh, std::size_t top) {
    models::Metric metric{.name = "the same, beside the version that serves", .unit = "share"};
    const auto scorer = TRY(from_files(old.version.files));
    double ours = 0, theirs = 0;
    for (std::size_t i = 0; i < fresh.tried.size(); ++i) {
        const auto& trial = fresh.tried[i];
        if (trial.origin < old.end) continue;
        const auto said = TRY(scorer.learners.predict(snapshot(history, trial.origin, scorer.horizon)));
        ours += fresh.trials[i].missed;
        theirs += missed(blended(said, scorer.weights), trial.outcomes, top);
        ++metric.windows;
    }
    const auto count = static_cast<double>(std::max<std::int64_t>(1, metric.windows));
    metric.value = ours / count;
    metric.baseline = theirs / count;
    return metric;
}

class Learn {
  public:
    Learn(operations::Context& context, const History& history, Day day, const TrainOptions& options)
        : context_(context), history_(history), day_(day), options_(options), card_(card_of(history, day, options)) {}

    // Registers the version of the day unless it is there, and proposes that it serves unless one of later data does.
    Result<Learned> run(const std::optional<Old>& old) {
        const auto& shop = context_.shop;
        Learned found{.version = card_.version, .promotion = {}, .message = {}};
        std::optional<models::Draft> draft;
        if (!TRY(shop.database().read(
                [&](Connection& c) { return models::is_registered(c, card_.name, card_.version); })))
            draft = TRY(train(old));
        TRY(shop.database().write([&](Connection& connection) -> Result<> {
            if (draft) TRY(models::add(connection, shop, *draft));
            if (old && old->end > day_) {
                found.promotion = "older";
                return {};
            }
            const auto outcome = TRY(
                models::promote(connection, shop, {card_.name, card_.version, day_, ""}, {"job:selection.run", now()}));
            found.promotion = outcome.state;
            found.message = outcome.message;
            return {};
        }));
        return found;
    }

  private:
    Result<models::Draft> train(const std::optional<Old>& old) {
        auto options = options_;
        options.progress = [&](int done, int total) {
            context_.progress({"learning", static_cast<double>(done), static_cast<double>(total), "models"});
        };
        // A copy only where it is smaller.
        const auto fewer = history_.items.size() > options.most_items
                               ? std::optional(drawn(history_, options.most_items, options.learn.seed))
                               : std::nullopt;
        const auto& history = fewer ? *fewer : history_;
        const auto trained = TRY(train_scorer(history, day_, options));
        auto card = card_;
        card.metrics = {metric_of(trained.trials)};
        if (old && fits(*old, day_)) card.metrics.push_back(TRY(against(*old, history, trained, options.top)));
        return models::write_draft(context_.shop, std::move(card), TRY(to_files(trained.scorer)));
    }

    operations::Context& context_;
    const History& history_;
    Day day_;
    const TrainOptions& options_;
    models::Card card_;
};

Result<std::optional<Old>> served(const store::Shop& shop, const std::string& model) {
    return shop.database().read([&](Connection& connection) -> Result<std::optional<Old>> {
        const auto serving = TRY(models::serving(connection, model));
        if (!serving) return std::nullopt;
        auto version = TRY(models::load(connection, shop, model, serving->version));
        const auto end = TRY(end_of(version.card));
        return Old{std::move(version), end};
    });
}

Result<models::Version> load_version(const store::Shop& shop, const std::string& model, const std::string& version) {
    return shop.database().read([&](Connection& c) { return models::load(c, shop, model, version); });
}

}  // namespace

Result<Learning> parse_learning(const std::string& text) {
    if (text == "when due") return Learning::when_due;
    if (text == "always") return Learning::always;
    if (text == "never") return Learning::never;
    return fail(ErrorCode::invalid_argument,
                "\"" + text + "\" does not say when to learn; write when due, always or never", "learn");
}

std::string model_name(int horizon) {
    return fmt::format("selection.{}_days", horizon);
}

Result<Champion> champion(operations::Context& context, const History& history, Day day, const TrainOptions& options,
                          Learning learning) {
    const auto& shop = context.shop;
    const auto model = model_name(options.horizon);
    const auto old = TRY(served(shop, model));
    const double oldest = shop.settings().number("selection.retrain_days", 28);
    const bool usable = old && fits(*old, day);
    const bool due = !usable || static_cast<double>((day - old->end).count()) >= oldest;
    Learned learned;
    if (learning == Learning::always || (learning == Learning::when_due && due))
        learned = TRY(Learn(context, history, day, options).run(old));
    else if (!usable)
        return fail(ErrorCode::not_found,
                    fmt::format("no version serves that learned before {}; let selection.run learn one", format(day)),
                    model);
    const auto serving = TRY(served(shop, model));
    const bool serves = serving && fits(*serving, day);
    const auto version = serves ? serving->version : TRY(load_version(shop, model, learned.version));
    return Champion{TRY(from_files(version.files)), version.card, (day - TRY(end_of(version.card))).count(),
                    std::move(learned)};
}

}  // namespace suanpan::selection
