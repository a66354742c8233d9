#include "areas/data/features/training.h"

#include <fmt/format.h>

#include <algorithm>

#include "areas/data/fingerprint.h"
#include "platform/store/quote.h"

namespace suanpan::features {
namespace {

namespace fs = std::filesystem;
using store::Connection;

struct BadMoment {
    std::int64_t label_row;
    std::optional<std::string> moment;
};

struct Span {
    Instant first, last;
};

struct Run {
    Connection& connection;
    const store::Shop& shop;
    const Declarations& declared;
    const TrainingOptions& options;
};

// Keys and moment are read as texts: "00123" stays an item, and a moment without a zone is the shop's time.
Result<> read_labels(Run& run, const fs::path& file, const std::string& table) {
    if (!fs::exists(file)) return fail(ErrorCode::not_found, "there is no such file; check its name", file.string());
    std::string source = "read_parquet(?)";
    if (file.extension() != ".parquet") {
        std::string types;
        const auto head =
            run.connection.query("SELECT * FROM read_csv(?, header = true, all_varchar = true) LIMIT 0", file.string());
        for (std::size_t i = 0; head && i < head->columns(); ++i)
            if (head->name(i) == "moment" || std::ranges::count(keys(run.options.entity), head->name(i)) > 0)
                types += fmt::format("{}'{}': 'VARCHAR'", types.empty() ? "" : ", ", head->name(i));
        source = fmt::format("read_csv(?, header = true{})", types.empty() ? "" : ", types = {" + types + "}");
    }
    const auto read =
        run.connection.query(fmt::format("CREATE OR REPLACE TEMP TABLE {} AS FROM {}", table, source), file.string());
    if (!read)
        return fail(ErrorCode::invalid_argument, "the labels cannot be read: " + read.error().message, file.string());
    return {};
}

Result<> check_columns(Run& run, const fs::path& file) {
    const auto head = TRY(run.connection.query("SELECT * FROM labels_file LIMIT 0"));
    std::string there;
    for (std::size_t i = 0; i < head.columns(); ++i) there += (i == 0 ? "" : ", ") + head.name(i);
    auto needed = key_list(run.options.entity);
    needed.emplace_back("moment");
    for (const auto& name : needed)
        if (!head.find(name))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the labels have no column {}; a training set of {} needs {}; the file has {}",
                                    name, features::name(run.options.entity), join(needed, ", "), there),
                        file.string());
    for (const auto* feature : run.options.features)
        if (head.find(feature->name))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the labels have a column {}, which is also a feature; rename it", feature->name),
                        file.string());
    return {};
}

Result<> gather_labels(Run& run) {
    TRY(run.connection.run("DROP TABLE IF EXISTS labels_all"));
    for (std::size_t i = 0; i < run.options.labels.size(); ++i) {
        const auto& file = run.options.labels[i];
        TRY(read_labels(run, file, "labels_file"));
        TRY(check_columns(run, file));
        TRY(run.connection.run(i == 0 ? "CREATE TEMP TABLE labels_all AS FROM labels_file"
                                      : "INSERT INTO labels_all BY NAME FROM labels_file"));
    }
    return {};
}

// label_row, the file's columns, label_moment: the moment as an instant.
Result<> place_labels(Run& run) {
    TRY(run.connection.query(R"(
        CREATE OR REPLACE TEMP TABLE labels AS
        SELECT row_number() OVER () AS label_row, *,
               CASE WHEN regexp_matches(moment::VARCHAR, '[0-9:](Z|[+-][0-9]{2}(:?[0-9]{2})?)$')
                         AND length(moment::VARCHAR) > 11
                    THEN try_cast(moment::VARCHAR AS TIMESTAMPTZ)
                    ELSE timezone(?, try_cast(moment::VARCHAR AS TIMESTAMP)) END AS label_moment
        FROM labels_all)",
                             run.shop.time_zone().name()));
    const auto bad =
        TRY(run.connection.rows<BadMoment>("SELECT label_row, moment::VARCHAR AS moment FROM labels WHERE label_moment "
                                           "IS NULL ORDER BY label_row LIMIT 1"));
    if (!bad.empty())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("row {} has the moment \"{}\"; write a day such as 2011-11-14 or an instant such as "
                                "2011-11-14T08:00:00Z",
                                bad[0].label_row, bad[0].moment.value_or("")),
                    run.options.labels.front().string());
    if (run.options.sample > 0)
        TRY(run.connection.query(
            "DELETE FROM labels WHERE label_row NOT IN (SELECT label_row FROM labels ORDER BY hash(label_row, ?), "
            "label_row LIMIT ?)",
            run.options.seed, run.options.sample));
    const auto by = join(key_list(run.options.entity), ", ");
    return run.connection.run(
        fmt::format("CREATE OR REPLACE TEMP TABLE points AS SELECT row_number() OVER () AS point_id, * FROM "
                    "(SELECT DISTINCT {0}, label_moment AS moment FROM labels)",
                    by));
}

