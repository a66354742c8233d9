#include "areas/data/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

#include "areas/data/csv/rows.h"
#include "areas/data/csv/text_file.h"
#include "areas/data/faults.h"
#include "areas/data/fingerprint.h"
#include "areas/data/first_load.h"
#include "areas/data/load_sql.h"
#include "areas/data/mapping_check.h"
#include "areas/data/merge.h"
#include "areas/data/personal.h"
#include "areas/data/replace.h"
#include "areas/data/route.h"
#include "areas/data/sources/csv_text.h"
#include "platform/base/money.h"

namespace suanpan::data {

// With linkage, since what reflects it is a template of the library.
struct UnreadableRow {
    std::int64_t load_id, source_line;
    std::string column_name, rule, reason, raw;
};

struct CountedRule {
    std::string rule;
    std::string action;
    std::int64_t rows = 0;
};

namespace {

namespace fs = std::filesystem;
constexpr auto withheld = "withheld: it may tell who a person is; see the line of the file";
using store::Connection;

// Tells how many rows of the file were written; statements add to it from threads of their own.
class Counter {
  public:
    Counter(const LoadOptions& options, std::int64_t all) : options_(options), at_{"writing", 0, all} {
        options_.progress(at_);
    }
    void add(std::size_t rows) {
        const std::lock_guard lock(mutex_);
        at_.rows += static_cast<std::int64_t>(rows);
        options_.progress(at_);
    }

  private:
    const LoadOptions& options_;
    std::mutex mutex_;
    LoadStep at_;
};

struct Loader {
    Connection& connection;
    const store::Shop& shop;
    const Source& source;
    std::shared_ptr<CsvTable> table;
    FileReport& report;
    const Input& input;
    FileColumns columns = {};
    std::int64_t load_id = 0;
    MergeOptions::Keys keys = MergeOptions::Keys::forget;
    std::shared_ptr<Counter> written = {};

    // While it lives, `offered_rows(?)` gives the rows of this fate.
    [[nodiscard]] store::Offer rows_of(std::uint8_t fate, CsvRows::Given given = [](std::size_t) {}) const {
        return connection.offer(
            std::make_shared<CsvRows>(table, NullTexts(source.null_texts), CsvRows::Part{fate}, std::move(given)));
    }
    [[nodiscard]] std::unexpected<Error> does_not_fit(std::string_view what, const Error& error) const;
    Result<> quarantine_unreadable();
    Result<> quarantine_rows(std::uint8_t fate, std::string_view rule, std::string_view reason);
    Result<> load_target(std::size_t index);
    Result<> count_rules();
};

// An expression of the mapping that DuckDB refuses; other errors stay what they are.
std::unexpected<Error> Loader::does_not_fit(std::string_view what, const Error& error) const {
    if (error.code == ErrorCode::no_space || error.code == ErrorCode::unavailable) return std::unexpected(error);
    std::string columns;
    for (const auto& column : table->columns) columns += (columns.empty() ? "" : ", ") + column;
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} does not fit the file: {}; the file has the columns {}", what, error.message, columns),
                report.file);
}

Result<> Loader::quarantine_unreadable() {
    csv::Cells cells;
    for (std::size_t chunk = 0; chunk < table->chunks.size(); ++chunk) {
        std::vector<UnreadableRow> rows;
        TRY(table->each_row(chunk, Fate::unreadable, [&](const CsvTable::Row& row) -> Result<> {
            const auto fault = split_row(cells, row.text, *table);
            auto [reason, text] = describe_unreadable(cells, row.text, fault, *table);
            rows.push_back({load_id, static_cast<std::int64_t>(row.line), "", "unreadable row", std::move(reason),
                            columns.personal.empty() ? std::move(text) : withheld});
            return {};
        }));
        if (!rows.empty()) TRY(connection.append<UnreadableRow>("data", "quarantine", rows));
    }
    return {};
}

Result<> Loader::quarantine_rows(std::uint8_t fate, std::string_view rule, std::string_view reason) {
    if (table->count(fate) == 0) return {};
    const auto rows = rows_of(fate);
    TRY(connection.query(
        fmt::format("INSERT INTO data.quarantine SELECT ?, source_line, '', ?, ?, {} FROM offered_rows(?)",
                    raw_sql(columns)),
        load_id, rule, reason, rows.number()));
    return {};
}

