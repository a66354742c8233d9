#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/store/database.h"

namespace suanpan::data {

// What the values of a column look like. Shares are of the values that are there, 0 to 1, over an even sample of at
// most 20,000 rows; the counts are over all rows read.
struct ColumnProfile {
    std::string name;
    std::int64_t filled = 0, distinct = 0;
    std::string least, greatest;
    std::vector<std::string> samples;  // at most three, the most frequent first
    double whole = 0, real = 0, decimals = 0, negative = 0, unit_interval = 0, boolean = 0;
    double amount = 0;  // a number with a currency sign or thousands separators
    double email = 0, country = 0, link = 0;
    double timed = 0;             // of the days, those with a time of day
    double dated = 0;             // a day or a date and time in `date_form`
    std::string date_form;        // a name of date_forms(); empty where no form reads most values
    bool ambiguous_date = false;  // day and month may be the other way round
    double length = 0;            // characters, on average

    [[nodiscard]] bool constant() const { return distinct <= 1; }
};

struct FileProfile {
    std::string file;  // its name, without folder
    std::string delimiter;
    bool header = true;
    std::int64_t rows = 0;  // as many as were read
    bool whole_file = true;
    std::vector<std::string> null_texts;  // that stand for nothing in this file, such as NA
    std::vector<ColumnProfile> columns;
    std::vector<std::string> keys;  // columns that are unique and never empty

    [[nodiscard]] const ColumnProfile* find(std::string_view name) const;
};

// Reads a CSV or TSV file, plain or gzip, into a database in memory and looks at its columns.
class Profiler {
  public:
    // Errors: no such file; not a table.
    [[nodiscard]] static Result<Profiler> of(const std::filesystem::path& file);

    [[nodiscard]] const FileProfile& profile() const { return profile_; }
    // Distinct combinations of the columns per row, 0 to 1; 1 where they are a key.
    [[nodiscard]] Result<double> uniqueness(const std::vector<std::string>& columns);
    // Days between one distinct day and the next, most often; `day` is SQL of a day over the columns.
    [[nodiscard]] Result<std::int64_t> usual_gap(std::string_view day);

  private:
    explicit Profiler(std::unique_ptr<store::Database> database, store::Connection connection)
        : database_(std::move(database)), connection_(std::move(connection)) {}
    [[nodiscard]] Result<> sniff(const std::filesystem::path& file);
    [[nodiscard]] Result<> read(const std::filesystem::path& file);
    [[nodiscard]] Result<bool> names_are_data(const std::vector<std::string>& names);
    [[nodiscard]] Result<> find_null_texts(const std::vector<std::string>& names);
    [[nodiscard]] Result<> look_at(const std::string& name);

    std::unique_ptr<store::Database> database_;
    store::Connection connection_;
    FileProfile profile_;
};

}  // namespace suanpan::data
