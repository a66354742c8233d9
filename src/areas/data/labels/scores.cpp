#include "areas/data/labels/scores.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <unordered_set>

namespace suanpan::data::labels {
namespace {

using store::Connection;

struct TaskId {
    std::string task_id;
};

struct ScoreRow {
    std::string set_name;
    std::int64_t version = 0;
    std::string task_id, model, strategy;
    double explore = 0;
    std::int64_t seed = 0;
    double uncertainty = 0;
    std::int64_t place = 0;
};

struct StoredScore {
    std::string task_id;
    double uncertainty = 0;
};

Result<Strategy> strategy_named(const std::string& name) {
    if (name == "least_confidence") return Strategy::least_confidence;
    if (name == "margin") return Strategy::margin;
    if (name == "entropy") return Strategy::entropy;
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is no strategy; choose least_confidence, margin or entropy", name), "strategy");
}

Result<> check(const LabelSet& set, std::span<const double> probabilities) {
    const auto classes = set.definition.classes.size();
    if (probabilities.size() != classes)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} probabilities for {} classes", probabilities.size(), classes));
    double sum = 0;
    for (const double p : probabilities) {
        if (!(p >= 0 && p <= 1)) return fail(ErrorCode::invalid_argument, fmt::format("{} is no probability", p));
        sum += p;
    }
    constexpr double rounding = 0.01;
    if (std::abs(sum - 1) > rounding)
        return fail(ErrorCode::invalid_argument, fmt::format("the probabilities sum to {:.3f}, not to 1", sum));
    return {};
}

Result<std::map<std::string, double>> stored(Connection& connection, const LabelSet& set, const Scoring& scoring) {
    std::map<std::string, double> all;
    for (const auto& row : TRY(connection.rows<StoredScore>(R"(
        SELECT task_id, uncertainty
        FROM labels.score
        WHERE set_name = ? AND version = ? AND model = ? AND strategy = ? AND explore = ? AND seed = ?)",
                                                            set.name, set.version, scoring.model, scoring.strategy,
                                                            scoring.explore, scoring.seed)))
        all[row.task_id] = row.uncertainty;
    return all;
}

Result<> write(Connection& connection, const LabelSet& set, const Scoring& scoring,
               const std::map<std::string, double>& uncertainties) {
    std::vector<Sample> samples;
    for (const auto& [task_id, uncertainty] : uncertainties) samples.push_back({task_id, uncertainty});
    std::vector<ScoreRow> rows;
    for (const auto& sample :
         labelling_order(std::move(samples), {scoring.explore, static_cast<std::uint64_t>(scoring.seed)}))
        rows.push_back({set.name, set.version, sample.task_id, scoring.model, scoring.strategy, scoring.explore,
                        scoring.seed, sample.uncertainty, std::ssize(rows) + 1});
    TRY(connection.query("DELETE FROM labels.score WHERE set_name = ? AND version = ?", set.name, set.version));
    return connection.append<ScoreRow>("labels", "score", rows);
}

}  // namespace

Result<std::vector<Outcome>> score_tasks(Connection& connection, const LabelSet& set, const Scoring& scoring,
                                         std::span<const TaskScores> scores) {
    const auto strategy = TRY(strategy_named(scoring.strategy));
    std::unordered_set<std::string> known;
    for (const auto& row : TRY(connection.rows<TaskId>("SELECT task_id FROM labels.task WHERE set_name = ?", set.name)))
        known.insert(row.task_id);
    auto uncertainties = TRY(stored(connection, set, scoring));
    std::vector<Outcome> refused;
    for (const auto& one : scores) {
        auto fits = check(set, one.probabilities);
        if (!known.contains(one.task_id))
            fits = fail(ErrorCode::not_found, fmt::format("the set \"{}\" has no such task", set.name));
        if (fits)
            uncertainties[one.task_id] = uncertainty(one.probabilities, strategy);
        else
            refused.push_back(
                {one.task_id, "refused", std::string(name(fits.error().code)), std::move(fits.error().message)});
    }
    TRY(write(connection, set, scoring, uncertainties));
    return refused;
}

}  // namespace suanpan::data::labels
