#include "areas/data/mapping.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include "areas/data/mapping_parts.h"

namespace suanpan::data {
namespace {

std::string known_tables() {
    std::string names;
    for (const auto& table : canonical_tables()) names += (names.empty() ? "" : ", ") + std::string(table.name);
    return names;
}

std::string known_fields(const CanonicalTable& table) {
    std::string names;
    for (const auto& field : table.fields) names += (names.empty() ? "" : ", ") + std::string(field.name);
    return names;
}

const Field* find_field(const CanonicalTable& table, std::string_view name) {
    for (const auto& field : table.fields)
        if (field.name == name) return &field;
    return nullptr;
}

Result<Rule> parse_rule(const YAML::Node& node, const Place& place) {
    Rule rule;
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        const auto value = entry.second.as<std::string>();
        if (key == "name")
            rule.name = value;
        else if (key == "when")
            rule.when = value;
        else if (key == "reason")
            rule.reason = value;
        else if (key == "action" && (value == "quarantine" || value == "mended"))
            rule.action = value == "mended" ? Rule::Action::mended : Rule::Action::quarantine;
        else
            return place.wrong(entry.first,
                               fmt::format("\"{}: {}\" is no part of a rule; a rule has name, when, reason "
                                           "and action (quarantine or mended)",
                                           key, value));
    }
    if (rule.name.empty() || rule.when.empty()) return place.wrong(node, "a rule needs a name and a `when`");
    return rule;
}

Result<> parse_rules(Target& target, const YAML::Node& node, const Place& place) {
    for (const auto& entry : node) {
        target.rules.push_back(TRY(parse_rule(entry, place)));
        target.places["rule " + target.rules.back().name] = place.of(entry["when"]);
    }
    return {};
}

Result<> parse_fields(Target& target, const YAML::Node& node, const Place& place) {
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        if (find_field(*target.table, name) == nullptr)
            return place.wrong(entry.first, fmt::format("{} has no field \"{}\"; it has {}", target.table->name, name,
                                                        known_fields(*target.table)));
        target.fields.emplace_back(name, entry.second.as<std::string>());
        target.places[name] = place.of(entry.second);
    }
    for (const auto& field : target.table->fields)
        if (field.need == Need::required && target.expression(field.name) == nullptr)
            return place.wrong(node, fmt::format("{} needs the field \"{}\"", target.table->name, field.name));
    return {};
}

// {leave_out: SQL}: rows for which it holds go nowhere, on purpose.
Result<Target> parse_left_out(const YAML::Node& node, const Place& place) {
    if (node.size() != 1) return place.wrong(node, "leave_out stands by itself; it says which rows go into no table");
    Target target{.table = &nothing_table(), .when = node["leave_out"].as<std::string>()};
    target.fields.emplace_back("reason", "'left out'");
    target.places["when"] = place.of(node["leave_out"]);
    return target;
}

Result<Target> parse_target(const YAML::Node& node, const Place& place) {
    if (node["leave_out"]) return parse_left_out(node, place);
    Target target;
    const auto table = node["table"];
    if (!table) return place.wrong(node, "say which table these rows go into: table: " + known_tables());
    target.table = find_canonical(table.as<std::string>());
    if (target.table == nullptr)
        return place.wrong(
            table, fmt::format("there is no table \"{}\"; there are {}", table.as<std::string>(), known_tables()));
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "when" || key == "currency") target.places[key] = place.of(entry.second);
        if (key == "when")
            target.when = entry.second.as<std::string>();
        else if (key == "fields")
            TRY(parse_fields(target, entry.second, place));
        else if (key == "duplicates")
            target.refuse_duplicates = entry.second.as<std::string>() == "quarantine";
        else if (key == "rules")
            TRY(parse_rules(target, entry.second, place));
        else if (key == "ranges")
            target.declared.ranges = TRY(parse_ranges(entry.second, *target.table, place));
        else if (key == "currency")
            target.declared.currency = entry.second.as<std::string>();
        else if (key != "table")
            return place.wrong(entry.first,
                               fmt::format("unknown setting \"{}\"; known are table, when, fields, duplicates, rules, "
                                           "ranges, currency; or leave_out alone",
                                           key));
    }
    if (target.fields.empty()) return place.wrong(node, "this table has no fields; map at least its required ones");
    return target;
}

Result<> must_be_whole(const Source& source, const YAML::Node& node, const Place& place) {
    if (source.name.empty() || (source.file.empty() && !node["postgres"]) || source.targets.empty())
        return place.wrong(node, "a source needs a name, a file pattern (or postgres) and `into`");
    if (!source.reading.unnest.empty() && node["postgres"])
        return place.wrong(node["unnest"], "`unnest` takes apart arrays of JSON lines; rows of a server have none");
    return {};
}

