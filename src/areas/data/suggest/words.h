#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace suanpan::data {

// How well a column's header names a canonical field, by a declared dictionary of English and Chinese words: 1 where
// the header is one of the field's names, less where it only contains one, 0 where nothing speaks for it.
struct HeaderFit {
    double score = 0;
    std::string_view word;  // of the dictionary, that fitted
    bool whole = false;     // it is the whole header
};

[[nodiscard]] HeaderFit header_fit(std::string_view header, std::string_view table, std::string_view field);

// "InvoiceNo" -> invoice, no; "user_id:token" -> user, id; Chinese stays in one piece.
[[nodiscard]] std::vector<std::string> header_words(std::string_view header);

// Whether the name of a file speaks for a table: "orders_2024.csv" for order_lines.
[[nodiscard]] bool file_name_hints(std::string_view file, std::string_view table);

}  // namespace suanpan::data
