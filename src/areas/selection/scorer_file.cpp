#include "areas/selection/scorer_file.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "platform/models/safetensors.h"

namespace suanpan::selection {
namespace {

constexpr std::array tree_files = {"lightgbm.txt", "lightgbm_log.txt", "xgboost.ubj", "xgboost_success.ubj"};
const std::string file_name(scorer_file);

std::unexpected<Error> broken(const std::string& what, const std::string& file = file_name) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a selection model: {}; restore the file from a backup or train again", what), file);
}

Result<const std::string*> file_of(const models::Files& files, const std::string& name) {
    const auto file = files.find(name);
    if (file == files.end()) return fail(ErrorCode::not_found, "the model has no such file; train it again", name);
    return &file->second;
}

Result<> check_notes(const models::Tensors& all, const models::Files& files) {
    if (all.note("format") != "1") return broken("its format is not 1; a newer program may have written it");
    if (all.note("columns") != columns_checksum())
        return broken("it was learned from other features than this program has");
    for (const char* name : tree_files)
        if (models::checksum(*TRY(file_of(files, name))) != all.note(name))
            return broken("its trees are not those that were saved", name);
    return {};
}

Result<const std::vector<double>*> reals_of(const models::Tensors& all, const std::string& name, std::size_t size) {
    const auto* values = TRY(all.reals(name));
    if (values->size() != size) return broken(fmt::format("\"{}\" has {} numbers, not {}", name, values->size(), size));
    return values;
}

Result<Linear> linear_of(const models::Tensors& all, double base) {
    const auto n = columns().size();
    const auto& values = *TRY(reals_of(all, "linear", 3 * n));
    const auto at = [&](std::size_t row) { return values.begin() + static_cast<std::ptrdiff_t>(row * n); };
    return Linear{{at(0), at(1)}, {at(1), at(2)}, {at(2), at(3)}, base};
}

Result<std::vector<Intervals::Group>> groups_of(const models::Tensors& all) {
    const auto& values = *TRY(all.reals("intervals"));
    if (values.size() % 3 != 0) return broken("the groups of its intervals are not of three numbers each");
    std::vector<Intervals::Group> groups;
    for (std::size_t i = 0; i < values.size(); i += 3) groups.push_back({values[i], values[i + 1], values[i + 2]});
    return groups;
}

Result<Scorer> scorer_of(const models::Tensors& all, const models::Files& files) {
    const auto& numbers = *TRY(reals_of(all, "numbers", 3));
    const auto& weights = *TRY(reals_of(all, "weights", members));
    const auto& horizon = *TRY(all.wholes("horizon"));
    if (horizon.size() != 1 || horizon[0] < 1 || horizon[0] > 3650) return broken("its horizon is no number of days");
    Learners learners{.linear = TRY(linear_of(all, numbers[0])),
                      .lightgbm = TRY(engines::Boosting::load(files.at(tree_files[0]))),
                      .lightgbm_log = TRY(engines::Boosting::load(files.at(tree_files[1]))),
                      .xgboost = TRY(engines::XgBoosting::load(files.at(tree_files[2]))),
                      .xgboost_success = TRY(engines::XgBoosting::load(files.at(tree_files[3]))),
                      .unit = numbers[1]};
    Scorer scorer{std::move(learners), {}, Intervals(numbers[2], TRY(groups_of(all))), static_cast<int>(horizon[0])};
    std::ranges::copy(weights, scorer.weights.begin());
    return scorer;
}

}  // namespace

std::string columns_checksum() {
    std::string names;
    for (const auto& c : columns()) names += c.name + "\n";
    return models::checksum(names);
}

Result<models::Files> to_files(const Scorer& scorer) {
    const auto& l = scorer.learners;
    models::Files files = {{tree_files[0], TRY(l.lightgbm.text())},
                           {tree_files[1], TRY(l.lightgbm_log.text())},
                           {tree_files[2], TRY(l.xgboost.bytes())},
                           {tree_files[3], TRY(l.xgboost_success.bytes())}};
    models::Tensors all;
    all.metadata = {{"format", "1"}, {"columns", columns_checksum()}};
    for (const char* name : tree_files) all.metadata[name] = models::checksum(files.at(name));
    auto linear = l.linear.mean;
    linear.insert(linear.end(), l.linear.scale.begin(), l.linear.scale.end());
    linear.insert(linear.end(), l.linear.slope.begin(), l.linear.slope.end());
    all.tensors["linear"] = {{3, std::ssize(l.linear.mean)}, std::move(linear)};
    all.tensors["numbers"] = models::vector_of(std::vector<double>{l.linear.base, l.unit, scorer.intervals.unit()});
    all.tensors["weights"] = models::vector_of(std::vector<double>(scorer.weights.begin(), scorer.weights.end()));
    std::vector<double> groups;
    for (const auto& g : scorer.intervals.groups()) groups.insert(groups.end(), {g.up_to, g.low, g.high});
    all.tensors["intervals"] = {{std::ssize(scorer.intervals.groups()), 3}, std::move(groups)};
    all.tensors["horizon"] = models::vector_of(std::vector<std::int64_t>{scorer.horizon});
    files[file_name] = TRY(models::write_safetensors(all));
    return files;
}

Result<Scorer> from_files(const models::Files& files) {
    const auto all = TRY(models::read_safetensors(*TRY(file_of(files, file_name)), file_name));
    TRY(check_notes(all, files));
    return scorer_of(all, files);
}

}  // namespace suanpan::selection
