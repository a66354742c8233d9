#include "areas/demand/shared/shared_file.h"

#include <fmt/format.h>

#include <cmath>

#include "areas/demand/name_list.h"

namespace suanpan::demand {
namespace {

const std::string shared_file = "shared.safetensors", trees_file = "shared.txt";
constexpr std::size_t class_numbers = 4, error_numbers = 3;

std::unexpected<Error> broken_shared(std::string_view what) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a model of all items: {}; restore the file from a backup or train again", what),
                shared_file);
}

Result<std::vector<ClassChoice>> classes_of(const models::Tensors& all) {
    const auto& numbers = *TRY(all.reals("classes"));
    const auto& scores = *TRY(all.reals("scores"));
    if (numbers.size() != class_count * class_numbers || scores.size() % (2 * class_count) != 0)
        return broken_shared("its tensors do not fit its classes");
    const auto levels = std::ssize(scores) / std::ptrdiff_t{2 * class_count};
    std::vector<ClassChoice> classes;
    for (std::size_t c = 0; c < class_count; ++c) {
        const double* n = &numbers[c * class_numbers];
        if (!(n[0] >= 0 && n[0] <= 1)) return broken_shared("a weight is not between 0 and 1");
        auto& one = classes.emplace_back(ClassChoice{.weight = n[0], .error = n[1], .own_error = n[2]});
        one.windows = std::llround(n[3]);
        const auto from = scores.begin() + static_cast<std::ptrdiff_t>(2 * c) * levels;
        if (one.weight == 0) continue;
        one.scores.assign(from, from + levels);
        one.promoted_scores.assign(from + levels, from + 2 * levels);
    }
    return classes;
}

// The texts of a kind of category are listed under this key.
std::string texts_key(const std::string& kind) {
    return kind == "category" ? "categories" : "categories of " + kind;
}

void note_kinds(models::Tensors& all, const std::vector<Kind>& kinds) {
    std::vector<std::string> names;
    for (const auto& [name, texts] : kinds) {
        names.push_back(name);
        all.metadata[texts_key(name)] = names_text(texts);
    }
    all.metadata["kinds"] = names_text(names);
}

// Files of earlier programs have no "kinds" and know of categories alone.
Result<std::vector<Kind>> kinds_of(const models::Tensors& all) {
    std::vector<std::string> names;
    if (!all.note("kinds").empty())
        names = TRY(names_of(all, "kinds", shared_file));
    else if (!TRY(names_of(all, "categories", shared_file)).empty())
        names = {"category"};
    std::vector<Kind> kinds;
    for (const auto& name : names) kinds.push_back({name, TRY(names_of(all, texts_key(name), shared_file))});
    return kinds;
}

}  // namespace

Result<> add_shared(models::Files& files, const SharedModel& model) {
    std::size_t levels = 0;
    for (const auto& one : model.classes) levels = std::max(levels, one.scores.size());
    std::vector<double> classes, scores, errors;
    std::vector<std::string> judged;
    for (const auto& one : model.classes) {
        classes.insert(classes.end(), {one.weight, one.error, one.own_error, double(one.windows)});
        for (auto row : {one.scores, one.promoted_scores}) {
            row.resize(levels, 0.0);
            scores.insert(scores.end(), row.begin(), row.end());
        }
    }
    for (const auto& [item, error] : model.errors) {
        judged.push_back(item);
        errors.insert(errors.end(), {error.error, error.baseline_error, double(error.windows)});
    }
    models::Tensors all;
    all.metadata = {{"format", "1"},
                    {"covariates", names_text(model.covariates)},
                    {"columns", names_text(model.trees.columns)},
                    {"judged", names_text(judged)},
                    {"scale", model.trees.scale == Scale::ratio ? "ratio" : "logarithm"},
                    {"choice", model.choice},
                    {"end", format(model.end)}};
    note_kinds(all, model.kinds);
    const auto count = std::int64_t{class_count};
    all.tensors["classes"] = {{count, std::int64_t{class_numbers}}, std::move(classes)};
    all.tensors["scores"] = {{count, 2, static_cast<std::int64_t>(levels)}, std::move(scores)};
    all.tensors["errors"] = {{std::ssize(model.errors), std::int64_t{error_numbers}}, std::move(errors)};
    files[shared_file] = TRY(models::write_safetensors(all));
    files[trees_file] = TRY(model.trees.trees.text());
    return {};
}

Result<std::optional<SharedModel>> shared_of(const models::Files& files) {
    const auto numbers = files.find(shared_file), trees = files.find(trees_file);
    if (numbers == files.end() || trees == files.end()) return std::nullopt;
    const auto all = TRY(models::read_safetensors(numbers->second, shared_file));
    if (all.note("format") != "1") return broken_shared("its format is not 1; a newer program may have written it");
    const auto scale = all.note("scale") == "ratio" ? Scale::ratio : Scale::logarithm;
    const auto judged = TRY(names_of(all, "judged", shared_file));
    const auto& errors = *TRY(all.reals("errors"));
    if (errors.size() != error_numbers * judged.size()) return broken_shared("its errors are not three an item");
    SharedModel model{
        .trees = {TRY(engines::Boosting::load(trees->second)), scale, TRY(names_of(all, "columns", shared_file))},
        .choice = all.note("choice"),
        .covariates = TRY(names_of(all, "covariates", shared_file)),
        .kinds = TRY(kinds_of(all)),
        .classes = TRY(classes_of(all)),
        .errors = {},
        .end = TRY(parse_day(all.note("end")))};
    for (std::size_t i = 0; i < judged.size(); ++i) {
        const double* e = &errors[i * error_numbers];
        model.errors.emplace(judged[i], ServedError{e[0], e[1], std::llround(e[2])});
    }
    return model;
}

}  // namespace suanpan::demand
