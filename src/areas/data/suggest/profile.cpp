#include "areas/data/suggest/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "areas/data/load_sql.h"
#include "areas/data/suggest/dates.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using store::Connection;

constexpr std::int64_t most_rows = 1'000'000;
constexpr std::int64_t sample_rows = 20'000;
constexpr double most_values = 0.9;  // a form of dates must read so many

constexpr std::string_view countries =
    "'united kingdom','uk','great "
    "britain','ireland','eire','france','germany','spain','portugal','italy','netherlands',"
    "'belgium','switzerland','austria','sweden','norway','denmark','finland','iceland','poland','czech republic',"
    "'hungary','romania','bulgaria','greece','cyprus','malta','lithuania','latvia','estonia','turkey','russia','"
    "ukraine',"
    "'usa','united states','united states of america','canada','mexico','brazil','argentina','chile','colombia','peru',"
    "'china','hong kong','taiwan','japan','south korea','korea','india','pakistan','bangladesh','vietnam','thailand',"
    "'singapore','malaysia','indonesia','philippines','australia','new zealand','south "
    "africa','nigeria','egypt','israel',"
    "'saudi arabia','united arab "
    "emirates','lebanon','bahrain','kuwait','qatar','中国','美国','英国','日本','韩国','法国',"
    "'德国','意大利','西班牙','加拿大','澳大利亚','俄罗斯','新加坡','马来西亚','泰国','越南','印度'";

struct Shares {
    std::int64_t filled = 0, distinct_values = 0;
    std::optional<std::string> least, greatest;
    double whole = 0, real = 0, decimals = 0, negative = 0, unit_interval = 0, boolean = 0, amount = 0, email = 0,
           country = 0, link = 0, length = 0;
};

struct Sniffed {
    std::string delimiter;
    bool header = false;
};

struct Text {
    std::string value;
};

std::string shares_sql(const std::string& column) {
    return fmt::format(R"(
        WITH v AS (SELECT {0} AS c, TRY_CAST({0} AS DOUBLE) AS x FROM sample WHERE {0} IS NOT NULL)
        SELECT (SELECT count({0}) FROM raw) AS filled,
               (SELECT approx_count_distinct({0}) FROM raw) AS distinct_values,
               (SELECT CASE WHEN count(TRY_CAST({0} AS DOUBLE)) = count({0})
                            THEN CAST(min(TRY_CAST({0} AS DOUBLE)) AS VARCHAR) ELSE min({0}) END FROM raw) AS least,
               (SELECT CASE WHEN count(TRY_CAST({0} AS DOUBLE)) = count({0})
                            THEN CAST(max(TRY_CAST({0} AS DOUBLE)) AS VARCHAR) ELSE max({0}) END FROM raw) AS greatest,
               coalesce(avg((x IS NOT NULL AND x = floor(x) AND abs(x) < 9e15)::INT), 0) AS whole,
               coalesce(avg((x IS NOT NULL)::INT), 0) AS "real",
               coalesce(avg((x <> floor(x))::INT), 0) AS decimals,
               coalesce(avg((x < 0)::INT), 0) AS negative,
               coalesce(avg((x BETWEEN 0 AND 1)::INT), 0) AS unit_interval,
               coalesce(avg((lower(c) IN ('0','1','true','false','yes','no','y','n','t','f','是','否'))::INT), 0)
                   AS boolean,
               coalesce(avg((x IS NULL AND regexp_full_match(trim(c),
                   '([A-Z]{{3}} ?|[$£€¥￥])?-?[0-9]{{1,3}}(,?[0-9]{{3}})*(\.[0-9]+)?( ?[A-Z]{{3}}|元)?'))::INT), 0) AS amount,
               coalesce(avg(regexp_full_match(c, '[^@ ]+@[^@ ]+\.[A-Za-z]{{2,}}')::INT), 0) AS email,
               coalesce(avg((lower(c) IN ({1}))::INT), 0) AS country,
               coalesce(avg(regexp_matches(c, '^https?://')::INT), 0) AS link,
               coalesce(avg(length(c)), 0)::DOUBLE AS length
        FROM v)",
                       column, countries);
}

