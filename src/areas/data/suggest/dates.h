#pragma once

#include <span>
#include <string>
#include <string_view>

namespace suanpan::data {

// A way to write a day or an instant. `read` is SQL that gives a TIMESTAMP, a local time, for the text {0}, or NULL.
struct DateForm {
    std::string_view name;  // "%d/%m/%Y", "iso", "epoch seconds"
    std::string_view read;
    bool offset = false;    // tells its offset from UTC, so that it is an instant by itself
    std::string_view twin;  // the form that reads the same texts with day and month exchanged
};

[[nodiscard]] std::span<const DateForm> date_forms();
[[nodiscard]] const DateForm* find_date_form(std::string_view name);

// SQL of a text that a mapping's day or instant field takes, from the column's SQL; the column itself where it needs no
// help. `time_zone` is the shop's.
[[nodiscard]] std::string day_expression(const DateForm& form, std::string_view column, std::string_view time_zone);
[[nodiscard]] std::string instant_expression(const DateForm& form, std::string_view column, std::string_view time_zone);

}  // namespace suanpan::data
