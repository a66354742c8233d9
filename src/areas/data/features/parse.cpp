#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>

#include "areas/data/features/declaration.h"

namespace suanpan::features {
namespace {

// Where a node stands, so that an error names the line to mend.
struct Place {
    const std::string& about;

    [[nodiscard]] std::string at(const YAML::Node& node) const {
        return fmt::format("{}:{}", about, node.Mark().line + 1);
    }
    [[nodiscard]] std::unexpected<Error> wrong(const YAML::Node& node, std::string message) const {
        return fail(ErrorCode::invalid_argument, std::move(message), at(node));
    }
};

struct Window {
    std::string suffix, en, zh;
    std::optional<std::int64_t> days;
};

// What a family says once for all of its features.
struct Family {
    Entity entity = Entity::item;
    std::string from, owner;
    std::vector<Window> windows = {Window{}};
    std::int64_t freshness_minutes = 24 * 60;
    bool from_events = false;
    std::map<std::string, std::string> parameters;
};

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
    return number;
}

Result<std::vector<Window>> parse_windows(const YAML::Node& node, const Place& place) {
    constexpr std::int64_t longest = 3660;
    std::vector<Window> windows;
    for (const auto& entry : node) {
        const auto text = entry.as<std::string>();
        const auto days = text.ends_with('d') ? whole_number(text.substr(0, text.size() - 1)) : std::nullopt;
        if (text == "all")
            windows.emplace_back();
        else if (days && *days <= longest)
            windows.push_back(
                {"_" + text, fmt::format(", last {} days", *days), fmt::format("（近{}天）", *days), *days});
        else
            return place.wrong(
                entry,
                fmt::format("\"{}\" is no window; a window is days such as 28d, up to {}d, or all", text, longest));
    }
    if (windows.empty()) return place.wrong(node, "the list of windows is empty; write [7d, 28d] or leave it out");
    return windows;
}

Result<std::int64_t> parse_freshness(const YAML::Node& node, const Place& place) {
    const auto text = node.as<std::string>();
    const auto number = text.empty() ? std::nullopt : whole_number(text.substr(0, text.size() - 1));
    const std::map<char, std::int64_t> minutes = {{'m', 1}, {'h', 60}, {'d', 24 * 60}};
    if (!number || *number > 100'000 || !minutes.contains(text.back()))
        return place.wrong(node,
                           fmt::format("\"{}\" is no freshness; write minutes, hours or days: 15m, 6h, 1d", text));
    return *number * minutes.at(text.back());
}

Result<Aggregate> parse_aggregate(Feature& feature, const YAML::Node& node, const Place& place) {
    const auto text = node.as<std::string>();
    const auto open = text.find('(');
    if (open != std::string::npos && text.ends_with(')'))
        for (const auto one :
             {Aggregate::count, Aggregate::sum, Aggregate::min, Aggregate::max, Aggregate::last, Aggregate::distinct})
            if (name(one) == text.substr(0, open)) {
                feature.sql = text.substr(open + 1, text.size() - open - 2);
                if (feature.sql.empty() || (feature.sql == "*" && one != Aggregate::count)) break;
                return one;
            }
    return place.wrong(node,
                       fmt::format("\"{}\" is no aggregate; known are count(*), count(…), sum(…), min(…), max(…), "
                                   "last(…), distinct(…) over columns of the stream",
                                   text));
}

Result<ValueType> parse_type(const YAML::Node& node, const Place& place) {
    for (const auto type : {ValueType::whole, ValueType::real, ValueType::boolean, ValueType::text, ValueType::instant})
        if (name(type) == node.as<std::string>()) return type;
    return place.wrong(
        node, fmt::format("\"{}\" is no type; known are whole, real, boolean, text, instant", node.as<std::string>()));
}

// {units} is the feature `units` of the same entity and window, {units@28d} that of another window, and a parameter its
// value.
Result<std::string> expand(const std::string& sql, const Family& family, const std::string& suffix) {
    std::string out;
    for (std::size_t at = 0; at < sql.size();) {
        const auto open = sql.find('{', at);
        const auto close = open == std::string::npos ? open : sql.find('}', open);
        out += sql.substr(at, open == std::string::npos ? open : open - at);
        if (open == std::string::npos) break;
        if (close == std::string::npos) return fail(ErrorCode::invalid_argument, "a { has no }");
        const auto word = sql.substr(open + 1, close - open - 1);
        const auto mark = word.find('@');
        if (const auto parameter = family.parameters.find(word); parameter != family.parameters.end())
            out += parameter->second;
        else if (mark == std::string::npos)
            out += fmt::format("{}_{}{}", name(family.entity), word, suffix);
        else
            out += fmt::format("{}_{}{}", name(family.entity), word.substr(0, mark),
                               word.substr(mark) == "@all" ? "" : "_" + word.substr(mark + 1));
        at = close + 1;
    }
    return out;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 60 && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Result<> read_feature_entry(Feature& feature, Family& family, const YAML::detail::iterator_value& entry,
                            const Place& place) {
    const auto key = entry.first.as<std::string>();
    const auto& value = entry.second;
    if (key == "name")
        feature.name = value.as<std::string>();
    else if (key == "aggregate")
        feature.aggregate = TRY(parse_aggregate(feature, value, place));
    else if (key == "sql")
        feature.sql = value.as<std::string>();
    else if (key == "type")
        feature.type = TRY(parse_type(value, place));
    else if (key == "unit")
        feature.unit = value.as<std::string>();
    else if (key == "en")
        feature.en = value.as<std::string>();
    else if (key == "zh")
        feature.zh = value.as<std::string>();
    else if (key == "windows")
        family.windows = TRY(parse_windows(value, place));
    else
        return place.wrong(entry.first, fmt::format("unknown key \"{}\"; a feature has name, aggregate or sql, type, "
                                                    "unit, en, zh, windows",
                                                    key));
    return {};
}

Result<> check_feature(const Feature& feature, const Family& family, const YAML::Node& node, const Place& place) {
    if (!is_name(feature.name))
        return place.wrong(node,
                           fmt::format("\"{}\" is no name of a feature; use small letters, digits and _, beginning "
                                       "with a letter",
                                       feature.name));
    const bool counted = node["aggregate"].IsDefined();
    if (counted == node["sql"].IsDefined())
        return place.wrong(node, "a feature needs either aggregate (over a stream) or sql (over features)");
    if (counted && family.from.empty())
        return place.wrong(node, "an aggregate needs a stream: say `from` in the family");
    if (feature.unit.empty() || feature.en.empty() || feature.zh.empty() || family.owner.empty())
        return place.wrong(node, "a feature needs a unit, a description in en and in zh, and an owner");
    if (!counted && feature.sql.empty()) return place.wrong(node, "the sql of the feature is empty");
    return {};
}

Result<> parse_feature(Declarations& into, Family family, const YAML::Node& node, const Place& place) {
    if (!node.IsMap()) return place.wrong(node, "a feature is a mapping: {name: …, aggregate: …, type: …, unit: …}");
    Feature written{.owner = family.owner, .about = place.at(node)};
    for (const auto& entry : node) TRY(read_feature_entry(written, family, entry, place));
    TRY(check_feature(written, family, node, place));
    written.entity = family.entity;
    written.freshness_minutes = family.freshness_minutes;
    if (node["aggregate"]) written.stream = family.from;
    for (const auto& window : family.windows) {
        auto feature = written;
        feature.name = fmt::format("{}_{}{}", name(family.entity), written.name, window.suffix);
        feature.en += window.en;
        feature.zh += window.zh;
        feature.window_days = window.days;
        feature.from_events = family.from_events && (feature.derived() || combines(feature.aggregate));
        auto sql = expand(written.sql, family, window.suffix);
        if (!sql) return place.wrong(node, sql.error().message);
        feature.sql = *std::move(sql);
        if (const auto* taken = into.find(feature.name))
            return place.wrong(node,
                               fmt::format("the feature {} is declared already, at {}", feature.name, taken->about));
        into.features.push_back(std::move(feature));
    }
    return {};
}

Result<> read_family_entry(Family& family, const YAML::detail::iterator_value& entry, const Place& place) {
    const auto key = entry.first.as<std::string>();
    const auto& value = entry.second;
    if (key == "entity") {
        auto entity = parse_entity(value.as<std::string>());
        if (!entity) return place.wrong(value, entity.error().message);
        family.entity = *entity;
    } else if (key == "from") {
        family.from = value.as<std::string>();
    } else if (key == "owner") {
        family.owner = value.as<std::string>();
    } else if (key == "windows") {
        family.windows = TRY(parse_windows(value, place));
    } else if (key == "freshness") {
        family.freshness_minutes = TRY(parse_freshness(value, place));
    } else if (key == "online") {
        const auto text = value.as<std::string>();
        if (text != "events" && text != "compute")
            return place.wrong(value, "online is events (pushed events change the value at once) or compute");
        family.from_events = text == "events";
    } else if (key == "parameters") {
        for (const auto& parameter : value)
            family.parameters[parameter.first.as<std::string>()] = parameter.second.as<std::string>();
    } else if (key != "features") {
        return place.wrong(entry.first, fmt::format("unknown key \"{}\"; a family has entity, from, owner, windows, "
                                                    "freshness, online, parameters, features",
                                                    key));
    }
    return {};
}

Result<> parse_family(Declarations& into, Family family, const YAML::Node& node, const Place& place) {
    if (!node.IsMap() || !node["entity"] || !node["features"].IsSequence())
        return place.wrong(node, "a family needs an entity and a list of features");
    for (const auto& entry : node) TRY(read_family_entry(family, entry, place));
    for (const auto& feature : node["features"]) TRY(parse_feature(into, family, feature, place));
    return {};
}

Result<> parse_time(Stream& stream, const YAML::Node& node, const Place& place) {
    if (node.IsScalar()) {
        stream.time_column = node.as<std::string>();
        return {};
    }
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "start_of" || key == "end_of") {
            stream.time = key == "start_of" ? Stream::Time::start_of_day : Stream::Time::end_of_day;
            stream.time_column = entry.second.as<std::string>();
        } else {
            return place.wrong(entry.first, "event_time is a column, {start_of: DAY_COLUMN} or {end_of: DAY_COLUMN}");
        }
    }
    return {};
}

Result<> parse_stream(Declarations& into, const YAML::Node& node, const Place& place) {
    Stream stream{.about = place.at(node)};
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "name")
            stream.name = entry.second.as<std::string>();
        else if (key == "sql")
            stream.sql = entry.second.as<std::string>();
        else if (key == "events")
            stream.events = entry.second.as<std::string>();
        else if (key == "event_time")
            TRY(parse_time(stream, entry.second, place));
        else
            return place.wrong(entry.first,
                               fmt::format("unknown key \"{}\"; a stream has name, event_time, events, sql", key));
    }
    if (!is_name(stream.name) || stream.sql.empty() || !is_name(stream.time_column))
        return place.wrong(node, "a stream needs a name, the column of its event_time, and sql");
    for (const auto& word : sql_names(stream.sql))
        if (word.starts_with("data.") && std::ranges::count(stream.tables, word) == 0) stream.tables.push_back(word);
    if (stream.tables.empty())
        return place.wrong(node, "the sql reads none of the shop's tables; name one, such as data.order_line");
    if (!stream.events.empty() && std::ranges::count(stream.tables, "data." + stream.events) == 0)
        return place.wrong(node, fmt::format("events come in as data.{}, which the sql does not read", stream.events));
    const auto [at, fresh] = into.streams.emplace(stream.name, stream);
    if (!fresh)
        return place.wrong(node,
                           fmt::format("the stream {} is declared already, at {}", stream.name, at->second.about));
    return {};
}

Result<> parse_root(Declarations& into, const YAML::Node& root, const Place& place) {
    Family common;
    if (root["owner"]) common.owner = root["owner"].as<std::string>();
    for (const auto& entry : root) {
        const auto key = entry.first.as<std::string>();
        if (key == "streams")
            for (const auto& stream : entry.second) TRY(parse_stream(into, stream, place));
        else if (key == "families")
            for (const auto& family : entry.second) TRY(parse_family(into, common, family, place));
        else if (key != "owner")
            return place.wrong(entry.first, fmt::format("unknown key \"{}\"; known are owner, streams, families", key));
    }
    return {};
}

}  // namespace

Result<> parse_features(Declarations& into, const std::string& yaml, const std::string& about) {
    const Place place{about};
    try {
        const auto root = YAML::Load(yaml);
        if (!root.IsMap()) return fail(ErrorCode::invalid_argument, "the features are not a YAML mapping", about);
        return parse_root(into, root, place);
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::invalid_argument, "not valid YAML: " + error.msg,
                    fmt::format("{}:{}", about, error.mark.line + 1));
    }
}

}  // namespace suanpan::features
