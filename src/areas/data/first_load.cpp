#include "areas/data/first_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "areas/data/faults.h"
#include "areas/data/key_marks.h"
#include "areas/data/merge_sql.h"
#include "areas/data/named.h"
#include "areas/data/repeated_keys.h"
#include "areas/data/route.h"

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct SuspectKey {
    std::int64_t key_hash = 0;
};

namespace {

using store::Connection;

constexpr std::size_t most_mends = 62;

// Whole and never negative; of the same rows the same in typed rows and in the store.
std::string key_hash(const Target& target) {
    return fmt::format("CAST(hash({}) >> 1 AS BIGINT)", key_of(target));
}

// Lets sound rows pass and notes what is to be done about the others.
class Notes : public store::RowFilter {
  public:
    Notes(std::size_t mends, std::optional<std::size_t> keyed_rows) : mends_(mends) {
        if (keyed_rows) marks_.emplace(*keyed_rows);
    }

    // Columns: fault, source_row, mends as bits, hash of the key.
    void judge(Columns columns, std::span<bool> passes) override {
        const auto faults = columns[0], rows = columns[1], mended = columns[2], keys = columns[3];
        std::vector<std::int64_t> faulty, suspects;
        for (std::size_t i = 0; i < passes.size(); ++i) {
            passes[i] = faults[i] == 0;
            if (!passes[i])
                faulty.push_back(rows[i]);
            else if (marks_ && marks_->mark(static_cast<std::uint64_t>(keys[i])))
                suspects.push_back(keys[i]);
        }
        const std::lock_guard lock(mutex_);
        faulty_.insert(faulty_.end(), faulty.begin(), faulty.end());
        suspects_.insert(suspects_.end(), suspects.begin(), suspects.end());
        if (!mends_.empty()) count_mends(mended, passes);
    }

    [[nodiscard]] const std::vector<std::int64_t>& faulty() const { return faulty_; }      // numbers of rows
    [[nodiscard]] const std::vector<std::int64_t>& suspects() const { return suspects_; }  // hashes
    [[nodiscard]] const std::vector<std::int64_t>& mends() const { return mends_; }        // rows by rule
    [[nodiscard]] std::int64_t mended() const { return mended_; }

  private:
    void count_mends(std::span<const std::int64_t> mended, std::span<const bool> passes) {
        for (std::size_t i = 0; i < passes.size(); ++i) {
            if (!passes[i] || mended[i] == 0) continue;
            ++mended_;
            for (std::size_t rule = 0; rule < mends_.size(); ++rule) mends_[rule] += mended[i] >> rule & 1;
        }
    }

    std::optional<KeyMarks> marks_;
    std::mutex mutex_;
    std::vector<std::int64_t> faulty_, suspects_, mends_;
    std::int64_t mended_ = 0;
};

std::string mend_bits(const TargetSql& sql) {
    std::string bits = "0";
    for (std::size_t i = 0; i < sql.mends.size(); ++i)
        bits += fmt::format(" + CASE WHEN mend_{} THEN {} ELSE 0 END", i, std::int64_t(1) << i);
    return fmt::format("CAST({} AS BIGINT)", bits);
}

// A row's verdict is a column of its own, so that what it rests on is not worked out again for the columns that are
// written. Keys are those of the store's columns; numbers that the load gives are given to sound rows alone.
std::string insert_sql(const FirstRows& rows, bool keyed) {
    std::string noted = "source_row, fault";
    for (std::size_t i = 0; i < rows.sql.mends.size(); ++i) noted += fmt::format(", mend_{}", i);
    const auto verdict = fmt::format("passes(?, coalesce(CAST(fault AS BIGINT), 0), source_row, {}, {}) AS kept",
                                     mend_bits(rows.sql), keyed ? key_hash(rows.target) : "CAST(0 AS BIGINT)");
    const auto select = canonical_select(rows.target);
    const auto sound = keyed ? fmt::format(
                                   "SELECT * EXCLUDE ({0}, kept) FROM (SELECT *, {1} FROM ({2}, source_line, {0} FROM "
                                   "({3}))) WHERE kept",
                                   noted, verdict, select, rows.sql.typed)
                             : fmt::format("{}, source_line FROM (SELECT *, {} FROM ({})) WHERE kept", select, verdict,
                                           rows.sql.typed);
    return fmt::format("INSERT INTO {} BY NAME SELECT *, ? AS load_id FROM ({})", store_name(rows.target), sound);
}

Result<> quarantine_faulty(const FirstRows& rows, const Notes& notes) {
    if (notes.faulty().empty()) return {};
    for (const auto row : notes.faulty()) rows.table.fates[static_cast<std::size_t>(row)] = Fate::faulty;
    const auto faulty = rows.rows_of(Fate::faulty);
    TRY(rows.connection.query("CREATE OR REPLACE TEMP TABLE typed AS " + rows.sql.typed, faulty.number()));
    return quarantine_faults(rows.connection, {rows.load_id, rows.target, rows.sql});
}

Result<> keep_mends(const FirstRows& rows, const Notes& notes) {
    for (std::size_t i = 0; i < notes.mends().size(); ++i)
        if (notes.mends()[i] > 0)
            TRY(rows.connection.query("INSERT INTO data.mend VALUES (?, ?, ?)", rows.load_id, rows.sql.mends[i],
                                      notes.mends()[i]));
    return {};
}

// Makes the temporary table `repeated` of the rows whose key a later row of the store has, too; returns how many.
Result<std::int64_t> find_repeated(const FirstRows& rows, const Notes& notes) {
    auto& connection = rows.connection;
    std::vector<SuspectKey> suspects;
    suspects.reserve(notes.suspects().size());
    for (const auto hash : notes.suspects()) suspects.push_back({hash});
    TRY(connection.run("CREATE OR REPLACE TEMP TABLE suspects (key_hash BIGINT)"));
    TRY(connection.append<SuspectKey>("", "suspects", suspects));
    TRY(connection.query(fmt::format(R"(
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT source_line FROM {} WHERE load_id = ? AND {} IN (SELECT key_hash FROM suspects)
        QUALIFY row_number() OVER (PARTITION BY {} ORDER BY source_line DESC) > 1)",
                                     store_name(rows.target), key_hash(rows.target), key_of(rows.target)),
                         rows.load_id));
    TRY(connection.run("DROP TABLE suspects"));
    return connection.count("SELECT count(*) FROM repeated");
}

