#include "areas/demand/evaluate/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "areas/demand/evaluate/evaluate.h"
#include "areas/demand/evaluate/reconcile.h"
#include "platform/operations/command_line.h"
#include "platform/operations/declare.h"

namespace suanpan::demand {

// A line of the table that is printed.
struct EvaluationRow {
    std::string model;
    double wape = 0, smape = 0, mase = 0, rmsse = 0, rmspe = 0, wmae = 0, pinball = 0, coverage = 0, bias = 0;
    double seconds = 0, processor_seconds = 0, validation_seconds = 0, memory_mib = 0;
    std::vector<double> coverage_by_horizon;  // of each quarter of the horizon
    std::string weights;
};

// What a model comes to on a level of the hierarchy, by forecasts of the level's own, sums of the series', and
// reconciled.
struct HierarchyRow {
    std::string model, level;
    std::int64_t nodes = 0;
    double wape_base = 0, wape_bottom_up = 0, wape_min_trace = 0;
    double weekly_base = 0, weekly_bottom_up = 0, weekly_min_trace = 0;
};

// A forecast of a period that is known by now; weight 0: not scored.
struct TestedForecast {
    std::string model, series;
    std::int64_t step = 0;  // after the split, from 1
    double forecast = 0, actual = 0, weight = 0;
};

struct EvaluationReply {
    std::int64_t series = 0, scored = 0;
    int windows = 0;
    double interval = 0;  // what share the outermost levels should cover
    std::vector<EvaluationRow> models;
    std::vector<HierarchyRow> hierarchy;
    std::vector<TestedForecast> forecasts;  // where they were asked for
};

struct FileForecast {
    std::string series, date;
    std::int64_t period = 0;
    double mean = 0;
    std::vector<double> quantiles;
};

struct FileForecastReply {
    std::string model, weights;
    std::vector<double> levels;
    std::vector<FileForecast> forecasts;
};

namespace {

constexpr std::string_view usage =
    "usage: suanpan demand evaluate|forecast FILE [--models A,B] [--split DAY] [--horizon N] [--season N] "
    "[--missing 0|gap] [--id COLUMN] [--date COLUMN] [--value COLUMN] [--weight COLUMN] [--windows N] "
    "[--adjacency FILE] [--levels 0.1,0.9] [--choose-by wape|smape|mase] [--hierarchy METHOD] [--threads N] [--rounds "
    "N] [--seed N] "
    "[--forecasts] [--json|--csv]";

struct Command {
    bool evaluates = true, shows_forecasts = false;
    std::string file;
    ReadOptions read;
    EvaluateOptions evaluate;
    std::string hierarchy;  // the method that forecasts sums; empty: no sums
    operations::Format format = operations::Format::table;
};

std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto comma = std::min(text.find(',', from), text.size());
        parts.push_back(text.substr(from, comma - from));
        from = comma + 1;
    }
    return parts;
}

template <class Number>
Result<Number> number_of(const std::string& text, const std::string& option) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0)
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not a number from 0 upwards", text), option);
    return number;
}

Result<> set_levels(Command& command, const std::string& text) {
    command.evaluate.levels.clear();
    for (const auto& part : parts_of(text)) {
        const double level = TRY(number_of<double>(part, "--levels"));
        if (!(level > 0 && level < 1) || (!command.evaluate.levels.empty() && level <= command.evaluate.levels.back()))
            return fail(ErrorCode::invalid_argument, "levels rise and lie between 0 and 1, as 0.1,0.5,0.9", "--levels");
        command.evaluate.levels.push_back(level);
    }
    return {};
}

Result<> set_number(Command& command, const std::string& option, const std::string& text) {
    if (option == "--seed") {
        command.evaluate.run.seed = TRY(number_of<std::uint64_t>(text, option));
        return {};
    }
    const int number = TRY(number_of<int>(text, option));
    if (option == "--horizon") command.read.horizon = number;
    if (option == "--season") command.read.season = number;
    if (option == "--windows") command.evaluate.windows = number;
    if (option == "--threads") command.evaluate.run.threads = number;
    if (option == "--rounds") command.evaluate.run.rounds = number;
    return {};
}

Result<> set_option(Command& command, const std::string& option, const std::string& text) {
    std::string* names[] = {&command.read.id,    &command.read.date,    &command.read.value,    &command.read.weight,
                            &command.read.split, &command.read.missing, &command.read.adjacency};
    constexpr std::string_view of_names[] = {"--id",    "--date",    "--value",    "--weight",
                                             "--split", "--missing", "--adjacency"};
    for (std::size_t i = 0; i < std::size(of_names); ++i)
        if (option == of_names[i]) {
            *names[i] = text;
            return {};
        }
    if (option == "--models") {
        command.evaluate.models = parts_of(text);
        return {};
    }
    if (option == "--hierarchy") {
        TRY(forecaster(text));
        command.hierarchy = text;
        return {};
    }
    if (option == "--choose-by") {
        command.evaluate.choose_by = TRY(parse_criterion(text));
        return {};
    }
    if (option == "--levels") return set_levels(command, text);
    for (const std::string_view number : {"--horizon", "--season", "--windows", "--threads", "--rounds", "--seed"})
        if (option == number) return set_number(command, option, text);
    return fail(ErrorCode::invalid_argument, std::string(usage), option);
}

