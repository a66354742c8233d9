#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/store/connection.h"

// Conditions that a person writes for weak rules and imports: a part of SQL that can only compare columns of one row.
//
//     rating <= 2 AND (contains(lower(text), 'refund') OR number(weight) > ?)
//
// Known are AND OR NOT IN LIKE ILIKE BETWEEN IS NULL TRUE FALSE, = <> != < <= > >= + - * / ||, parentheses, texts in
// '…', numbers, columns (or "columns"), ? for a given value, and the functions lower upper trim length contains
// starts_with ends_with regexp_matches abs round coalesce number. number(x) is NULL where x is not a number.
namespace suanpan::data::labels {

struct Predicate {
    std::string sql;                   // in parentheses; columns quoted; each value is a `?`
    std::vector<store::Value> values;  // of the `?`, in order
    std::vector<std::string> columns;  // that it names, each once
};

// `given` are the values of the `?` in the text, in order. Errors: invalid_argument with the place in the text.
[[nodiscard]] Result<Predicate> parse_predicate(std::string_view text, std::span<const std::string> given);

}  // namespace suanpan::data::labels
