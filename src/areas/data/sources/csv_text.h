#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "areas/data/csv/table.h"

// Rows of what is no delimited text, written as such, so that all sources end in the same way.
namespace suanpan::data {

// Appends the cell, quoted where it has to be.
void add_cell(std::string_view cell, std::string& row);

// A row that could not be made: it ends as an unreadable row in the quarantine, with this reason and text. It is one
// quoted cell of NUL, reason, NUL and text, so that no sound row looks like it.
void add_refused_row(std::string_view reason, std::string_view text, std::string& to);

// Why a row of the table cannot be read, and the row as a person can read it.
struct Unreadable {
    std::string reason, text;
};
[[nodiscard]] Unreadable describe_unreadable(const csv::Cells& cells, std::string_view row, csv::Fault fault,
                                             const CsvTable& table);

}  // namespace suanpan::data