// 45.0 is 45.
std::string shortened(const std::optional<std::string>& value) {
    auto text = value.value_or("");
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

struct DateShare {
    double dated = 0, timed = 0;
};

Result<DateShare> date_share(Connection& connection, const std::string& column, const DateForm& form) {
    const auto read = fmt::vformat(form.read, fmt::make_format_args(column));
    return connection.row<DateShare>(fmt::format(R"(
        SELECT coalesce(avg((t IS NOT NULL)::INT), 0) AS dated,
               coalesce(avg((t <> date_trunc('day', t))::INT), 0) AS timed
        FROM (SELECT {} AS t FROM sample WHERE {} IS NOT NULL))",
                                                 read, column));
}

// The form that reads the most values; of two that read all of them, the first is taken and the doubt is kept.
Result<> find_dates(Connection& connection, const std::string& column, ColumnProfile& profile) {
    for (const auto& form : date_forms()) {
        const auto share = TRY(date_share(connection, column, form));
        if (share.dated >= most_values && form.twin == profile.date_form && share.dated >= profile.dated)
            profile.ambiguous_date = true;
        if (share.dated < most_values || share.dated <= profile.dated) continue;
        profile.dated = share.dated;
        profile.timed = share.timed;
        profile.date_form = form.name;
        profile.ambiguous_date = false;
    }
    return {};
}

}  // namespace

const ColumnProfile* FileProfile::find(std::string_view name) const {
    for (const auto& column : columns)
        if (column.name == name) return &column;
    return nullptr;
}

Result<Profiler> Profiler::of(const fs::path& file) {
    if (!fs::is_regular_file(file))
        return fail(ErrorCode::not_found, "there is no such file; check its name", file.string());
    auto database = TRY(store::Database::open(":memory:"));
    auto connection = TRY(database->connect());
    Profiler profiler(std::move(database), std::move(connection));
    profiler.profile_.file = file.filename().string();
    TRY(profiler.sniff(file));
    TRY(profiler.read(file));
    return profiler;
}

Result<> Profiler::sniff(const fs::path& file) {
    auto sniffed = connection_.row<Sniffed>(
        "SELECT Delimiter AS delimiter, HasHeader AS header FROM sniff_csv(?, ignore_errors = true)", file.string());
    if (!sniffed)
        return fail(ErrorCode::invalid_argument,
                    "this cannot be read as a table of CSV or TSV: " + sniffed.error().message, file.string());
    profile_.delimiter = sniffed->delimiter;
    profile_.header = sniffed->header;
    return {};
}

Result<> Profiler::read(const fs::path& file) {
    auto done = connection_.query(
        fmt::format(
            "CREATE TEMP TABLE raw AS SELECT * FROM read_csv(?, all_varchar = true, header = {}, delim = {}, quote = "
            "'\"', escape = '\"', nullstr = '', strict_mode = false, ignore_errors = true) "
            "LIMIT {}",
            profile_.header, quote_text(profile_.delimiter), most_rows),
        file.string());
    if (!done)
        return fail(ErrorCode::invalid_argument, "this cannot be read as a table: " + done.error().message,
                    file.string());
    profile_.rows = TRY(connection_.count("SELECT count(*) FROM raw"));
    profile_.whole_file = profile_.rows < most_rows;
    std::vector<std::string> names;
    const auto table = TRY(connection_.query("SELECT * FROM raw LIMIT 0"));
    for (std::size_t i = 0; i < table.columns(); ++i) names.push_back(table.name(i));
    profile_.header = profile_.header && !TRY(names_are_data(names));
    TRY(find_null_texts(names));
    const auto step = std::max<std::int64_t>(1, profile_.rows / sample_rows);
    TRY(connection_.run(fmt::format("CREATE TEMP TABLE sample AS FROM raw WHERE rowid % {} = 0", step)));
    for (const auto& name : names) TRY(look_at(name));
    return {};
}

