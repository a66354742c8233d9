#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace suanpan::demand {

// One series with what came after it. Periods are counted from the first: `train` of them were seen, then come
// `horizon` to forecast. What is known of both (calendar, price, promotion, weather) is a column each.
struct SeriesRecord {
    std::string id;
    Day first{};                               // of the first period, where the file has dates
    int season = 1;                            // periods in a cycle
    std::vector<double> values;                // seen; NaN: not observed (closed, not listed)
    std::vector<double> actual;                // of the horizon; NaN where the file ends before
    std::vector<double> weight;                // of each period of the horizon when scored; 0: not scored
    std::vector<std::vector<float>> known;     // a column each over seen periods and horizon; NaN: not known
    std::vector<int> category;                 // numbers of the texts that do not change within a series
    std::vector<std::vector<float>> observed;  // a column each over seen periods: known of the past alone

    [[nodiscard]] std::size_t horizon() const { return actual.size(); }
};

struct Dataset {
    std::vector<SeriesRecord> series;
    int step_days = 0;  // between periods; 0: the file has no dates
    std::vector<std::string> known_names, category_names, observed_names;
    std::vector<std::vector<std::string>> category_texts;  // by their numbers, where a file was read
    std::vector<float> adjacency;                          // of the regions (adjacency.h); empty: none is given
};

// How a file with a row a series and period is read. A file with `train` and `test` columns (M3) needs none of it.
struct ReadOptions {
    std::string id = "series", date = "date", value = "value", weight = "weight";  // names of columns
    std::string split;          // the first day that is not seen, or "end"; empty: the last `horizon` are the test
    int horizon = 0;            // 0: to the end of the file
    int season = 0;             // 0: 7 by days, 52 by weeks, 12 by months
    std::string missing = "0";  // of a period without a row: 0, or "gap" for not observed
    std::string adjacency;      // a file (adjacency.h) that says which regions hear of each other; empty: none
};

// Reads a CSV file (also gzip) with one row a series (columns series, period, horizon, train, test; values separated by
// semicolons), or one row a series and period. There, a numeric column is known in the future, too; a text that never
// changes within a series is a category; a weight of 0 keeps a period from being scored, and a seen period with weight
// 0 was not observed.
// Errors: invalid_argument naming series and period for a value that is not a finite number, a duplicate date, dates
// out of step, a series that is empty before the split; not_found for columns that are not there.
[[nodiscard]] Result<Dataset> read_dataset(const std::filesystem::path& file, const ReadOptions& options);

// The same data as they were `horizons` times a series' own horizon earlier: seen periods become the test. Series that
// would keep fewer than `least` periods are left out.
[[nodiscard]] Dataset earlier(const Dataset& dataset, std::size_t horizons, std::size_t least);

// The same data as they were some periods earlier, asked for the `horizon` periods that came then. Series that would
// keep fewer than `least` periods are left out.
struct Cut {
    std::size_t periods = 0, horizon = 1, least = 1;
};
[[nodiscard]] Dataset earlier(const Dataset& dataset, const Cut& cut);

// The place of a known column by its name.
[[nodiscard]] std::optional<std::size_t> known_place(const Dataset& dataset, std::string_view name);

// Some of its series, by their places.
[[nodiscard]] Dataset part_of(const Dataset& dataset, std::span<const std::size_t> places);

// The seen values with gaps closed: a period that was not observed takes the value of the newest one before it at the
// same place of the cycle, else the nearest observed one. Never empty, never NaN.
[[nodiscard]] std::vector<double> filled(const SeriesRecord& series);

}  // namespace suanpan::demand
