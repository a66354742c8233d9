#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/data/mapping.h"
#include "platform/store/quote.h"

// The statements of a load, made from a mapping. The expressions of a mapping are SQL and are the shop's own; every
// text that is not is quoted here or bound by the caller.
namespace suanpan::data {

// Why a row may be set aside. Its number in the list, from 1, is what the `fault` column of a typed row holds.
struct Fault {
    std::string column, rule, reason;
    std::string condition;  // SQL over the typed row
    std::string value;      // SQL of the text to show in the reason, or empty
};

struct TargetSql {
    std::vector<Fault> faults;
    std::vector<std::string> mends;  // names of the mending rules, in order
    // SELECT source_line, source_place, source_row, fields and days…, raw, fault, fault_value, mend_0…; `?` is the
    // offer of its rows. source_place only where the load numbers lines.
    std::string typed;
};

using store::quote_name;
using store::quote_text;

// The column of typed rows with the shop's day of an instant.
[[nodiscard]] std::string day_name(std::string_view instant);

// What a statement knows of a file's columns: all, and those that go through guarded_sql().
struct FileColumns {
    std::vector<std::string> all, personal;
    Personal::Mode mode = Personal::Mode::keep;
};

// A row as it came, as one JSON object; personal columns as they may be kept.
[[nodiscard]] std::string raw_sql(const FileColumns& columns);

// Which target takes a row, as its number; NULL where none does.
[[nodiscard]] std::string route_sql(const Source& source);

struct TypedOptions {
    FileColumns columns;
    std::string time_zone, currency;  // the shop's
    int minor_digits = 2;
};
[[nodiscard]] TargetSql typed_sql(const Target& target, const TypedOptions& options);

// WITH texts AS (…), typed AS (…) of the rows of `from`, which have the file's columns: what rules are judged on.
[[nodiscard]] std::string typed_rows_sql(const Target& target, const TypedOptions& options, std::string_view from);

}  // namespace suanpan::data