Result<> Loader::load_target(std::size_t index) {
    const auto& target = source.targets[index];
    const auto sql = typed_sql(target, {.columns = columns,
                                        .time_zone = shop.settings().time_zone,
                                        .currency = shop.settings().currency,
                                        .minor_digits = minor_digits(shop.settings().currency)});
    const auto fate = static_cast<std::uint8_t>(index);
    const auto misfit = [&](const Error& error) {
        return does_not_fit(fmt::format("the mapping of {}", target.table->name), error);
    };
    auto told = std::optional(rows_of(fate, [written = written](std::size_t count) { written->add(count); }));
    if (TRY(may_go_straight(connection, target, sql, keys))) {
        const auto done = TRY(load_first({connection, target, sql, load_id, raw_sql(columns), *table, fate, *told,
                                          [&](std::uint8_t of) { return rows_of(of); }, misfit}));
        report.loaded += done.loaded;
        report.mended += done.mended;
        return {};
    }
    if (auto done = connection.query("CREATE OR REPLACE TEMP TABLE typed AS " + sql.typed, told->number()); !done)
        return misfit(done.error());
    told.reset();
    const auto rows = rows_of(fate);
    TRY(quarantine_faults(connection, {load_id, target, sql}));
    report.mended += TRY(count_mends(connection, {load_id, target, sql}));
    const auto merged = TRY(
        merge(connection, target, {.load_id = load_id, .rows = rows.number(), .raw = raw_sql(columns), .keys = keys}));
    report.loaded += merged.written;
    report.replaced += merged.replaced;
    report.unchanged += merged.unchanged;
    return {};
}

Result<> Loader::count_rules() {
    for (const auto& row : TRY(connection.rows<CountedRule>(R"(
        SELECT rule, 'quarantine' AS action, count(*) AS rows FROM data.quarantine WHERE load_id = ? GROUP BY ALL
        UNION ALL
        SELECT rule, 'mended', rows FROM data.mend WHERE load_id = ?
        ORDER BY action DESC, rows DESC, rule)",
                                                            load_id, load_id)))
        report.rules.push_back({row.rule, row.action, row.rows});
    report.quarantined = TRY(connection.count("SELECT count(*) FROM data.quarantine WHERE load_id = ?", load_id));
    return {};
}

Result<> load_rows(Loader& loader, const LoadOptions& options) {
    auto& connection = loader.connection;
    loader.load_id = TRY(connection.count("SELECT coalesce(max(load_id), 0) + 1 FROM data.load"));
    loader.columns = {.all = loader.table->columns, .mode = loader.source.personal.mode};
    loader.columns.personal =
        TRY(guarded_columns(connection, {loader.source, loader.shop.folder()}, loader.columns.all));
    const LoadOfFile load{loader.source, loader.report.file, loader.load_id, loader.input.whole_source};
    const bool replaces = TRY(replaces_earlier(connection, load));
    loader.keys = replaces ? MergeOptions::Keys::remember : MergeOptions::Keys::forget;
    const auto all = std::ssize(loader.table->sizes);
    const auto checked = [&](std::size_t rows) {
        options.progress({"checking", static_cast<std::int64_t>(rows), all});
    };
    checked(0);
    if (auto done = route(connection, loader.table, loader.source, checked); !done)
        return loader.does_not_fit(
            fmt::format("source \"{}\", by `when` or the number of its orders,", loader.source.name), done.error());
    TRY(loader.quarantine_unreadable());
    TRY(loader.quarantine_rows(Fate::unrouted, "no table takes it", "no `when` of the mapping holds for this row"));
    TRY(loader.quarantine_rows(Fate::duplicate, "duplicate",
                               "an earlier line of the file is the same in every column"));
    loader.written = std::make_shared<Counter>(options, all);
    // Returns are matched to order lines, also to those of the same file.
    for (const bool returns : {false, true})
        for (std::size_t i = 0; i < loader.source.targets.size(); ++i)
            if ((loader.source.targets[i].table->name == "returns") == returns) TRY(loader.load_target(i));
    if (replaces) loader.report.removed = TRY(remove_missing(connection, load));
    TRY(loader.count_rules());
    return connection.run("DROP TABLE IF EXISTS typed");
}

struct ToRead {
    const Source& source;
    const Input& input;
    const LoadOptions& options;
};

// Told as soon as the header is known, before any row is read.
Result<> refuse_columns(const store::Shop& shop, const ToRead& to_read, const std::vector<std::string>& columns) {
    const auto& source = to_read.source;
    if (source.personal.mode == Personal::Mode::pseudonymise) (void)TRY(personal_columns(source, columns));
    if (std::ranges::all_of(source.targets, [](const Target& target) { return target.places.empty(); })) return {};
    auto connection = TRY(shop.database().connect());
    return refuse_problems(TRY(check_source(connection, source, columns)),
                           fmt::format("does not fit {}", to_read.input.name),
                           fmt::format("; the file has the columns {}", fmt::join(columns, ", ")));
}

