#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "areas/data/features/features.h"
#include "areas/data/features/sql.h"

namespace suanpan::features {
namespace {

namespace fs = std::filesystem;

struct File {
    const char *name, *text;
};

constexpr std::array files = {File{
                                  "streams.yaml",
#include "areas/data/features/streams.yaml.inc"
                              },
                              File{
                                  "items.yaml",
#include "areas/data/features/items.yaml.inc"
                              },
                              File{
                                  "customers.yaml",
#include "areas/data/features/customers.yaml.inc"
                              },
                              File{
                                  "pairs.yaml",
#include "areas/data/features/pairs.yaml.inc"
                              }};

Result<Declarations> read_ready() {
    Declarations declared;
    for (const auto& file : files) TRY(parse_features(declared, file.text, file.name));
    return declared;
}

// Those that a shop's setting names, "item_units_7d, item_margin", and what they use; all where it names none.
Result<Declarations> only(const Declarations& declared, const std::string& setting) {
    std::vector<const Feature*> wanted;
    for (const auto& name : sql_names(setting)) {
        wanted.push_back(declared.find(name));
        if (wanted.back() == nullptr)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("there is no feature \"{}\"; mend the setting in shop.yaml", name),
                        "features.only");
    }
    if (wanted.empty()) return declared;
    Declarations kept{declared.streams, {}};
    for (const auto* feature : with_uses(declared, wanted)) kept.features.push_back(*feature);
    return kept;
}

std::string description(const Feature& feature) {
    if (feature.derived()) return feature.sql;
    return fmt::format("{}({}) of {}", name(feature.aggregate), feature.sql, feature.stream);
}

std::string cell(std::string text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
    return out;
}

std::string duration(std::int64_t minutes) {
    if (minutes % (24 * 60) == 0) return fmt::format("{} d", minutes / (24 * 60));
    return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60) : fmt::format("{} min", minutes);
}

std::string entity_section(const Declarations& declared, Entity entity) {
    auto text = fmt::format(
        "\n### {}\n\n| Feature | What it says | 含义 | Type, unit | Made of | Fresh within | Events "
        "|\n|---|---|---|---|---|---|---|\n",
        name(entity));
    for (const auto& feature : declared.features)
        if (feature.entity == entity)
            text += fmt::format("| `{}` | {} | {} | {}, {} | `{}` | {} | {} |\n", feature.name, cell(feature.en),
                                cell(feature.zh), name(feature.type), cell(feature.unit), cell(description(feature)),
                                duration(feature.freshness_minutes), feature.from_events ? "at once" : "");
    return text;
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/data/features/schema.sql.inc"
        ;
    return {"features", sql};
}

Result<Declarations> ready_features() {
    return resolve(TRY(read_ready()));
}

Result<std::shared_ptr<const Declarations>> features_of(const store::Shop& shop) {
    auto declared = TRY(read_ready());
    std::vector<fs::path> own;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(shop.folder() / "features", ignored))
        if (entry.path().extension() == ".yaml") own.push_back(entry.path());
    std::ranges::sort(own);
    for (const auto& file : own)
        TRY(parse_features(declared, TRY(store::read_file(file)), "features/" + file.filename().string()));
    const auto resolved = TRY(resolve(std::move(declared)));
    return std::make_shared<const Declarations>(TRY(only(resolved, shop.settings().text("features.only", ""))));
}

std::string catalogue_page(const Declarations& declared) {
    auto text = fmt::format(
        "\n## The ready features\n\n{} features that every shop has; a shop adds its own in `features/*.yaml` (see "
        "`src/areas/data/features/README.md`). Amounts are in minor units of the shop's currency. A window ends at the "
        "moment, which is not part of it. Where a feature says \"at once\", pushed events change its online value "
        "before "
        "the next computing.\n",
        declared.features.size());
    for (const auto entity : entities) text += entity_section(declared, entity);
    return text;
}

}  // namespace suanpan::features
