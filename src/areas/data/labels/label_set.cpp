#include "areas/data/labels/label_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "areas/data/labels/text.h"
#include "platform/operations/declare.h"

namespace suanpan::data::labels {
namespace {

using store::Connection;

constexpr std::size_t most_classes = 1000, longest_class = 200, longest_name = 64;

std::unexpected<Error> wrong(std::string message, std::string field) {
    return fail(ErrorCode::invalid_argument, std::move(message), std::move(field));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

// The name becomes a part of the exports' file names.
bool is_set_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, fits);
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

Result<> check_classes(const Definition& definition) {
    const auto& classes = definition.classes;
    if (classes.size() < 2 || classes.size() > most_classes)
        return wrong(fmt::format("a label set needs 2 to {} classes, this has {}", most_classes, classes.size()),
                     "classes");
    std::set<std::string> seen;
    std::optional<double> last;
    for (const auto& name : classes) {
        if (name.empty() || name.size() > longest_class || !is_utf8(name))
            return wrong(fmt::format("a class is a text of 1 to {} bytes of UTF-8", longest_class), "classes");
        if (!seen.insert(name).second) return wrong(fmt::format("the class \"{}\" is there twice", name), "classes");
        if (definition.scale != "interval") continue;
        const auto number = number_of(name);
        if (!number || (last && *number <= *last))
            return wrong(fmt::format("on an interval scale classes are rising numbers; \"{}\" is not", name),
                         "classes");
        last = number;
    }
    return {};
}

Result<> check_known(const Definition& definition, const std::string& label, const std::string& field) {
    if (std::ranges::find(definition.classes, label) != definition.classes.end()) return {};
    return wrong(fmt::format("there is no class \"{}\"", label), field);
}

struct VersionRow {
    std::int64_t version = 0;
    std::string definition;
    std::optional<Instant> frozen_at;
    std::optional<std::string> hash;
};

Result<std::vector<VersionRow>> versions_of(Connection& connection, const std::string& name) {
    return connection.rows<VersionRow>(R"(
        SELECT version, definition, frozen_at, hash
        FROM labels.version LEFT JOIN labels.frozen USING (set_name, version)
        WHERE set_name = ?
        ORDER BY version)",
                                       name);
}

Result<> insert_version(Connection& connection, const LabelSet& set, const Actor& actor) {
    TRY(connection.query("INSERT INTO labels.version VALUES (?, ?, ?, ?, ?)", set.name, set.version,
                         to_json(set.definition), actor.now, actor.name));
    TRY(connection.query(R"(
        INSERT INTO labels.gold
        SELECT set_name, version + 1, task_id, label, ?, ?
        FROM labels.gold
        WHERE set_name = ? AND version = ? - 1 AND list_contains(CAST(json(?) ->> '$.classes' AS VARCHAR[]), label))",
                         actor.now, actor.name, set.name, set.version, to_json(set.definition)));
    return {};
}

}  // namespace

Result<> check_definition(const std::string& name, const Definition& definition) {
    if (!is_set_name(name))
        return wrong(fmt::format("\"{}\" is no name of a label set: 1 to {} of a-z, 0-9, _ and -", name, longest_name),
                     "set");
    if (!is_one_of(definition.kind, {"text", "picture", "record"}))
        return wrong(fmt::format("\"{}\" is no kind of task; choose text, picture or record", definition.kind), "kind");
    if (!is_one_of(definition.scale, {"nominal", "ordinal", "interval"}))
        return wrong(fmt::format("\"{}\" is no scale; choose nominal, ordinal or interval", definition.scale), "scale");
    TRY(check_classes(definition));
    for (const auto& example : definition.examples) TRY(check_known(definition, example.label, "examples"));
    for (const auto& [label, description] : definition.descriptions)
        TRY(check_known(definition, label, "descriptions"));
    if (!(definition.gold_share >= 0 && definition.gold_share <= 0.5))
        return wrong("at most half of the tasks given may be gold: 0 to 0.5", "gold_share");
    return {};
}