Result<std::shared_ptr<CsvTable>> read_table(const store::Shop& shop, const ToRead& to_read) {
    const auto& [source, input, options] = to_read;
    const bool refuse = std::ranges::any_of(source.targets, &Target::refuse_duplicates);
    std::shared_ptr<const TextFile> text =
        TRY(TextFile::open(TRY(input.open()), input.about, {.spill_folder = shop.folder()}));
    auto table = index_csv(
        std::move(text),
        {.delimiter = source.delimiter,
         .null_texts = source.null_texts,
         .duplicates = refuse ? Duplicates::find : Duplicates::keep,
         .progress = [&options](std::size_t rows) { options.progress({"reading", static_cast<std::int64_t>(rows)}); },
         .columns = [&](const std::vector<std::string>& columns) { return refuse_columns(shop, to_read, columns); }});
    if (!table && table.error().about.empty()) table.error().about = input.about;
    return std::make_shared<CsvTable>(TRY(std::move(table)));
}

// A setting of the whole database, while a big write needs it. Rows carry their line, so their order in the store is
// free, and DuckDB writes with all threads; statements that run meanwhile and care for an order say so, as SQL asks of
// them anyway. A commit of more than the limit goes to its place in the file at once instead of the log first.
class Setting {
  public:
    static constexpr const char *any_order = "preserve_insertion_order = false", *no_log = "wal_autocheckpoint = '1MB'";
    Setting(store::Database& database, std::string_view setting) : database_(database), setting_(setting) {
        run(fmt::format("SET {}", setting_));
    }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;
    ~Setting() { run(fmt::format("RESET {}", setting_.substr(0, setting_.find(' ')))); }

  private:
    void run(const std::string& sql) {
        (void)database_.read([&](Connection& connection) { return connection.run(sql); });
    }
    store::Database& database_;
    std::string_view setting_;
};

// How many rows the file had when it was loaded under the same mapping.
Result<std::optional<std::int64_t>> known_rows(Connection& connection, const std::string& identity) {
    const auto known = TRY(connection.query("SELECT \"read\" FROM data.load WHERE fingerprint = ? LIMIT 1", identity));
    if (known.rows() == 0) return std::nullopt;
    return known.values<std::int64_t>(0, 0)[0];
}

// In the writer's transaction; may run twice, see Database::write.
Result<> load_new(Loader& loader, const std::string& identity, const LoadOptions& options) {
    auto& report = loader.report;
    report.read = std::ssize(loader.table->fates) - loader.table->count(Fate::blank);
    TRY(load_rows(loader, options));
    TRY(loader.connection.query("INSERT INTO data.load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", loader.load_id,
                                loader.source.name, report.file, identity, now(), report.read, report.loaded,
                                report.mended, report.quarantined, report.unchanged));
    report.tests = TRY(run_shop_tests(loader.connection, loader.source.tests));
    TRY(refuse_failed(report.tests, report.file));
    TRY(keep_results(loader.connection, loader.load_id, report.tests));
    return keep_detail(
        loader.connection,
        {.load_id = loader.load_id, .replaced = report.replaced, .removed = report.removed, .path = loader.input.path});
}

// What the text turned out to be, and how many of its lines were brought to UTF-8.
Result<> tell_of_text(Loader& loader) {
    const auto& told = loader.table->text->told();
    loader.report.format = told.format;
    loader.report.encoding = told.encoding;
    if (told.converted == 0) return {};
    TRY(loader.connection.query("INSERT INTO data.mend VALUES (?, ?, ?)", loader.load_id, "encoding " + told.encoding,
                                told.converted));
    loader.report.rules.push_back({"encoding " + told.encoding, "mended", told.converted});
    return {};
}

}  // namespace

Result<FileReport> load_file(store::Shop& shop, const Mapping& mapping, const fs::path& file,
                             const LoadOptions& options) {
    const auto* source = TRY(source_for(mapping, file.filename().string()));
    const Input input{.name = file.filename().string(),
                      .about = file.string(),
                      .identity = TRY(fingerprint(file, mapping.text)),
                      .open = [&] { return open_text(file, source->reading, {.spill_folder = shop.folder()}); },
                      .path = file};
    return load_input(shop, *source, input, options);
}

Result<FileReport> load_input(store::Shop& shop, const Source& source, const Input& input, const LoadOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const FileReport none{.file = input.name, .source = source.name};
    auto report = none;
    const auto known_before =
        TRY(shop.database().read([&](Connection& connection) { return known_rows(connection, input.identity); }));
    if (known_before) {
        report.read = report.unchanged = *known_before;
    } else {
        options.progress({"reading"});
        const auto table = TRY(read_table(shop, {source, input, options}));
        const Setting any_order(shop.database(), Setting::any_order), no_log(shop.database(), Setting::no_log);
        TRY(shop.database().write([&](Connection& connection) -> Result<> {
            report = none;
            if (const auto known = TRY(known_rows(connection, input.identity))) {  // by another, meanwhile
                report.read = report.unchanged = *known;
                return input.along(connection);
            }
            Loader loader{connection, shop, source, table, report, input};
            TRY(load_new(loader, input.identity, options));
            TRY(tell_of_text(loader));
            return input.along(connection);
        }));
    }
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return report;
}

}  // namespace suanpan::data
