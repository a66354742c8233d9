#include "areas/data/features/sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "platform/store/quote.h"

namespace suanpan::features {
namespace {

constexpr std::int64_t ever = 1'000'000;  // days: the window that holds everything

std::int64_t days_of(const Feature& feature) {
    return feature.window_days.value_or(ever);
}

// A table's name replaced where it stands as a whole word.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
    if (from.empty()) return text;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        const auto end = at + from.size();
        if (end == text.size() || (std::isalnum(static_cast<unsigned char>(text[end])) == 0 && text[end] != '_'))
            text.replace(at, from.size(), to);
    }
    return text;
}

std::string event_time_sql(const Stream& stream, const Frame& frame) {
    if (stream.time == Stream::Time::instant) return "s." + stream.time_column;
    const auto midnight = fmt::format("CAST(s.{} AS TIMESTAMP){}", stream.time_column,
                                      stream.time == Stream::Time::end_of_day ? " + INTERVAL 24 HOUR" : "");
    return in_zone(midnight, store::quote_text(frame.time_zone), frame.dialect);
}

// Which rows are known at the moment: those that happened before it and, once the shop is live, had also been loaded.
std::string known_sql(const Frame& frame) {
    auto sql = fmt::format("event_time < {}", frame.moment);
    if (!frame.late.empty())
        sql += fmt::format(" AND (loaded_at IS NULL OR loaded_at < {0} OR {0} < {1})", frame.moment, frame.live_from);
    return sql;
}

// The moment as rows of source_sql have it.
std::string moment_of(const Frame& frame) {
    return frame.points.empty() ? frame.moment : "point_moment";
}

std::string rows_sql(const Block& block, const Frame& frame) {
    return fmt::format("(SELECT s.*, {} AS event_time{} FROM ({}) AS s{}) AS e", event_time_sql(*block.stream, frame),
                       frame.late.empty() ? "" : ", l.loaded_at",
                       replaced(spoken(block.stream->sql, frame.dialect), frame.replaces, frame.replacement),
                       frame.late.empty() ? "" : fmt::format(" LEFT JOIN {} AS l USING (load_id)", frame.late));
}

// FROM … WHERE …: the stream's rows with their event_time (and point_id), those that are known.
std::string source_sql(const Block& block, const Frame& frame, std::int64_t longest) {
    auto sql = "FROM " + rows_sql(block, frame);
    if (!frame.points.empty()) {
        sql = fmt::format("FROM (SELECT p.point_id, p.moment AS point_moment, e.* {} JOIN {} AS p ON ", sql,
                          frame.points);
        for (const auto key : keys(block.entity)) sql += fmt::format("p.{0} = e.{0} AND ", key);
        sql += known_sql(frame) + ") AS e";
    }
    sql += " WHERE " + (frame.points.empty() ? known_sql(frame) : "true");
    for (const auto key : keys(block.entity)) sql += fmt::format(" AND e.{} IS NOT NULL", key);
    if (longest < ever) sql += fmt::format(" AND event_time >= {} - INTERVAL {} HOUR", moment_of(frame), longest * 24);
    return sql;
}

// The number of the smallest window that holds a row.
std::string bucket_sql(const std::vector<std::int64_t>& windows, const Frame& frame) {
    if (windows.size() == 1) return "0";
    std::string sql = "CASE";
    for (std::size_t i = 0; i + 1 < windows.size(); ++i)
        sql += fmt::format(" WHEN event_time >= {} - INTERVAL {} HOUR THEN {}", moment_of(frame), windows[i] * 24, i);
    return sql + fmt::format(" ELSE {} END", windows.size() - 1);
}

std::string first_level(const Feature& feature, Dialect dialect) {
    const auto type = sql_type(feature.type, dialect);
    const auto sql = spoken(feature.sql, dialect);
    switch (feature.aggregate) {
        case Aggregate::count:
            return fmt::format("count({})", sql);
        case Aggregate::sum:
            return fmt::format("CAST(sum({}) AS {})", sql, type);
        case Aggregate::last:  // of rows at one instant the greatest value, so that it is one answer
            return fmt::format("max(CASE WHEN ({0}) IS NULL THEN NULL ELSE {1} END)", sql,
                               pair_sql("event_time", sql, dialect));
        default:
            return fmt::format("{}({})", name(feature.aggregate), sql);
    }
}

struct Spot {
    const std::string& column;
    std::string filter;
    Dialect dialect;
};

std::string second_level(const Feature& feature, const Spot& spot) {
    const auto& [column, filter, dialect] = spot;
    const auto type = sql_type(feature.type, dialect);
    const auto over = [&](std::string_view function) { return fmt::format("{}({}){}", function, column, filter); };
    if (feature.aggregate == Aggregate::last)
        return fmt::format("CAST({} AS {})", member_sql(over("max"), "value", dialect), type);
    if (adds(feature.aggregate)) return fmt::format("CAST(coalesce({}, 0) AS {})", over("sum"), type);
    return fmt::format("CAST({} AS {})", over(feature.aggregate == Aggregate::min ? "min" : "max"), type);
}

