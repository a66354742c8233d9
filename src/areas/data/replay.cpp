#include "areas/data/replay.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "areas/data/csv/table.h"
#include "areas/data/faults.h"
#include "areas/data/load_sql.h"
#include "areas/data/mapping_check.h"
#include "areas/data/personal.h"
#include "areas/data/replace.h"
#include "platform/base/money.h"

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct LoadToReplay {
    std::int64_t load_id = 0;
    std::string source, file, path;
};

namespace {

using store::Connection;

// The name of a member as a JSON pointer.
std::string pointer(std::string_view name) {
    std::string text = "/";
    for (const char letter : name) {
        if (letter == '~')
            text += "~0";
        else if (letter == '/')
            text += "~1";
        else
            text += letter;
    }
    return text;
}

// Rows that were set aside, with their file's columns; those of one fate are read by statements.
struct RawRows {
    std::vector<std::string> columns;
    store::Table table;  // source_line, then the columns
    std::vector<std::uint8_t> fates;
};

class RowsOfFate : public store::RowSource {
  public:
    RowsOfFate(std::shared_ptr<const RawRows> rows, std::uint8_t fate) : rows_(std::move(rows)), fate_(fate) {
        for (const auto name : own_names) columns_.push_back({std::string(name), Column::Kind::whole});
        for (const auto& name : rows_->columns) columns_.push_back({name, Column::Kind::text});
    }
    [[nodiscard]] const std::vector<Column>& columns() const override { return columns_; }
    [[nodiscard]] std::size_t chunks() const override { return rows_->table.chunks(); }
    [[nodiscard]] Result<std::size_t> fill(std::size_t chunk, store::ChunkWriter& to) const override {
        std::size_t written = 0;
        const auto first = chunk_begin(chunk);
        const auto lines = rows_->table.values<std::int64_t>(chunk, 0);
        for (std::size_t row = 0; row < lines.size(); ++row) {
            if (rows_->fates[first + row] != fate_) continue;
            for (const auto [column, place] : to.wanted()) {
                if (column == 0)
                    to.put_whole(place, written, lines[row]);
                else if (column < own_names.size())  // a number that no other row has; lines are numbered anew
                    to.put_whole(place, written, static_cast<std::int64_t>(first + row));
                else if (const auto cell = column - own_names.size() + 1; rows_->table.is_null(chunk, cell, row))
                    to.put_null(place, written);
                else
                    to.put_lasting(place, written, rows_->table.text(chunk, cell, row));
            }
            ++written;
        }
        return written;
    }

  private:
    [[nodiscard]] std::size_t chunk_begin(std::size_t chunk) const {
        std::size_t rows = 0;
        for (std::size_t i = 0; i < chunk; ++i) rows += rows_->table.chunk_rows(i);
        return rows;
    }
    std::shared_ptr<const RawRows> rows_;
    std::uint8_t fate_;
    std::vector<Column> columns_;
};

// Rows that their raw text tells whole.
std::string takeable(const Source& source) {
    const bool refuses = std::ranges::any_of(source.targets, &Target::refuse_duplicates);
    return fmt::format("rule NOT IN ('unreadable row'{}) AND json_valid(raw) AND json_type(raw) = 'OBJECT'",
                       refuses ? ", 'duplicate'" : "");
}

struct Replayer {
    Connection& connection;
    const store::Shop& shop;
    const Source& source;
    const LoadToReplay& from;
    const std::string& rule;
    ReplayedLoad& done;
    std::shared_ptr<RawRows> rows;
    FileColumns columns = {};

