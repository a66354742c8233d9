#include "areas/demand/signals/signals.h"

#include <numeric>

#include "areas/demand/history.h"
#include "areas/demand/shared/challenger.h"

namespace suanpan::demand {

struct SignalRow {
    Day as_of;
    std::string item_id;
    std::optional<double> prophet, lstm;  // NULL where too little was seen
};

struct MissingMorning {
    Day day;
};

namespace {

using store::Connection;

constexpr int weeks_ahead = 4;
constexpr std::size_t least_weeks = 8;  // that an item is seen for before it is asked about
constexpr Days network_lasts{28};

Day monday_of(Day day) {
    return end_of_history(period_of({}).value(), day);
}

struct Morning {
    Day day;
    Covariates covariates;
};

Result<Morning> read_morning(operations::Context& context, Day day) {
    const auto weekly = TRY(period_of({}));
    return context.shop.database().read([&](Connection& connection) -> Result<Morning> {
        const auto history = TRY(read_history(connection, weekly, day));
        return Morning{day, TRY(read_covariates(connection, history, {weekly, weeks_ahead, 2}))};
    });
}

// A network with what it has to be asked by.
struct Learned {
    LearnedChallenger network;
    std::vector<std::string> columns;
    std::vector<Kind> kinds;
    Day end;
};

bool serves(const std::optional<Learned>& learned, const Morning& morning) {
    return learned && morning.day - learned->end < network_lasts && learned->columns == names_of(morning.covariates);
}

class Maker {
  public:
    explicit Maker(operations::Context& context) : context_(context) { run_.stop = context.stop; }

    Result<> make(Day day) {
        auto morning = TRY(read_morning(context_, day));
        auto rows = TRY(rows_of(morning));
        TRY(context_.shop.database().write([&](Connection& connection) -> Result<> {
            TRY(connection.query("DELETE FROM demand.signal WHERE as_of = ?", day));
            return connection.append<SignalRow>("demand", "signal", rows);
        }));
        ++report.mornings;
        report.items = std::ssize(rows);
        return {};
    }

    SignalReport report;

  private:
    Result<std::vector<SignalRow>> rows_of(Morning& morning) {
        const auto& all = morning.covariates.dataset.series;
        std::vector<std::size_t> long_enough;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].values.size() >= least_weeks) long_enough.push_back(i);
        std::vector<SignalRow> rows;
        for (const auto& series : all) rows.push_back({morning.day, series.id, std::nullopt, std::nullopt});
        Covariates asked{part_of(morning.covariates.dataset, long_enough), morning.covariates.kinds};
        const auto fitted = TRY(ask_challenger({Challenger::prophet, std::nullopt}, asked.dataset, run_.threads));
        const auto learned = TRY(ask_network(morning, asked));
        for (std::size_t i = 0; i < long_enough.size(); ++i) {
            rows[long_enough[i]].prophet = sum(fitted[i]);
            if (!learned.empty()) rows[long_enough[i]].lstm = sum(learned[i]);
        }
        return rows;
    }

    // Nothing where there is too little to learn from.
    Result<Predictions> ask_network(const Morning& morning, Covariates& asked) {
        if (!serves(learned_, morning)) TRY(learn(morning, asked));
        if (!learned_) return Predictions{};
        TRY(number_by(asked, learned_->kinds));
        return ask_challenger(learned_->network, asked.dataset, run_.threads);
    }

    Result<> learn(const Morning& morning, const Covariates& asked) {
        learned_.reset();
        auto network = learn_challenger(Challenger::lstm, asked.dataset, asked.kinds, run_);
        if (!network && (network.error().code == ErrorCode::invalid_argument ||
                         (network.error().code == ErrorCode::unavailable && !run_.stop.stop_requested()))) {
            report.without = network.error().text();
            return {};
        }
        learned_ = Learned{TRY(std::move(network)), names_of(asked), asked.kinds, morning.day};
        report.without.clear();
        ++report.networks;
        return {};
    }

    static double sum(const std::vector<double>& units) { return std::accumulate(units.begin(), units.end(), 0.0); }

    operations::Context& context_;
    RunOptions run_;
    std::optional<Learned> learned_;
};

// The newest is asked for whatever was sold; the others where something was sold before them.
constexpr std::string_view missing_sql = R"(
    SELECT day FROM (SELECT ago, (?::DATE - (7 * ago)::INTEGER)::DATE AS day FROM range(?) AS r(ago)), data.span
    WHERE (ago = 0 OR first_day < day) AND day NOT IN (SELECT as_of FROM demand.signal)
    ORDER BY day)";

Result<std::vector<MissingMorning>> missing_mornings(operations::Context& context, Day newest, std::int64_t mornings) {
    return context.shop.database().read(
        [&](Connection& connection) { return connection.rows<MissingMorning>(missing_sql, newest, mornings); });
}

}  // namespace

Result<SignalReport> make_signals(operations::Context& context, Day as_of, std::int64_t mornings) {
    const auto missing = TRY(missing_mornings(context, monday_of(as_of), mornings));
    Maker maker(context);
    for (const auto& [day] : missing) {
        if (context.stop.stop_requested())
            return fail(ErrorCode::unavailable, "stopped; run it again for the mornings that are left");
        TRY(maker.make(day));
        context.progress({"signals", double(maker.report.mornings), double(missing.size()), "mornings"});
    }
    return maker.report;
}

}  // namespace suanpan::demand
