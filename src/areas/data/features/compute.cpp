#include "areas/data/features/compute.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

namespace suanpan::features {
namespace {

using store::Connection;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct StateRow {
    std::string feature, entity, block, hash, data_version;
    Instant moment, computed_at;
};

struct Span {
    std::optional<Day> last_day;
};

struct FirstLoad {
    std::optional<Instant> since;
};

struct Run {
    Connection& connection;
    const store::Shop& shop;
    const Declarations& declared;
    Instant moment;
    Frame frame;
    std::map<std::string, StateRow> states;
};

constexpr std::string_view block_prefix = "features.block_";

std::string table_of(const Block& block) {
    return std::string(block_prefix) + block.name();
}

bool is_fresh(const Run& run, const Feature& feature, const std::string& version) {
    const auto found = run.states.find(feature.name);
    return found != run.states.end() && found->second.hash == feature.hash && found->second.data_version == version &&
           found->second.moment == run.moment;
}

// DuckDB's sentence, with the declaration that it is about.
std::unexpected<Error> refused(const Block& block, const Error& error) {
    const auto& first = *block.features.front();
    return fail(error.code == ErrorCode::internal ? ErrorCode::invalid_argument : error.code,
                fmt::format("the features of {} over {} cannot be counted: {}", name(block.entity), block.stream->about,
                            error.message),
                first.about);
}

Result<std::int64_t> write_block(Run& run, const Block& stale, const std::vector<std::string>& kept) {
    auto frame = run.frame;
    frame.keys = key_list(stale.entity);
    auto sql = block_sql(stale, frame);
    if (!kept.empty()) {
        const auto by = join(frame.keys, ", ");
        sql = fmt::format("SELECT * FROM (SELECT {0}, {1} FROM {2}) FULL JOIN ({3}) USING ({0})", by, join(kept, ", "),
                          table_of(stale), sql);
    }
    TRY(run.connection.run(fmt::format("CREATE OR REPLACE TABLE {} AS {}", table_of(stale), sql)));
    return run.connection.count(fmt::format("SELECT count(*) FROM {}", table_of(stale)));
}

Result<> write_states(Run& run, const Block& block, const std::string& version) {
    TRY(run.connection.query("DELETE FROM features.state WHERE block = ?", block.name()));
    std::vector<StateRow> rows;
    for (const auto* feature : block.features)
        rows.push_back({feature->name, std::string(name(feature->entity)), block.name(), feature->hash, version,
                        run.moment, now()});
    return run.connection.append<StateRow>("features", "state", rows);
}

Result<BlockReport> compute_block(Run& run, const Block& block) {
    const auto start = Clock::now();
    const auto version = TRY(data_version(run.connection, *block.stream)) + " live from " + run.frame.live_from;
    Block stale{block.entity, block.stream, {}};
    std::vector<std::string> kept;
    for (const auto* feature : block.features) {
        if (is_fresh(run, *feature, version))
            kept.push_back(feature->name);
        else
            stale.features.push_back(feature);
    }
    BlockReport report{.block = block.name(), .computed = std::ssize(stale.features), .kept = std::ssize(kept)};
    if (stale.features.empty()) return report;
    auto rows = write_block(run, stale, kept);
    if (!rows) return refused(stale, rows.error());
    report.rows = *rows;
    TRY(write_states(run, block, version));
    report.seconds = seconds_since(start);
    return report;
}

Result<> write_view(Run& run, Entity entity, const std::vector<Block>& blocks) {
    std::vector<const Feature*> wanted;
    for (const auto& feature : run.declared.features)
        if (feature.entity == entity) wanted.push_back(&feature);
    auto keep = key_list(entity);
    keep.emplace_back("moment");
    const auto sql = assemble_sql(run.declared, wanted,
                                  {.base = population_sql(entity, blocks, run.frame.moment, block_prefix),
                                   .keep = keep,
                                   .join_keys = key_list(entity),
                                   .block_prefix = std::string(block_prefix)});
    const auto made = run.connection.run(fmt::format("CREATE OR REPLACE VIEW features.{} AS {}", name(entity), sql));
    if (made) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("the features of {} that are made of others cannot be computed: {}", name(entity),
                            made.error().message),
                "features");
}

Result<> compute_entity(Run& run, Entity entity, ComputeReport& report, const ComputeOptions& options) {
    std::vector<const Feature*> features;
    for (const auto& feature : run.declared.features)
        if (feature.entity == entity) features.push_back(&feature);
    const auto blocks = blocks_of(features, run.declared);
    if (blocks.empty()) return {};
    for (const auto& block : blocks) {
        options.progress({block.name(), double(report.blocks.size()), 0, "blocks"});
        report.blocks.push_back(TRY(compute_block(run, block)));
        report.computed += report.blocks.back().computed;
        report.kept += report.blocks.back().kept;
    }
    return write_view(run, entity, blocks);
}

Result<ComputeReport> compute_all(Run& run, const ComputeOptions& options) {
    ComputeReport report{.moment = run.moment};
    for (auto& row : TRY(run.connection.rows<StateRow>("FROM features.state"))) run.states.emplace(row.feature, row);
    for (const auto entity : entities)
        if (options.wanted.empty() || std::ranges::count(options.wanted, entity) > 0)
            TRY(compute_entity(run, entity, report, options));
    return report;
}

}  // namespace