    [[nodiscard]] std::string taken() const {
        return fmt::format("load_id = ? AND (? = '' OR rule = ?) AND {}", takeable(source));
    }
    [[nodiscard]] store::Offer rows_of(std::uint8_t fate) const {
        return connection.offer(std::make_shared<RowsOfFate>(rows, fate));
    }
    Result<bool> take();
    Result<> must_fit();
    Result<> route();
    Result<> quarantine_unrouted();
    Result<> load_target(std::size_t index);
    Result<> load_targets();
    Result<> finish();
};

// The rows leave the quarantine; false where there are none.
Result<bool> Replayer::take() {
    std::vector<std::string> columns;
    const auto names = TRY(connection.query(
        fmt::format(
            "SELECT name FROM (SELECT unnest(json_keys(raw)) AS name, generate_subscripts(json_keys(raw), 1) AS "
            "place FROM data.quarantine WHERE {}) GROUP BY name ORDER BY min(place), name",
            taken()),
        from.load_id, rule, rule));
    for (std::size_t chunk = 0; chunk < names.chunks(); ++chunk)
        for (std::size_t row = 0; row < names.chunk_rows(chunk); ++row) columns.emplace_back(names.text(chunk, 0, row));
    if (columns.empty()) return false;
    std::string cells;
    for (const auto& name : columns) cells += fmt::format(", json_extract_string(raw, {})", quote_text(pointer(name)));
    auto table = TRY(connection.query(
        fmt::format("SELECT source_line{} FROM data.quarantine WHERE {} ORDER BY 1, rowid", cells, taken()),
        from.load_id, rule, rule));
    rows = std::make_shared<RawRows>(std::move(columns), std::move(table));
    rows->fates.assign(rows->table.rows(), 0);
    TRY(connection.query("DELETE FROM data.quarantine WHERE " + taken(), from.load_id, rule, rule));
    done.taken = std::ssize(rows->fates);
    done.replay_id = TRY(connection.count("SELECT coalesce(max(load_id), 0) + 1 FROM data.load"));
    return true;
}

Result<> Replayer::must_fit() {
    return refuse_problems(
        TRY(check_source(connection, source, columns.all)),
        fmt::format("does not fit the rows of {} that were set aside", from.file),
        fmt::format("; they have the columns {}; nothing of this file was replayed", fmt::join(columns.all, ", ")));
}

Result<> Replayer::route() {
    const auto all = rows_of(0);
    auto routed =
        connection.query(fmt::format("SELECT source_row, CAST(coalesce({}, {}) AS BIGINT) AS fate FROM offered_rows(?)",
                                     route_sql(source), Fate::unrouted),
                         all.number());
    if (!routed)
        return fail(routed.error().code,
                    fmt::format("`when` of source \"{}\" does not fit the rows that were set aside: {}", source.name,
                                routed.error().message),
                    from.file);
    for (std::size_t chunk = 0; chunk < routed->chunks(); ++chunk) {
        const auto numbers = routed->values<std::int64_t>(chunk, 0), fates = routed->values<std::int64_t>(chunk, 1);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            rows->fates[static_cast<std::size_t>(numbers[i])] = static_cast<std::uint8_t>(fates[i]);
    }
    return {};
}

Result<> Replayer::quarantine_unrouted() {
    const auto unrouted = rows_of(Fate::unrouted);
    TRY(connection.query(
        fmt::format("INSERT INTO data.quarantine SELECT ?, source_line, '', 'no table takes it', 'no `when` of the "
                    "mapping holds for this row', {} FROM offered_rows(?)",
                    raw_sql(columns)),
        done.replay_id, unrouted.number()));
    return {};
}

Result<> Replayer::load_target(std::size_t index) {
    const auto& target = source.targets[index];
    const auto fate = static_cast<std::uint8_t>(index);
    if (!std::ranges::contains(rows->fates, fate)) return {};
    const auto sql = typed_sql(target, {.columns = columns,
                                        .time_zone = shop.settings().time_zone,
                                        .currency = shop.settings().currency,
                                        .minor_digits = minor_digits(shop.settings().currency)});
    const auto offered = rows_of(fate);
    if (auto made = connection.query("CREATE OR REPLACE TEMP TABLE typed AS " + sql.typed, offered.number()); !made)
        return fail(made.error().code,
                    fmt::format("the mapping of {} does not fit the rows that were set aside: {}", target.table->name,
                                made.error().message),
                    from.file);
    TRY(quarantine_faults(connection, {done.replay_id, target, sql}));
    done.mended += TRY(count_mends(connection, {done.replay_id, target, sql}));
    const auto merged = TRY(merge(
        connection, target,
        {.load_id = done.replay_id, .rows = offered.number(), .raw = raw_sql(columns), .replay_of = from.load_id}));
    done.loaded += merged.written;
    done.unchanged += merged.unchanged;
    return connection.run("DROP TABLE typed");
}

Result<> Replayer::load_targets() {
    for (const bool returns : {false, true})
        for (std::size_t i = 0; i < source.targets.size(); ++i)
            if ((source.targets[i].table->name == "returns") == returns) TRY(load_target(i));
    return {};
}

// What is still not good goes back to the load that read it. A replay that loaded nothing is no load.
Result<> Replayer::finish() {
    const auto back =
        TRY(connection.query("UPDATE data.quarantine SET load_id = ? WHERE load_id = ?", from.load_id, done.replay_id));
    done.quarantined = back.changed();
    done.left_out = done.taken - done.loaded - done.unchanged - done.quarantined;
    if (done.loaded == 0) {
        TRY(connection.query("DELETE FROM data.mend WHERE load_id = ?", done.replay_id));
        done.replay_id = 0;
        return {};
    }
    TRY(connection.query("INSERT INTO data.load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", done.replay_id, source.name,
                         from.file, fmt::format("replay {} of {}", done.replay_id, from.load_id), now(), done.taken,
                         done.loaded, done.mended, done.quarantined, done.unchanged));
    return keep_detail_of_replay(connection, done.replay_id, from.load_id);
}

Result<> replay_rows(Replayer& replayer) {
    if (!TRY(replayer.take())) return {};
    replayer.columns = {.all = replayer.rows->columns, .mode = replayer.source.personal.mode};
    replayer.columns.personal =
        TRY(guarded_columns(replayer.connection, {replayer.source, replayer.shop.folder()}, replayer.columns.all));
    TRY(replayer.must_fit());
    TRY(replayer.route());
    TRY(replayer.quarantine_unrouted());
    TRY(replayer.load_targets());
    return replayer.finish();
}

Result<std::vector<LoadToReplay>> loads_to_replay(const store::Shop& shop, const ReplayFilter& filter) {
    return shop.database().read([&](Connection& connection) {
        return connection.rows<LoadToReplay>(R"(
            SELECT l.load_id, l.source, l.file, coalesce(d.path, '') AS path
            FROM data.load AS l LEFT JOIN data.load_detail AS d USING (load_id)
            WHERE l.load_id IN (SELECT load_id FROM data.quarantine WHERE ? = '' OR rule = ?)
              AND l.load_id NOT IN (SELECT load_id FROM data.replaced_load)
              AND (? = 0 OR l.load_id = ?) AND (? = '' OR l.source = ?)
            ORDER BY l.load_id)",
                                             filter.rule, filter.rule, filter.load_id, filter.load_id, filter.source,
                                             filter.source);
    });
}

}  // namespace

Result<std::vector<ReplayedLoad>> replay(store::Shop& shop, const Mapping& mapping, const ReplayFilter& filter) {
    std::vector<ReplayedLoad> all;
    for (const auto& load : TRY(loads_to_replay(shop, filter))) {
        const ReplayedLoad none{.load_id = load.load_id, .source = load.source, .file = load.file};
        auto done = none;
        const auto source = std::ranges::find(mapping.sources, load.source, &Source::name);
        if (source == mapping.sources.end()) {
            done.problem = fmt::format("the mapping has no source \"{}\" any more; give it back its name", load.source);
        } else {
            TRY(shop.database().write([&](Connection& connection) -> Result<> {
                done = none;
                Replayer replayer{connection, shop, *source, load, filter.rule, done, nullptr};
                return replay_rows(replayer);
            }));
        }
        all.push_back(std::move(done));
    }
    return all;
}

}  // namespace suanpan::data