struct Level {
    std::vector<std::int64_t> windows;
    std::map<std::string, std::string> columns;  // an aggregate as text -> its column of the first level
};

Level level_of(const std::vector<const Feature*>& features, Dialect dialect) {
    Level level;
    std::set<std::int64_t> windows;
    for (const auto* feature : features) {
        windows.insert(days_of(*feature));
        level.columns.try_emplace(first_level(*feature, dialect), fmt::format("a{}", level.columns.size()));
    }
    level.windows.assign(windows.begin(), windows.end());
    return level;
}

std::string filter_sql(const Level& level, const Feature& feature) {
    const auto at = std::ranges::find(level.windows, days_of(feature)) - level.windows.begin();
    if (at + 1 == std::ssize(level.windows)) return "";
    return fmt::format(" FILTER (WHERE bucket <= {})", at);
}

std::string combining_sql(const Block& block, const std::vector<const Feature*>& features, const Frame& frame) {
    const auto level = level_of(features, frame.dialect);
    const auto keys = join(frame.keys, ", ");
    std::string inner, outer;
    for (const auto& [sql, column] : level.columns) inner += fmt::format(", {} AS {}", sql, column);
    for (const auto* feature : features) {
        const auto& column = level.columns.at(first_level(*feature, frame.dialect));
        const auto filter = filter_sql(level, *feature);
        outer += fmt::format(", {} AS {}", second_level(*feature, {column, filter, frame.dialect}), feature->name);
        if (feature->aggregate == Aggregate::last && !frame.time_of_last.empty())
            outer +=
                fmt::format(", {} AS {}{}", member_sql(fmt::format("max({}){}", column, filter), "seen", frame.dialect),
                            feature->name, frame.time_of_last);
    }
    return fmt::format("SELECT {0}{1} FROM (SELECT {0}, {2} AS bucket{3} {4} GROUP BY {0}, bucket) GROUP BY {0}", keys,
                       outer, bucket_sql(level.windows, frame), inner, source_sql(block, frame, level.windows.back()));
}

// Each value once, by the newest window that holds it.
std::string distinct_sql(const Block& block, const std::vector<const Feature*>& features, const Frame& frame) {
    const auto level = level_of(features, frame.dialect);
    const auto keys = join(frame.keys, ", ");
    std::string outer;
    for (const auto* feature : features)
        outer += fmt::format(", count(*){} AS {}", filter_sql(level, *feature), feature->name);
    return fmt::format(
        "SELECT {0}{1} FROM (SELECT {0}, {2} AS value, min({3}) AS bucket {4} AND ({2}) IS NOT NULL GROUP BY {0}, "
        "value) "
        "GROUP BY {0}",
        keys, outer, spoken(features.front()->sql, frame.dialect), bucket_sql(level.windows, frame),
        source_sql(block, frame, level.windows.back()));
}

}  // namespace

std::string Block::name() const {
    return fmt::format("{}_{}", features::name(entity), stream->name);
}

std::vector<Block> blocks_of(const std::vector<const Feature*>& features, const Declarations& declared) {
    std::map<std::string, Block> blocks;
    for (const auto* feature : features) {
        if (feature->derived()) continue;
        Block block{feature->entity, &declared.streams.find(feature->stream)->second, {}};
        blocks.try_emplace(block.name(), block).first->second.features.push_back(feature);
    }
    std::vector<Block> list;
    for (auto& [name, block] : blocks) list.push_back(std::move(block));
    return list;
}

std::vector<const Feature*> with_uses(const Declarations& declared, const std::vector<const Feature*>& wanted) {
    std::set<std::string> names;
    for (const auto* feature : wanted) names.insert(feature->name);
    for (auto feature = declared.features.rbegin(); feature != declared.features.rend(); ++feature)
        if (names.contains(feature->name)) names.insert(feature->uses.begin(), feature->uses.end());
    std::vector<const Feature*> all;
    for (const auto& feature : declared.features)
        if (names.contains(feature.name)) all.push_back(&feature);
    return all;
}

std::string block_sql(const Block& block, const Frame& frame) {
    std::vector<const Feature*> combining;
    std::map<std::string, std::vector<const Feature*>> distinct;
    for (const auto* feature : block.features) {
        if (combines(feature->aggregate))
            combining.push_back(feature);
        else
            distinct[feature->sql].push_back(feature);
    }
    std::vector<std::string> parts;
    if (!combining.empty()) parts.push_back(combining_sql(block, combining, frame));
    for (const auto& [sql, features] : distinct) parts.push_back(distinct_sql(block, features, frame));
    auto sql = "FROM (" + parts.front() + ")";
    for (std::size_t i = 1; i < parts.size(); ++i)
        sql += fmt::format(" FULL JOIN ({}) USING ({})", parts[i], join(frame.keys, ", "));
    return "SELECT * " + sql;
}