Result<ComputeReport> compute(const store::Shop& shop, const Declarations& declared, const ComputeOptions& options) {
    const auto start = Clock::now();
    auto connection = TRY(shop.database().connect());
    const auto looked_at = now();
    TRY(connection.run("BEGIN TRANSACTION"));
    const auto moment = options.moment ? *options.moment : TRY(default_moment(connection, shop));
    const auto arrival = TRY(arrivals(connection, shop, moment, moment));
    Run run{connection,
            shop,
            declared,
            moment,
            {.moment = instant_literal(moment),
             .late = arrival.any_late ? "late_load" : "",
             .live_from = arrival.live_from,
             .time_zone = shop.time_zone().name()},
            {}};
    auto report = compute_all(run, options);
    if (!report) {
        (void)connection.run("ROLLBACK");
        return report;
    }
    TRY(connection.run("COMMIT"));
    report->known = {.happened_before = moment, .came_before = arrival.live ? moment : looked_at};
    report->seconds = seconds_since(start);
    return report;
}

Result<Instant> default_moment(Connection& connection, const store::Shop& shop) {
    const auto span = TRY(connection.row<Span>("SELECT last_day FROM data.span"));
    if (!span.last_day) return now();
    return std::min(now(), shop.time_zone().start_of(*span.last_day + Days(1)));
}

Result<std::string> data_version(Connection& connection, const Stream& stream) {
    std::string version;
    for (const auto& table : stream.tables) {
        const auto newest = TRY(connection.count(fmt::format("SELECT coalesce(max(load_id), 0) FROM {}", table)));
        const auto rows = TRY(connection.count(fmt::format("SELECT count(*) FROM {}", table)));
        version += fmt::format("{}{} load {} rows {}", version.empty() ? "" : ", ", table, newest, rows);
    }
    return version;
}

Result<Arrival> arrivals(Connection& connection, const store::Shop& shop, Instant first, Instant last) {
    Instant live_from = Instant::max();
    const auto setting = shop.settings().text("features.live_from", "");
    if (setting.empty()) {
        const auto row = TRY(connection.row<FirstLoad>("SELECT min(loaded_at) AS since FROM data.load"));
        if (row.since) live_from = *row.since;
    } else if (const auto day = parse_day(setting)) {
        live_from = shop.time_zone().start_of(*day);
    } else if (const auto instant = parse_instant(setting)) {
        live_from = *instant;
    } else {
        return fail(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is neither a day such as 2026-11-14 nor an instant such as "
                                "2026-11-14T08:00:00Z; mend it in shop.yaml",
                                setting),
                    "features.live_from");
    }
    Arrival arrival{.live_from =
                        live_from == Instant::max() ? "CAST(NULL AS TIMESTAMPTZ)" : instant_literal(live_from)};
    if (live_from != Instant::max()) arrival.live_since = live_from;
    arrival.live = last >= live_from;
    if (!arrival.live) return arrival;
    TRY(
        connection.query("CREATE OR REPLACE TEMP TABLE late_load AS "
                         "SELECT load_id, loaded_at FROM data.load WHERE loaded_at >= ?",
                         first));
    arrival.any_late = TRY(connection.count("SELECT count(*) FROM late_load")) > 0;
    return arrival;
}

}  // namespace suanpan::features
