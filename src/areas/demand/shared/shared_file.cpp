#include "areas/demand/shared/shared_file.h"

#include <fmt/format.h>

#include <cmath>

#include "areas/demand/name_list.h"
#include "areas/demand/network/network_file.h"

namespace suanpan::demand {
namespace {

const std::string shared_file = "shared.safetensors", trees_file = "shared.txt";
constexpr std::size_t class_numbers = 4, error_numbers = 3;

std::unexpected<Error> broken_shared(std::string_view what) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a model of all items: {}; restore the file from a backup or train again", what),
                shared_file);
}

std::string network_file(Challenger challenger) {
    return std::string(name(challenger)) + ".safetensors";
}

// The shares of each class; trees alone are no mix.
Result<> put_mixes(const models::Tensors& all, std::size_t challengers, std::vector<ClassChoice>& classes) {
    const auto& mixes = *TRY(all.reals("mixes"));
    const auto width = static_cast<std::ptrdiff_t>(challengers + 1);
    if (std::ssize(mixes) != std::ptrdiff_t{class_count} * width)
        return broken_shared("its mixes are not a share a class and model");
    for (std::size_t c = 0; c < class_count; ++c) {
        const auto from = mixes.begin() + static_cast<std::ptrdiff_t>(c) * width;
        if (std::any_of(from, from + width, [](double share) { return !(share >= 0 && share <= 1); }))
            return broken_shared("a share is not between 0 and 1");
        if (*from < 1) classes[c].mix.assign(from, from + width);
    }
    return {};
}

Result<> add_challengers(models::Files& files, models::Tensors& all, const SharedModel& model) {
    std::vector<std::string> names;
    for (const auto& one : model.challengers) {
        names.emplace_back(name(one.challenger));
        if (one.network) files[network_file(one.challenger)] = TRY(write_network(*one.network));
    }
    all.metadata["challengers"] = names_text(names);
    std::vector<double> mixes;
    for (const auto& one : model.classes) {
        auto mix = one.mix;
        if (mix.empty()) mix.push_back(1);
        mix.resize(names.size() + 1, 0.0);
        mixes.insert(mixes.end(), mix.begin(), mix.end());
    }
    all.tensors["mixes"] = {{std::int64_t{class_count}, std::ssize(names) + 1}, std::move(mixes)};
    return {};
}

Result<> read_challengers(const models::Files& files, const models::Tensors& all, SharedModel& model) {
    for (const auto& text : TRY(names_of(all, "challengers", shared_file))) {
        const auto challenger = challenger_named(text);
        if (!challenger)
            return broken_shared(fmt::format("it has a model \"{}\" that this program does not know", text));
        auto& one = model.challengers.emplace_back(LearnedChallenger{*challenger, std::nullopt});
        if (*challenger == Challenger::prophet) continue;
        const auto file = files.find(network_file(*challenger));
        if (file == files.end()) return broken_shared(fmt::format("its file {} is missing", network_file(*challenger)));
        one.network = TRY(read_network(file->second, file->first));
    }
    return put_mixes(all, model.challengers.size(), model.classes);
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
    all.metadata = {{"format", model.challengers.empty() ? "1" : "2"},
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
    if (!model.challengers.empty()) TRY(add_challengers(files, all, model));
    files[shared_file] = TRY(models::write_safetensors(all));
    files[trees_file] = TRY(model.trees.trees.text());
    return {};
}

Result<std::optional<SharedModel>> shared_of(const models::Files& files) {
    const auto numbers = files.find(shared_file), trees = files.find(trees_file);
    if (numbers == files.end() || trees == files.end()) return std::nullopt;
    const auto all = TRY(models::read_safetensors(numbers->second, shared_file));
    if (all.note("format") != "1" && all.note("format") != "2")
        return broken_shared("its format is neither 1 nor 2; a newer program may have written it");
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
        .challengers = {},
        .errors = {},
        .end = TRY(parse_day(all.note("end")))};
    for (std::size_t i = 0; i < judged.size(); ++i) {
        const double* e = &errors[i * error_numbers];
        model.errors.emplace(judged[i], ServedError{e[0], e[1], std::llround(e[2])});
    }
    if (all.note("format") == "2") TRY(read_challengers(files, all, model));
    return model;
}

}  // namespace suanpan::demand
