#include "areas/demand/model_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/demand/name_list.h"

namespace suanpan::demand {
namespace {

constexpr std::size_t state_size = 7;
constexpr std::int64_t multiplies = 1, relative = 2;

const std::string file_name(weights_file);

std::unexpected<Error> broken(std::string_view what) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a demand model: {}; restore the file from a backup or train again", what), file_name);
}

// Lists of different lengths, one after the other.
struct Packed {
    std::vector<double> values;
    std::vector<std::int64_t> ends;

    void add(const std::vector<double>& list) {
        values.insert(values.end(), list.begin(), list.end());
        ends.push_back(std::ssize(values));
    }
};

struct Unpacked {
    const std::vector<double>& values;
    const std::vector<std::int64_t>& ends;

    [[nodiscard]] bool sound(std::size_t items) const {
        return ends.size() == items && std::ranges::is_sorted(ends) && (items == 0 || ends.front() >= 0) &&
               (items == 0 ? 0 : ends.back()) == std::ssize(values);
    }
    [[nodiscard]] std::vector<double> list(std::size_t i) const {
        const auto begin = i == 0 ? 0 : ends[i - 1];
        return {values.begin() + begin, values.begin() + ends[i]};
    }
};

Result<Unpacked> unpack(const models::Tensors& all, const std::string& name, std::size_t items) {
    const Unpacked lists{*TRY(all.reals(name)), *TRY(all.wholes(name + "_end"))};
    if (!lists.sound(items)) return broken(fmt::format("the ends of \"{}\" do not fit it", name));
    return lists;
}

}  // namespace

Result<models::Files> to_files(std::span<const ItemModel> items) {
    std::vector<std::string> ids, methods;
    std::vector<double> state, errors;
    std::vector<std::int64_t> flags, method, judged, seen;
    Packed season, residuals;
    for (const auto& [id, path, error, baseline_error, windows, checksum] : items) {
        ids.push_back(id);
        auto place = std::ranges::find(methods, path.method);
        if (place == methods.end()) place = methods.insert(place, path.method);
        method.push_back(place - methods.begin());
        state.insert(state.end(), {path.level, path.trend, path.phi, path.alpha, path.beta, path.gamma, path.sigma});
        flags.push_back((path.multiplicative ? multiplies : 0) + (path.relative ? relative : 0));
        errors.insert(errors.end(), {error, baseline_error});
        judged.push_back(windows);
        seen.push_back(checksum);
        season.add(path.season);
        residuals.add(path.residuals);
    }
    const auto count = std::ssize(items);
    models::Tensors all;
    all.metadata = {{"format", "2"}, {"items", names_text(ids)}, {"methods", names_text(methods)}};
    all.tensors["state"] = {{count, std::int64_t{state_size}}, std::move(state)};
    all.tensors["errors"] = {{count, 2}, std::move(errors)};
    all.tensors["flags"] = models::vector_of(std::move(flags));
    all.tensors["method"] = models::vector_of(std::move(method));
    all.tensors["judged"] = models::vector_of(std::move(judged));
    all.tensors["seen"] = models::vector_of(std::move(seen));
    all.tensors["season"] = models::vector_of(std::move(season.values));
    all.tensors["season_end"] = models::vector_of(std::move(season.ends));
    all.tensors["residuals"] = models::vector_of(std::move(residuals.values));
    all.tensors["residuals_end"] = models::vector_of(std::move(residuals.ends));
    return models::Files{{file_name, TRY(models::write_safetensors(all))}};
}

namespace {

// The tensors of a file, checked to be of one length.
struct Columns {
    std::vector<std::string> ids, methods;
    const std::vector<double>&state, &errors;
    const std::vector<std::int64_t>&flags, &method, &judged;
    Unpacked season, residuals;

    [[nodiscard]] Path path(std::size_t i) const {
        const double* s = &state[i * state_size];
        return {.method = methods[static_cast<std::size_t>(method[i])],
                .level = s[0],
                .trend = s[1],
                .phi = s[2],
                .season = season.list(i),
                .multiplicative = (flags[i] & multiplies) != 0,
                .relative = (flags[i] & relative) != 0,
                .alpha = s[3],
                .beta = s[4],
                .gamma = s[5],
                .sigma = s[6],
                .residuals = residuals.list(i)};
    }
};

Result<Columns> columns_of(const models::Tensors& all) {
    auto ids = TRY(names_of(all, "items", file_name));
    auto methods = TRY(names_of(all, "methods", file_name));
    const auto count = ids.size();
    const auto season = TRY(unpack(all, "season", count)), residuals = TRY(unpack(all, "residuals", count));
    const Columns columns{std::move(ids),
                          std::move(methods),
                          *TRY(all.reals("state")),
                          *TRY(all.reals("errors")),
                          *TRY(all.wholes("flags")),
                          *TRY(all.wholes("method")),
                          *TRY(all.wholes("judged")),
                          season,
                          residuals};
    if (columns.state.size() != count * state_size || columns.errors.size() != 2 * count ||
        columns.flags.size() != count || columns.method.size() != count || columns.judged.size() != count)
        return broken("its tensors are not of one length");
    for (const auto method : columns.method)
        if (method < 0 || method >= std::ssize(columns.methods)) return broken("an item has a method without a name");
    return columns;
}

}  // namespace

Result<std::vector<ItemModel>> from_files(const models::Files& files) {
    const auto file = files.find(file_name);
    if (file == files.end()) return fail(ErrorCode::not_found, "the model has no such file; train it again", file_name);
    const auto all = TRY(models::read_safetensors(file->second, file_name));
    const auto format = all.note("format");
    if (format != "1" && format != "2")
        return broken("its format is neither 1 nor 2; a newer program may have written it");
    const auto columns = TRY(columns_of(all));
    const std::vector<std::int64_t> none(columns.ids.size());
    const auto& seen = format == "1" ? none : *TRY(all.wholes("seen"));
    if (seen.size() != columns.ids.size()) return broken("its tensors are not of one length");
    std::vector<ItemModel> items;
    for (std::size_t i = 0; i < columns.ids.size(); ++i)
        items.push_back({columns.ids[i], columns.path(i), columns.errors[2 * i], columns.errors[2 * i + 1],
                         columns.judged[i], seen[i]});
    return items;
}

}  // namespace suanpan::demand