std::string running_block_sql(const Block& block, const Frame& frame) {
    const auto level = level_of(block.features, frame.dialect);
    const auto by = join(key_list(block.entity), ", ");
    std::string inner, sums, columns, joins;
    for (const auto& [sql, column] : level.columns)
        sums +=
            fmt::format(", CAST(sum({0}) OVER (PARTITION BY {1} ORDER BY event_time) AS BIGINT) AS {0}", column, by);
    for (const auto& [sql, column] : level.columns) inner += fmt::format(", {} AS {}", sql, column);
    const auto as_of = [&](const std::string& alias, std::int64_t days) {
        auto sql = fmt::format(" ASOF LEFT JOIN running AS {} ON ", alias);
        for (const auto key : keys(block.entity)) sql += fmt::format("p.{0} = {1}.{0} AND ", key, alias);
        return sql + fmt::format("p.moment{} > {}.event_time",
                                 days == 0 ? "" : fmt::format(" - INTERVAL {} HOUR", days * 24), alias);
    };
    joins = as_of("upto", 0);
    for (const auto window : level.windows)
        if (window < ever) joins += as_of(fmt::format("before{}", window), window);
    for (const auto* feature : block.features) {
        const auto& column = level.columns.at(first_level(*feature, frame.dialect));
        columns += days_of(*feature) < ever ? fmt::format(", coalesce(upto.{0}, 0) - coalesce(before{1}.{0}, 0) AS {2}",
                                                          column, days_of(*feature), feature->name)
                                            : fmt::format(", coalesce(upto.{}, 0) AS {}", column, feature->name);
    }
    return fmt::format(R"(
        WITH counted AS (
            SELECT {0}, event_time{1} FROM {2} SEMI JOIN {3} USING ({0}) GROUP BY ALL
        ), running AS (
            SELECT {0}, event_time{4} FROM counted
        )
        SELECT p.point_id{5} FROM {3} AS p{6})",
                       by, inner, rows_sql(block, frame), frame.points, sums, columns, joins);
}

std::string derive_sql(const std::vector<const Feature*>& features, const std::string& relation, Dialect dialect) {
    std::string columns;
    for (const auto* feature : features)
        if (feature->derived())
            columns += fmt::format(", CAST({} AS {}) AS {}", spoken(feature->sql, dialect),
                                   sql_type(feature->type, dialect), feature->name);
    return fmt::format("SELECT *{} FROM {}", columns, relation);
}

std::string population_sql(Entity entity, const std::vector<Block>& blocks, const std::string& moment,
                           std::string_view block_prefix) {
    const auto at = moment + " AS moment";
    if (entity == Entity::item) return fmt::format("SELECT item_id, {} FROM data.product", at);
    if (entity == Entity::customer) return fmt::format("SELECT customer_id, {} FROM data.customer", at);
    const auto by = join(key_list(entity), ", ");
    std::vector<std::string> pairs;
    for (const auto& block : blocks)
        pairs.push_back(fmt::format("SELECT {} FROM {}{}", by, block_prefix, block.name()));
    return fmt::format("SELECT {}, {} FROM ({})", by, at, join(pairs, " UNION "));
}

std::string assemble_sql(const Declarations& declared, const std::vector<const Feature*>& wanted,
                         const Assembly& assembly) {
    const auto all = with_uses(declared, wanted);
    std::string columns, joins, shown;
    for (const auto& column : assembly.keep) columns += fmt::format("{}base.{}", columns.empty() ? "" : ", ", column);
    for (const auto& block : blocks_of(all, declared)) {
        joins += fmt::format(" LEFT JOIN {0}{1} AS {1} USING ({2})", assembly.block_prefix, block.name(),
                             join(assembly.join_keys, ", "));
        for (const auto* feature : block.features) {
            const bool counts = adds(feature->aggregate) || feature->aggregate == Aggregate::distinct;
            const auto value = fmt::format("{}.{}", block.name(), feature->name);
            columns += fmt::format(", {} AS {}", counts ? fmt::format("coalesce({}, 0)", value) : value, feature->name);
        }
    }
    for (const auto& column : assembly.keep) shown += (shown.empty() ? "" : ", ") + column;
    for (const auto* feature : wanted) shown += ", " + feature->name;
    return fmt::format("SELECT {} FROM ({})", shown,
                       derive_sql(all, fmt::format("(SELECT {} FROM ({}) AS base{})", columns, assembly.base, joins),
                                  assembly.dialect));
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : std::string(between)) + word;
    return out;
}

std::vector<std::string> key_list(Entity entity) {
    const auto names = keys(entity);
    return {names.begin(), names.end()};
}

}  // namespace suanpan::features