Result<Command> parse(const std::vector<std::string>& words) {
    Command command{.evaluates = words[0] == "evaluate"};
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--json")
            command.format = operations::Format::json;
        else if (words[i] == "--csv")
            command.format = operations::Format::csv;
        else if (words[i] == "--forecasts")
            command.shows_forecasts = true;
        else if (words[i].starts_with("--") && i + 1 < words.size()) {
            TRY(set_option(command, words[i], words[i + 1]));
            ++i;
        } else if (command.file.empty() && !words[i].starts_with('-'))
            command.file = words[i];
        else
            return fail(ErrorCode::invalid_argument, std::string(usage), words[i]);
    }
    if (command.file.empty()) return fail(ErrorCode::invalid_argument, std::string(usage));
    return command;
}

EvaluationRow row_of(const ModelReport& report) {
    const auto& m = report.measures;
    return {.model = report.model,
            .wape = m.wape,
            .smape = m.smape,
            .mase = m.mase,
            .rmsse = m.rmsse,
            .rmspe = m.rmspe,
            .wmae = m.wmae,
            .pinball = m.pinball,
            .coverage = m.coverage,
            .bias = m.bias,
            .seconds = report.seconds,
            .processor_seconds = report.processor_seconds,
            .validation_seconds = report.validation_seconds,
            .memory_mib = report.memory_mib,
            .coverage_by_horizon = m.coverage_by_horizon,
            .weights = report.weights};
}

Result<std::vector<HierarchyRow>> levels_of(const Command& command, const Dataset& dataset,
                                            const Evaluation& evaluation) {
    std::vector<HierarchyRow> rows;
    for (std::size_t model = 0; model < evaluation.reports.size(); ++model)
        for (const auto& level : TRY(reconcile(dataset, evaluation, model, {command.hierarchy, command.evaluate.run})))
            rows.push_back({evaluation.reports[model].model, level.level, static_cast<std::int64_t>(level.nodes),
                            level.base.wape, level.bottom_up.wape, level.min_trace.wape, level.base.weekly_wape,
                            level.bottom_up.weekly_wape, level.min_trace.weekly_wape});
    return rows;
}

std::vector<TestedForecast> tested(const Dataset& dataset, const Evaluation& evaluation) {
    std::vector<TestedForecast> all;
    for (std::size_t model = 0; model < evaluation.reports.size(); ++model)
        for (std::size_t s = 0; s < dataset.series.size(); ++s) {
            const auto& series = dataset.series[s];
            for (std::size_t h = 0; h < series.horizon(); ++h)
                if (std::isfinite(series.actual[h]))
                    all.push_back({evaluation.reports[model].model, series.id, static_cast<std::int64_t>(h + 1),
                                   evaluation.predictions[model][s][h], series.actual[h], series.weight[h]});
        }
    return all;
}

Result<std::string> evaluated(const Command& command, const Dataset& dataset) {
    const auto evaluation = TRY(evaluate(dataset, command.evaluate));
    const auto& levels = command.evaluate.levels;
    EvaluationReply reply{.series = std::ssize(dataset.series),
                          .scored = evaluation.reports.front().measures.scored,
                          .windows = command.evaluate.windows,
                          .interval = levels.back() - levels.front()};
    if (reply.scored == 0)
        return fail(ErrorCode::invalid_argument,
                    "no period after the split has a value to compare with; choose an earlier --split", command.file);
    for (const auto& report : evaluation.reports) reply.models.push_back(row_of(report));
    if (!command.hierarchy.empty()) reply.hierarchy = TRY(levels_of(command, dataset, evaluation));
    if (command.shows_forecasts) reply.forecasts = tested(dataset, evaluation);
    return operations::to_json(reply);
}

Result<std::string> forecast(const Command& command, const Dataset& dataset) {
    auto options = command.evaluate;
    options.models.resize(1);
    const auto evaluation = TRY(evaluate(dataset, options));
    FileForecastReply reply{.model = options.models.front(), .weights = evaluation.reports.front().weights};
    const auto& intervals = evaluation.intervals.front();
    reply.levels = intervals.levels;
    for (std::size_t s = 0; s < dataset.series.size(); ++s) {
        const auto& series = dataset.series[s];
        for (std::size_t h = 0; h < series.horizon(); ++h) {
            const auto period = static_cast<std::int64_t>(series.values.size() + h);
            FileForecast row{.series = series.id, .period = period + 1, .mean = evaluation.predictions.front()[s][h]};
            if (dataset.step_days > 0) row.date = format(series.first + Days(period * dataset.step_days));
            for (std::size_t level = 0; level < intervals.levels.size(); ++level)
                row.quantiles.push_back(intervals.values[s][level][h]);
            reply.forecasts.push_back(std::move(row));
        }
    }
    return operations::to_json(reply);
}

}  // namespace

bool is_file_command(const std::vector<std::string>& words) {
    if (words.empty()) return false;
    if (words[0] == "evaluate") return true;
    return words[0] == "forecast" && words.size() > 1 && std::filesystem::is_regular_file(words[1]);
}

Result<std::string> run_file_command(const std::vector<std::string>& words) {
    const auto command = TRY(parse(words));
    auto read = command.read;
    if (!command.evaluates && read.split.empty()) read.split = "end";
    const auto dataset = TRY(read_dataset(command.file, read));
    const auto reply = TRY(command.evaluates ? evaluated(command, dataset) : forecast(command, dataset));
    return operations::render(reply, command.format, "en");
}

}  // namespace suanpan::demand
