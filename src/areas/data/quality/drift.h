#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/store/connection.h"

// How a load's rows differ from those of earlier loads of its source.
namespace suanpan::data::quality {

// Shares of the rows by bin: the tenths of the earlier rows for numbers, the values for categories.
struct Histogram {
    std::vector<std::string> labels;
    std::vector<double> earlier, now;
};

struct FieldProfile {
    std::string table, field;
    std::int64_t rows = 0, earlier_rows = 0;
    double null_share = 0, earlier_null_share = 0;
    std::optional<double> low, high, earlier_low, earlier_high;  // of numbers; amounts in minor units
    // Population stability index, sum of (p - q) ln(p / q) over the bins, and what it is expected to be by chance
    // alone, (bins - 1)(1/n + 1/m) (Yurdakul and Naranjo 2020). Absent where a side has fewer than 50 rows.
    std::optional<double> psi, psi_by_chance;
    Histogram histogram;
};

// Every field of every table that the load brought rows into. Texts of more than 50 different values have no histogram.
[[nodiscard]] Result<std::vector<FieldProfile>> profile_load(store::Connection& connection, std::int64_t load_id);

// Shares in, as in Histogram; a share of 0 counts as half a row.
struct Counts {
    std::vector<std::int64_t> earlier, now;
};
[[nodiscard]] double stability_index(const Counts& counts);

}  // namespace suanpan::data::quality