Result<Source> parse_source(const YAML::Node& node, const Place& place) {
    Source source;
    std::string zone;
    bool normal_texts = true;
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "name")
            source.name = entry.second.as<std::string>();
        else if (key == "file")
            source.file = entry.second.as<std::string>();
        else if (key == "delimiter")
            source.delimiter = entry.second.as<std::string>();
        else if (key == "replaces")
            source.replaces_file = TRY(parse_replaces(entry.second, place));
        else if (key == "time_zone")
            zone = TRY(parse_time_zone(entry.second, place));
        else if (key == "texts")
            normal_texts = TRY(parse_texts(entry.second, place));
        else if (key == "personal")
            source.personal.columns = entry.second.as<std::vector<std::string>>();
        else if (key == "format" && is_known_format(entry.second.as<std::string>()))
            source.reading.format = entry.second.as<std::string>();
        else if (key == "format")
            return place.wrong(entry.second,
                               "a format is csv, jsonl, parquet or xlsx; leave it out to have it found out");
        else if (key == "encoding")
            source.reading.encoding = entry.second.as<std::string>();
        else if (key == "postgres")
            continue;  // sources/server.h reads it, when it is asked for
        else if (key == "unnest")
            source.reading.unnest = entry.second.as<std::string>();
        else if (key == "sheet")
            source.reading.sheet = entry.second.as<std::string>();
        else if (key == "null")
            source.null_texts = entry.second.as<std::vector<std::string>>();
        else if (key == "into")
            for (const auto& target : entry.second) source.targets.push_back(TRY(parse_target(target, place)));
        else
            return place.wrong(entry.first,
                               fmt::format("unknown setting \"{}\"; known are name, file, delimiter, format, encoding, "
                                           "sheet, unnest, postgres, null, replaces, time_zone, texts, personal, into",
                                           key));
    }
    TRY(must_be_whole(source, node, place));
    for (auto& target : source.targets) {
        target.declared.time_zone = zone;
        target.declared.normal_texts = normal_texts;
        target.declared.unnested = !source.reading.unnest.empty();
    }
    return source;
}

// What stands once for the whole mapping is known to each source.
struct Shared {
    std::vector<Rate> rates;
    std::vector<ShopTest> tests;
    Personal::Mode personal = Personal::Mode::keep;
};

void share(Mapping& mapping, const Shared& shared) {
    for (auto& source : mapping.sources) {
        source.personal.mode = shared.personal;
        source.tests = shared.tests;
        for (auto& target : source.targets) target.declared.rates = shared.rates;
    }
}

}  // namespace

const std::string* Target::expression(std::string_view field) const {
    for (const auto& [name, expression] : fields)
        if (name == field) return &expression;
    return nullptr;
}

Result<Mapping> parse_mapping(const std::string& yaml, const std::string& about) {
    const Place place{about};
    try {
        const auto root = YAML::Load(yaml);
        if (!root.IsMap()) return fail(ErrorCode::invalid_argument, "the mapping is not a YAML mapping", about);
        Mapping mapping{.text = yaml};
        Shared shared;
        for (const auto& entry : root) {
            const auto key = entry.first.as<std::string>();
            if (key == "shop")
                mapping.shop = TRY(store::parse_settings(YAML::Dump(entry.second), about + " (shop)"));
            else if (key == "sources")
                for (const auto& source : entry.second) mapping.sources.push_back(TRY(parse_source(source, place)));
            else if (key == "rates")
                shared.rates = TRY(parse_rates(entry.second, place));
            else if (key == "tests")
                shared.tests = TRY(parse_tests(entry.second, place));
            else if (key == "personal")
                shared.personal = TRY(parse_personal(entry.second, place));
            else
                return place.wrong(entry.first, fmt::format("unknown setting \"{}\"; known are shop, sources, rates, "
                                                            "tests and personal",
                                                            key));
        }
        if (mapping.sources.empty()) return fail(ErrorCode::invalid_argument, "the mapping has no sources", about);
        share(mapping, shared);
        return mapping;
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::invalid_argument, "not valid YAML: " + error.msg,
                    fmt::format("{}:{}", about, error.mark.line + 1));
    }
}

Result<std::vector<Mapping>> mappings_for(const Mapping& mapping, std::string_view file_name) {
    (void)TRY(source_for(mapping, file_name));
    std::vector<Mapping> found;
    for (const auto& source : mapping.sources) {
        if (::fnmatch(source.file.c_str(), std::string(file_name).c_str(), 0) != 0) continue;
        found.push_back({mapping.shop, {source}, mapping.text});
        // Each is a load of its own, so each has an identity of its own.
        if (found.size() > 1) found.back().text += "\n# source " + source.name;
    }
    return found;
}

Result<const Source*> source_for(const Mapping& mapping, std::string_view file_name) {
    std::string patterns;
    for (const auto& source : mapping.sources) {
        if (::fnmatch(source.file.c_str(), std::string(file_name).c_str(), 0) == 0) return &source;
        patterns += (patterns.empty() ? "" : ", ") + source.file;
    }
    return fail(ErrorCode::invalid_argument, "no source of the mapping takes a file of this name; it knows " + patterns,
                std::string(file_name));
}

}  // namespace suanpan::data
