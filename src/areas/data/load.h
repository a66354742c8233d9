#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "areas/data/mapping.h"
#include "areas/data/shop_tests.h"
#include "areas/data/sources/format.h"
#include "platform/store/shop.h"

namespace suanpan::data {

struct RuleCount {
    std::string rule;
    std::string action;  // "quarantine" or "mended"
    std::int64_t rows = 0;
};

// What became of a file's rows: read = loaded + quarantined + unchanged + left_out; mended ones are among the loaded.
struct FileReport {
    std::string file;
    std::string source;
    std::string format, encoding;  // "csv", "GB18030"; no encoding where it was no text
    std::int64_t read = 0, loaded = 0, mended = 0, quarantined = 0, unchanged = 0;
    std::int64_t left_out = 0;  // on purpose, by `leave_out` of the mapping
    double seconds = 0;
    std::vector<RuleCount> rules;
    std::int64_t replaced = 0;  // older rows that rows of the same keys took the place of
    std::vector<TestResult> tests;
    std::int64_t removed = 0;  // rows of an earlier version of the file that are there no more (`replaces: file`)
};

struct LoadStep {
    std::string name;           // "reading", "checking", "writing"
    std::int64_t rows = 0;      // of the file, that this step is through with
    std::int64_t all_rows = 0;  // 0 while they are counted
};

struct LoadOptions {
    // By one thread at a time, not always the same.
    std::function<void(const LoadStep&)> progress = [](const LoadStep&) {};
};

// Reads one file (CSV, TSV, JSON lines, Parquet, .xlsx; plain, gzip or zstd) into the canonical tables, in one
// transaction: half a load never shows. The same bytes under the same mapping change nothing; rows that are there
// already, equal in all, count as unchanged, and a row of a known key takes the old one's place. Rows that cannot be
// used go to data.quarantine with line, column, reason and the row as it came. Errors: no such file; not a table (no
// header, a mapped column is missing); an expression of the mapping that is not SQL.
[[nodiscard]] Result<FileReport> load_file(store::Shop& shop, const Mapping& mapping, const std::filesystem::path& file,
                                           const LoadOptions& options);

// What is loaded where it is no file: a batch of pushed records, of rows of a server.
struct Input {
    std::string name;      // stands where a file's name stands
    std::string about;     // names it in errors
    std::string identity;  // the same one again changes nothing
    std::function<Result<OpenedText>()> open;
    std::filesystem::path path = {};  // of a file
    // All rows that the source has: what its earlier loads brought and these do not goes.
    bool whole_source = false;
    // Runs in the transaction of the load, after it. May run twice.
    std::function<Result<>(store::Connection&)> along = [](store::Connection&) { return Result<>(); };
};
[[nodiscard]] Result<FileReport> load_input(store::Shop& shop, const Source& source, const Input& input,
                                            const LoadOptions& options);

}  // namespace suanpan::data
