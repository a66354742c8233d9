#include "areas/selection/classify/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <numeric>
#include <random>

#include "areas/selection/classify/class_measures.h"
#include "areas/selection/classify/classifier.h"
#include "platform/operations/command_line.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ClassFold {
    std::string model;
    std::int64_t fold = 0, rows = 0;
    double auc = 0;
};

struct ClassRow {
    std::string model;
    double auc = 0, auc_sd = 0, f1 = 0, log_loss = 0, brier = 0, calibration_error = 0;
};

struct RecipeRow {
    std::int64_t fold = 0;
    std::string library;
    double weight = 0, auc_out_of_fold = 0;
    std::int64_t rounds = 0, leaves = 0, least_rows = 0;
    double learning_rate = 0, feature_share = 0, row_share = 0, ridge = 0;
};

struct ClassReply {
    std::int64_t rows = 0, columns = 0, folds = 0, trials = 0, seed = 0;
    double yes_share = 0, seconds = 0, processor_seconds = 0;
    std::vector<ClassRow> models;
    std::vector<ClassFold> by_fold;
    std::vector<RecipeRow> recipes;  // that were kept
};

namespace {

constexpr std::string_view usage =
    "usage: suanpan selection evaluate FILE --label COLUMN [--folds FILE|N] [--categories A,B] [--trials N] "
    "[--threads N] [--seed N] [--json|--csv]";

struct Command {
    std::string file, folds = "5";
    LabelledOptions read;
    ClassifierOptions train;
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

Result<int> number_of(const std::string& text, const std::string& option) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0 || number > 1'000'000)
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not a number from 0 to 1,000,000", text),
                    option);
    return number;
}

Result<> set_option(Command& command, const std::string& option, const std::string& text) {
    if (option == "--label")
        command.read.label = text;
    else if (option == "--folds")
        command.folds = text;
    else if (option == "--categories")
        command.read.categories = parts_of(text);
    else if (option == "--trials")
        command.train.trials = TRY(number_of(text, option));
    else if (option == "--threads")
        command.train.threads = TRY(number_of(text, option));
    else if (option == "--seed")
        command.train.seed = static_cast<std::uint64_t>(TRY(number_of(text, option)));
    else
        return fail(ErrorCode::invalid_argument, std::string(usage), option);
    return {};
}

Result<Command> parse(const std::vector<std::string>& words) {
    Command command;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--json")
            command.format = operations::Format::json;
        else if (words[i] == "--csv")
            command.format = operations::Format::csv;
        else if (words[i].starts_with("--") && i + 1 < words.size()) {
            TRY(set_option(command, words[i], words[i + 1]));
            ++i;
        } else if (command.file.empty() && !words[i].starts_with('-'))
            command.file = words[i];
        else
            return fail(ErrorCode::invalid_argument, std::string(usage), words[i]);
    }
    if (command.file.empty() || command.read.label.empty())
        return fail(ErrorCode::invalid_argument, std::string(usage));
    return command;
}

// From the file, or so many drawn by the seed.
Result<std::vector<int>> outer_folds(const Command& command, std::size_t rows) {
    const bool digits = command.folds.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || command.folds.empty()) return read_folds(command.folds, rows);
    const int count = TRY(number_of(command.folds, "--folds"));
    if (count < 2 || static_cast<std::size_t>(count) > rows)
        return fail(ErrorCode::invalid_argument, "give a file, or a number from 2 to that of the rows", "--folds");
    std::vector<int> folds(rows);
    for (std::size_t i = 0; i < rows; ++i) folds[i] = static_cast<int>(i % static_cast<std::size_t>(count));
    std::mt19937_64 draw(command.train.seed + 1);
    for (std::size_t i = rows; i > 1; --i) std::swap(folds[i - 1], folds[draw() % i]);
    return folds;
}

struct Outer {
    const LabelledTable* table;
    std::vector<int> folds;
};

void tell_recipes(const Classifier& model, int fold, ClassReply& reply) {
    for (const auto& [recipe, auc, weight] : model.tried())
        if (weight > 0)
            reply.recipes.push_back({fold, recipe.xgboost ? "xgboost" : "lightgbm", weight, auc, recipe.options.rounds,
                                     recipe.options.leaves, recipe.options.least_rows, recipe.options.learning_rate,
                                     recipe.options.feature_share, recipe.options.row_share, recipe.options.ridge});
}

// The measures are means over folds, each judged by its own threshold.
void add_measures(ClassReply& reply, const std::string& model, const std::vector<ClassMeasures>& folds) {
    ClassRow row{.model = model};
    const double share = 1 / double(folds.size());
    for (const auto& m : folds) {
        row.auc += share * m.auc;
        row.f1 += share * m.f1;
        row.log_loss += share * m.log_loss;
        row.brier += share * m.brier;
        row.calibration_error += share * m.calibration_error;
    }
    for (const auto& m : folds) row.auc_sd += share * (m.auc - row.auc) * (m.auc - row.auc);
    row.auc_sd = std::sqrt(row.auc_sd);
    reply.models.push_back(row);
}

Result<> run_folds(const Outer& outer, const Command& command, ClassReply& reply) {
    const int count = *std::ranges::max_element(outer.folds) + 1;
    const char* const names[] = {"ensemble", "lightgbm", "xgboost"};
    std::vector<ClassMeasures> measures[3];
    for (int fold = 0; fold < count; ++fold) {
        std::vector<std::size_t> known, asked;
        for (std::size_t i = 0; i < outer.folds.size(); ++i) (outer.folds[i] == fold ? asked : known).push_back(i);
        if (asked.empty()) continue;
        const auto test = outer.table->only(asked);
        const auto model = TRY(Classifier::train(outer.table->only(known), command.train));
        const std::vector<double> said[] = {TRY(model.chances(test.all())), TRY(model.single(test.all(), false)),
                                            TRY(model.single(test.all(), true))};
        for (std::size_t m = 0; m < 3; ++m) {
            measures[m].push_back(class_measures(said[m], test.labels, model.threshold()));
            reply.by_fold.push_back({names[m], fold, std::ssize(asked), measures[m].back().auc});
        }
        tell_recipes(model, fold, reply);
        ++reply.folds;
    }
    for (std::size_t m = 0; m < 3; ++m) add_measures(reply, names[m], measures[m]);
    return {};
}

}  // namespace

bool is_file_command(const std::vector<std::string>& words) {
    return !words.empty() && words[0] == "evaluate";
}

Result<std::string> run_file_command(const std::vector<std::string>& words) {
    const auto command = TRY(parse(words));
    const auto start = std::chrono::steady_clock::now();
    const auto ticks = std::clock();
    const auto table = TRY(read_labelled(command.file, command.read));
    const Outer outer{&table, TRY(outer_folds(command, table.rows()))};
    ClassReply reply{.rows = static_cast<std::int64_t>(table.rows()),
                     .columns = std::ssize(table.columns),
                     .trials = std::max(2, command.train.trials),
                     .seed = static_cast<std::int64_t>(command.train.seed)};
    reply.yes_share = std::accumulate(table.labels.begin(), table.labels.end(), 0.0) / double(table.rows());
    TRY(run_folds(outer, command, reply));
    reply.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    reply.processor_seconds = double(std::clock() - ticks) / CLOCKS_PER_SEC;
    return operations::render(TRY(operations::to_json(reply)), command.format, "en");
}

}  // namespace suanpan::selection
