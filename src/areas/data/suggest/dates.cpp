#include "areas/data/suggest/dates.h"

#include <fmt/format.h>

#include <array>

#include "areas/data/load_sql.h"

namespace suanpan::data {
namespace {

// In the order of trust: where two read a column equally well, the first is taken.
constexpr auto forms = std::to_array<DateForm>({
    {"iso with offset",
     "CASE WHEN regexp_full_match({0}, '.*[0-9](Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)') AND contains({0}, ':') "
     "THEN timezone('UTC', TRY_CAST({0} AS TIMESTAMPTZ)) END",
     true, ""},
    {"%Y-%m-%d %H:%M:%S %z", "timezone('UTC', try_strptime({0}, '%Y-%m-%d %H:%M:%S %z'))", true, ""},
    {"iso", "CASE WHEN contains({0}, '-') THEN TRY_CAST({0} AS TIMESTAMP) END", false, ""},
    {"%Y/%m/%d", "try_strptime({0}, '%Y/%m/%d')", false, ""},
    {"%Y/%m/%d %H:%M", "try_strptime({0}, '%Y/%m/%d %H:%M')", false, ""},
    {"%Y/%m/%d %H:%M:%S", "try_strptime({0}, '%Y/%m/%d %H:%M:%S')", false, ""},
    {"%d/%m/%Y", "try_strptime({0}, '%d/%m/%Y')", false, "%m/%d/%Y"},
    {"%m/%d/%Y", "try_strptime({0}, '%m/%d/%Y')", false, "%d/%m/%Y"},
    {"%d/%m/%y", "try_strptime({0}, '%d/%m/%y')", false, "%m/%d/%y"},
    {"%m/%d/%y", "try_strptime({0}, '%m/%d/%y')", false, "%d/%m/%y"},
    {"%d/%m/%Y %H:%M", "try_strptime({0}, '%d/%m/%Y %H:%M')", false, "%m/%d/%Y %H:%M"},
    {"%m/%d/%Y %H:%M", "try_strptime({0}, '%m/%d/%Y %H:%M')", false, "%d/%m/%Y %H:%M"},
    {"%d/%m/%Y %H:%M:%S", "try_strptime({0}, '%d/%m/%Y %H:%M:%S')", false, "%m/%d/%Y %H:%M:%S"},
    {"%m/%d/%Y %H:%M:%S", "try_strptime({0}, '%m/%d/%Y %H:%M:%S')", false, "%d/%m/%Y %H:%M:%S"},
    {"%d.%m.%Y", "try_strptime({0}, '%d.%m.%Y')", false, ""},
    {"%d.%m.%Y %H:%M", "try_strptime({0}, '%d.%m.%Y %H:%M')", false, ""},
    {"%d-%m-%Y", "try_strptime({0}, '%d-%m-%Y')", false, "%m-%d-%Y"},
    {"%m-%d-%Y", "try_strptime({0}, '%m-%d-%Y')", false, "%d-%m-%Y"},
    {"%Y年%m月%d日", "try_strptime({0}, '%Y年%m月%d日')", false, ""},
    {"%d %b %Y", "try_strptime({0}, '%d %b %Y')", false, ""},
    {"%b %d, %Y", "try_strptime({0}, '%b %d, %Y')", false, ""},
    {"%Y%m%d", "CASE WHEN regexp_full_match({0}, '(19|20)[0-9]{{6}}') THEN try_strptime({0}, '%Y%m%d') END", false, ""},
    {"epoch seconds",
     "CASE WHEN TRY_CAST({0} AS BIGINT) BETWEEN 631152000 AND 2208988800 AND length({0}) >= 9 "
     "THEN timezone('UTC', to_timestamp(TRY_CAST({0} AS BIGINT))) END",
     true, ""},
    {"epoch milliseconds",
     "CASE WHEN TRY_CAST({0} AS BIGINT) BETWEEN 631152000000 AND 2208988800000 "
     "THEN epoch_ms(TRY_CAST({0} AS BIGINT)) END",
     true, ""},
    {"epoch microseconds",
     "CASE WHEN TRY_CAST({0} AS BIGINT) BETWEEN 631152000000000 AND 2208988800000000 "
     "THEN make_timestamp(TRY_CAST({0} AS BIGINT)) END",
     true, ""},
});

std::string local_time(const DateForm& form, std::string_view column, std::string_view time_zone) {
    const auto read = fmt::vformat(form.read, fmt::make_format_args(column));
    if (!form.offset) return read;
    return fmt::format("timezone({}, timezone('UTC', {}))", quote_text(time_zone), read);
}

}  // namespace

std::span<const DateForm> date_forms() {
    return forms;
}

const DateForm* find_date_form(std::string_view name) {
    for (const auto& form : forms)
        if (form.name == name) return &form;
    return nullptr;
}

std::string day_expression(const DateForm& form, std::string_view column, std::string_view time_zone) {
    if (form.name == "iso") return fmt::format("CAST(TRY_CAST({} AS TIMESTAMP) AS DATE)", column);
    return fmt::format("CAST({} AS DATE)", local_time(form, column, time_zone));
}

std::string instant_expression(const DateForm& form, std::string_view column, std::string_view time_zone) {
    if (form.name == "iso") return std::string(column);
    return local_time(form, column, time_zone);
}

}  // namespace suanpan::data