bool runs(const Feature& feature) {
    return adds(feature.aggregate) && feature.type == ValueType::whole;
}

// Pairing each point with its key's rows is the shortest where points are few; running sums where they are many.
Result<std::string> sql_of(Run& run, const Block& block, const Frame& frame) {
    using Way = TrainingOptions::Way;
    constexpr std::int64_t many = 20'000;
    const auto points = TRY(run.connection.count("SELECT count(*) FROM points"));
    const bool running =
        frame.late.empty() && run.options.way != Way::pairs && (run.options.way == Way::running || points > many);
    Block sums{block.entity, block.stream, {}}, others = sums;
    for (const auto* feature : block.features) (running && runs(*feature) ? sums : others).features.push_back(feature);
    if (sums.features.empty()) return block_sql(others, frame);
    if (others.features.empty()) return running_block_sql(sums, frame);
    return fmt::format("SELECT * FROM ({}) FULL JOIN ({}) USING (point_id)", running_block_sql(sums, frame),
                       block_sql(others, frame));
}

Result<> count_blocks(Run& run, TrainingSet& set) {
    const auto span = TRY(run.connection.row<Span>("SELECT min(moment) AS first, max(moment) AS last FROM points"));
    const auto arrival = TRY(arrivals(run.connection, run.shop, span.first, span.last));
    set.first_moment = format(span.first);
    set.last_moment = format(span.last);
    set.live_from = arrival.live_from;
    const Frame frame{.moment = "p.moment",
                      .keys = {"point_id"},
                      .points = "points",
                      .late = arrival.any_late ? "late_load" : "",
                      .live_from = arrival.live_from,
                      .time_zone = run.shop.time_zone().name()};
    for (const auto& block : blocks_of(with_uses(run.declared, run.options.features), run.declared)) {
        const auto made = run.connection.run(
            fmt::format("CREATE OR REPLACE TEMP TABLE points_{} AS {}", block.name(), TRY(sql_of(run, block, frame))));
        if (!made)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the features of {} over {} cannot be counted: {}", name(block.entity),
                                    block.stream->about, made.error().message),
                        block.features.front()->about);
        set.data_versions.push_back(
            fmt::format("{}: {}", block.stream->name, TRY(data_version(run.connection, *block.stream))));
    }
    return {};
}

Result<> write(Run& run, TrainingSet& set) {
    std::string identity = fmt::format("{} {} {}", set.seed, set.sample, set.live_from);
    for (const auto& feature : set.features) identity += feature.hash;
    for (const auto& version : set.data_versions) identity += version;
    for (const auto& file : run.options.labels) {
        identity = TRY(data::fingerprint(file, identity));
        set.labels_hash = TRY(data::fingerprint(file, set.labels_hash));
    }
    const bool csv = run.options.format == TrainingOptions::Format::csv;
    const auto file = run.shop.folder() / "exports" /
                      fmt::format("training-{}-{}.{}", set.entity, identity.substr(0, 12), csv ? "csv" : "parquet");
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    const auto features = assemble_sql(run.declared, run.options.features,
                                       {.base = "SELECT * FROM points",
                                        .keep = {"point_id", "moment"},
                                        .join_keys = {"point_id"},
                                        .block_prefix = "points_"});
    std::string same;
    for (const auto key : keys(run.options.entity)) same += fmt::format("p.{0} = l.{0} AND ", key);
    TRY(run.connection.run(fmt::format(R"(
        COPY (SELECT l.* EXCLUDE (label_row, label_moment), f.* EXCLUDE (point_id, moment)
              FROM labels AS l LEFT JOIN points AS p ON {} p.moment = l.label_moment
              LEFT JOIN ({}) AS f USING (point_id)
              ORDER BY label_row)
        TO {} {})",
                                       same, features, store::quote_text(file.string()),
                                       csv ? "(FORMAT csv, HEADER)" : "(FORMAT parquet)")));
    set.file = file.string();
    return {};
}

}  // namespace

Result<TrainingSet> training_set(const store::Shop& shop, const Declarations& declared,
                                 const TrainingOptions& options) {
    auto connection = TRY(shop.database().connect());
    TRY(connection.run("BEGIN TRANSACTION"));
    Run run{connection, shop, declared, options};
    TrainingSet set{.entity = std::string(name(options.entity)),
                    .made_at = format(now()),
                    .sample = options.sample,
                    .seed = options.seed};
    for (const auto* feature : options.features) set.features.push_back({feature->name, feature->hash});
    TRY(gather_labels(run));
    TRY(place_labels(run));
    set.rows = TRY(connection.count("SELECT count(*) FROM labels"));
    if (set.rows == 0)
        return fail(ErrorCode::invalid_argument, "the labels have no rows", options.labels.front().string());
    TRY(count_blocks(run, set));
    TRY(write(run, set));
    (void)connection.run("ROLLBACK");
    return set;
}

}  // namespace suanpan::features