// A first line whose cells are numbers, or are values of their own columns too, is no line of headers.
Result<bool> Profiler::names_are_data(const std::vector<std::string>& names) {
    std::size_t like_data = 0;
    for (const auto& name : names) {
        const bool letters =
            std::ranges::any_of(name, [](unsigned char c) { return c >= 0x80 || std::isalpha(c) != 0; });
        const auto same = TRY(connection_.count(
            fmt::format("SELECT count(*) FROM (SELECT 1 FROM raw WHERE {} = ? LIMIT 1)", quote_name(name)), name));
        if (!letters || same > 0) ++like_data;
    }
    return 2 * like_data > names.size();
}

// NA and its like count as nothing in columns of numbers; elsewhere they may be a word.
Result<> Profiler::find_null_texts(const std::vector<std::string>& names) {
    constexpr std::string_view known = "('NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None', '\\N', '-', '--')";
    std::vector<std::string> found;
    for (const auto& name : names) {
        const auto column = quote_name(name);
        const auto texts = TRY(connection_.rows<Text>(fmt::format(
            "SELECT DISTINCT {0} AS value FROM raw WHERE {0} IN {1} "
            "AND (SELECT count(*) FILTER (TRY_CAST({0} AS DOUBLE) IS NOT NULL OR {0} IN {1}) = count({0}) FROM raw)",
            column, known)));
        for (const auto& text : texts) {
            if (std::ranges::find(found, text.value) == found.end()) found.push_back(text.value);
            TRY(connection_.query(fmt::format("UPDATE raw SET {0} = NULL WHERE {0} = ?", column), text.value));
        }
    }
    std::ranges::sort(found);
    profile_.null_texts = std::move(found);
    return {};
}

Result<> Profiler::look_at(const std::string& name) {
    const auto column = quote_name(name);
    const auto s = TRY(connection_.row<Shares>(shares_sql(column)));
    ColumnProfile profile{.name = name,
                          .filled = s.filled,
                          .distinct = std::min(s.distinct_values, s.filled),
                          .least = shortened(s.least),
                          .greatest = shortened(s.greatest),
                          .whole = s.whole,
                          .real = s.real,
                          .decimals = s.decimals,
                          .negative = s.negative,
                          .unit_interval = s.unit_interval,
                          .boolean = s.boolean,
                          .amount = s.amount,
                          .email = s.email,
                          .country = s.country,
                          .link = s.link,
                          .length = s.length};
    for (const auto& text : TRY(connection_.rows<Text>(fmt::format(
             "SELECT {0} AS value FROM sample WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT 3",
             column))))
        profile.samples.push_back(text.value);
    if (profile.length >= 6 && profile.length < 40) TRY(find_dates(connection_, column, profile));
    if (profile.filled == profile_.rows && TRY(uniqueness({name})) == 1) profile_.keys.push_back(name);
    profile_.columns.push_back(std::move(profile));
    return {};
}

Result<double> Profiler::uniqueness(const std::vector<std::string>& columns) {
    std::string names;
    for (const auto& column : columns) names += (names.empty() ? "" : ", ") + quote_name(column);
    const auto distinct =
        TRY(connection_.count(fmt::format("SELECT count(*) FROM (SELECT DISTINCT {} FROM raw)", names)));
    return profile_.rows == 0 ? 1 : double(distinct) / double(profile_.rows);
}

Result<std::int64_t> Profiler::usual_gap(std::string_view day) {
    return connection_.count(fmt::format(R"(
        SELECT coalesce(mode(gap), 1)
        FROM (SELECT day - lag(day) OVER (ORDER BY day) AS gap
              FROM (SELECT DISTINCT TRY_CAST({} AS DATE) AS day FROM raw)
              WHERE day IS NOT NULL))",
                                         day));
}

}  // namespace suanpan::data