Result<std::int64_t> take_back_repeated(const FirstRows& rows, const Notes& notes) {
    if (notes.suspects().empty()) return 0;
    const auto repeated = TRY(find_repeated(rows, notes));
    if (repeated > 0) {
        const auto offer = rows.rows_of(rows.fate);
        TRY(quarantine_repeated(rows.connection, rows.target, {rows.load_id, offer.number(), rows.raw}));
        TRY(rows.connection.query(
            fmt::format("DELETE FROM {} WHERE load_id = ? AND source_line IN (FROM repeated)", store_name(rows.target)),
            rows.load_id));
    }
    TRY(rows.connection.run("DROP TABLE repeated"));
    return repeated;
}

// What the store has is quicker to read than the file.
Result<> describe(const FirstRows& rows) {
    const auto& target = rows.target;
    if (target.table->name != "order_lines") return {};
    if (target.expression("title") == nullptr && target.expression("product") == nullptr)
        return describe_the_named(
            rows.connection, target,
            {rows.load_id, fmt::format("(FROM {} WHERE load_id = {})", store_name(target), rows.load_id)});
    const auto offer = rows.rows_of(rows.fate);
    return describe_the_named(rows.connection, target,
                              {rows.load_id, fmt::format("({})", rows.sql.typed), offer.number()});
}

}  // namespace

Result<bool> may_go_straight(Connection& connection, const Target& target, const TargetSql& sql,
                             MergeOptions::Keys keys) {
    const auto& name = target.table->name;
    if (target.table == &nothing_table() || name == "returns" || name == "sales" || target.declared.unnested)
        return false;
    if (keys == MergeOptions::Keys::remember && !numbered_by_load(target)) return false;
    if (sql.mends.size() > most_mends) return false;
    return is_empty(connection, target);
}

Result<FirstLoaded> load_first(const FirstRows& rows) {
    const bool keyed = !numbered_by_load(rows.target);
    const auto count = static_cast<std::size_t>(rows.table.count(rows.fate));
    const auto notes = std::make_shared<Notes>(rows.sql.mends.size(), keyed ? std::optional(count) : std::nullopt);
    std::int64_t written = 0;
    {
        const auto filter = rows.connection.offer(notes);
        const auto done =
            rows.connection.query(insert_sql(rows, keyed), rows.load_id, filter.number(), rows.offer.number());
        if (!done) return rows.misfit(done.error());
        written = done->changed();
    }
    TRY(quarantine_faulty(rows, *notes));
    TRY(keep_mends(rows, *notes));
    written -= TRY(take_back_repeated(rows, *notes));
    TRY(describe(rows));
    return FirstLoaded{written, notes->mended()};
}

}  // namespace suanpan::data