std::string to_json(const Definition& definition) {
    return operations::to_json(definition).value_or("{}");
}

std::optional<std::size_t> LabelSet::class_index(std::string_view label) const {
    const auto found = std::ranges::find(definition.classes, label);
    if (found == definition.classes.end()) return std::nullopt;
    return static_cast<std::size_t>(found - definition.classes.begin());
}

std::vector<double> LabelSet::class_values() const {
    std::vector<double> values;
    for (const auto& name : definition.classes)
        values.push_back(definition.scale == "interval" ? number_of(name).value_or(0)
                                                        : static_cast<double>(values.size()));
    return values;
}

Scale LabelSet::scale() const {
    if (definition.scale == "ordinal") return Scale::ordinal;
    return definition.scale == "interval" ? Scale::interval : Scale::nominal;
}

Result<Created> create_set(Connection& connection, const LabelSet& wanted, const Actor& actor) {
    TRY(check_definition(wanted.name, wanted.definition));
    const auto versions = TRY(versions_of(connection, wanted.name));
    const auto next = static_cast<std::int64_t>(versions.size()) + 1;
    const auto version = wanted.version != 0 ? wanted.version : std::max<std::int64_t>(next - 1, 1);
    if (version > next)
        return fail(ErrorCode::conflict, fmt::format("the next version of \"{}\" is {}", wanted.name, next), "version");
    if (version < next) {
        if (versions[static_cast<std::size_t>(version - 1)].definition == to_json(wanted.definition))
            return Created{.version = version};
        return fail(ErrorCode::conflict,
                    fmt::format("version {} of \"{}\" is there with another definition; give version {} to make a new "
                                "one of this",
                                version, wanted.name, next),
                    "version");
    }
    auto set = wanted;
    set.version = version;
    TRY(insert_version(connection, set, actor));
    return Created{.version = version, .created = true};
}

Result<LabelSet> find_set(Connection& connection, const std::string& name, std::int64_t version) {
    const auto versions = TRY(versions_of(connection, name));
    if (versions.empty())
        return fail(ErrorCode::not_found,
                    fmt::format("there is no label set \"{}\"; labels.list_sets shows those there are", name), "set");
    const auto count = static_cast<std::int64_t>(versions.size());
    if (version < 0 || version > count)
        return fail(ErrorCode::not_found, fmt::format("\"{}\" has versions 1 to {}, none {}", name, count, version),
                    "version");
    const auto& row = version == 0 ? versions.back() : versions[static_cast<std::size_t>(version - 1)];
    return LabelSet{.name = name,
                    .version = row.version,
                    .definition = TRY(operations::from_json<Definition>(row.definition)),
                    .frozen_at = row.frozen_at,
                    .hash = row.hash.value_or("")};
}

Result<LabelSet> open_set(Connection& connection, const std::string& name, std::int64_t version) {
    auto set = TRY(find_set(connection, name, version));
    if (!set.frozen_at) return set;
    return fail(ErrorCode::conflict,
                fmt::format("version {} of \"{}\" was frozen on {} and takes no more changes; go on in a new version: "
                            "labels.create_set with version {}",
                            set.version, name, format(std::chrono::floor<Days>(*set.frozen_at)), set.version + 1),
                "version");
}

Result<std::size_t> class_of(const LabelSet& set, const std::string& label) {
    if (const auto found = set.class_index(label)) return *found;
    std::string names;
    for (const auto& name : set.definition.classes) names += (names.empty() ? "" : ", ") + name;
    constexpr std::size_t enough = 300;
    if (names.size() > enough) names = "the classes that labels.show_set lists";
    return wrong(fmt::format("\"{}\" is not a class of \"{}\"; choose among {}", label, set.name, names), "label");
}

}  // namespace suanpan::data::labels
