#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "areas/demand/evaluate/adjacency.h"
#include "areas/demand/evaluate/dataset.h"
#include "areas/demand/evaluate/number_list.h"
#include "platform/store/database.h"

namespace suanpan::demand {
namespace {

using store::Table;
using store::Type;

constexpr float not_known = std::numeric_limits<float>::quiet_NaN();

Result<std::size_t> column_of(const Table& table, const std::string& name) {
    if (const auto column = table.find(name)) return *column;
    std::string there;
    for (std::size_t c = 0; c < table.columns(); ++c) there += (c == 0 ? "" : ", ") + table.name(c);
    return fail(ErrorCode::not_found, fmt::format("the file has no column \"{}\"; it has: {}", name, there), name);
}

bool is_number(Type type) {
    return type == Type::boolean || type == Type::int32 || type == Type::int64 || type == Type::real;
}

double number_at(const Table& table, std::size_t chunk, std::size_t column, std::size_t row) {
    if (table.is_null(chunk, column, row)) return std::numeric_limits<double>::quiet_NaN();
    switch (table.type(column)) {
        case Type::boolean:
            return table.values<bool>(chunk, column)[row] ? 1 : 0;
        case Type::int32:
            return table.values<std::int32_t>(chunk, column)[row];
        case Type::int64:
            return static_cast<double>(table.values<std::int64_t>(chunk, column)[row]);
        default:
            return table.values<double>(chunk, column)[row];
    }
}

std::string text_at(const Table& table, std::size_t chunk, std::size_t column, std::size_t row) {
    if (table.is_null(chunk, column, row)) return "";
    if (table.type(column) == Type::text) return std::string(table.text(chunk, column, row));
    return fmt::format("{}", number_at(table, chunk, column, row));
}

// The columns of a long file and what they are.
struct Layout {
    std::size_t id, date, value;
    std::optional<std::size_t> weight;
    std::vector<std::size_t> known, categories;
};

Result<Layout> layout_of(const Table& table, const ReadOptions& options) {
    Layout layout{TRY(column_of(table, options.id)),
                  TRY(column_of(table, options.date)),
                  TRY(column_of(table, options.value)),
                  table.find(options.weight),
                  {},
                  {}};
    if (table.type(layout.date) != Type::day)
        return fail(ErrorCode::invalid_argument, "the column does not hold days throughout; write days as 2011-11-14",
                    options.date);
    if (!is_number(table.type(layout.value)))
        return fail(ErrorCode::invalid_argument, "the column does not hold numbers throughout", options.value);
    if (layout.weight && !is_number(table.type(*layout.weight)))
        return fail(ErrorCode::invalid_argument, "the column does not hold numbers throughout", options.weight);
    for (std::size_t c = 0; c < table.columns(); ++c) {
        if (c == layout.id || c == layout.date || c == layout.value || c == layout.weight) continue;
        if (is_number(table.type(c))) layout.known.push_back(c);
        if (table.type(c) == Type::text) layout.categories.push_back(c);
    }
    return layout;
}

// A row of the file by where it stands.
struct Place {
    std::int32_t day;
    std::uint32_t chunk, row;
};

using Places = std::map<std::string, std::vector<Place>>;

Result<Places> places_of(const Table& table, const Layout& layout, const ReadOptions& options) {
    Places places;
    std::string last_id;
    std::vector<Place>* last = nullptr;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) {
            if (table.is_null(chunk, layout.date, row))
                return fail(ErrorCode::invalid_argument, "a row has no date; every row needs one", options.date);
            auto id = text_at(table, chunk, layout.id, row);
            if (last == nullptr || id != last_id) {
                last = &places[id];
                last_id = std::move(id);
            }
            last->push_back({table.values<std::int32_t>(chunk, layout.date)[row], static_cast<std::uint32_t>(chunk),
                             static_cast<std::uint32_t>(row)});
        }
    for (auto& [id, rows] : places) {
        std::ranges::stable_sort(rows, {}, &Place::day);
        const auto twice = std::ranges::adjacent_find(rows, {}, &Place::day);
        if (twice != rows.end())
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} stands twice; sum or drop one of the rows", format(Day(Days(twice->day)))), id);
    }
    return places;
}

// The step between periods: the greatest that every distance is a multiple of.
int step_of(const Places& places) {
    std::int32_t step = 0;
    for (const auto& [id, rows] : places)
        for (std::size_t i = 1; i < rows.size(); ++i) step = std::gcd(step, rows[i].day - rows[i - 1].day);
    return step == 0 ? 1 : step;
}

// Everything that reading a long file passes along.
struct Long {
    const Table& table;
    const ReadOptions& options;
    Layout layout;
    int step = 1, season = 1;
    std::int32_t split = 0, end = 0;                            // the first day not seen, the first not forecast
    std::vector<std::unordered_map<std::string, int>> numbers;  // of the texts of a category
};

Result<> read_values(const Long& file, const std::vector<Place>& rows, SeriesRecord& series) {
    const auto seen = static_cast<std::size_t>(std::max(0, file.split - rows.front().day) / file.step);
    const auto horizon = static_cast<std::size_t>((file.end - file.split) / file.step);
    const double missing = file.options.missing == "gap" ? std::numeric_limits<double>::quiet_NaN() : 0.0;
    series.values.assign(seen, missing);
    series.actual.assign(horizon, std::numeric_limits<double>::quiet_NaN());
    series.weight.assign(horizon, 0.0);
    for (const auto& [day, chunk, row] : rows) {
        const auto t = static_cast<std::size_t>((day - rows.front().day) / file.step);
        if (t >= seen + horizon) continue;
        const double value = number_at(file.table, chunk, file.layout.value, row);
        const double weight = file.layout.weight ? number_at(file.table, chunk, *file.layout.weight, row) : 1;
        if (weight != 0 && t < seen && !(std::isfinite(value) && value >= 0))
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("the value on {} is {}; demand is a finite number from 0 upwards (a period that was "
                            "not observed has no row, or weight 0)",
                            format(Day(Days(day))), value),
                series.id);
        if (!(weight >= 0) || !std::isfinite(weight))
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("the weight on {} is {}; write a number from 0 upwards", format(Day(Days(day))), weight),
                series.id);
        if (t < seen) {
            series.values[t] = weight == 0 ? std::numeric_limits<double>::quiet_NaN() : value;
        } else {
            series.actual[t - seen] = value;
            series.weight[t - seen] = std::isfinite(value) ? weight : 0;
        }
    }
    return {};
}

void read_known(const Long& file, const std::vector<Place>& rows, SeriesRecord& series) {
    const auto periods = series.values.size() + series.horizon();
    for (const auto column : file.layout.known) {
        auto& values = series.known.emplace_back(periods, not_known);
        for (const auto& [day, chunk, row] : rows) {
            const auto t = static_cast<std::size_t>((day - rows.front().day) / file.step);
            if (t < periods) values[t] = static_cast<float>(number_at(file.table, chunk, column, row));
        }
    }
}

void read_categories(Long& file, const std::vector<Place>& rows, SeriesRecord& series) {
    for (std::size_t k = 0; k < file.layout.categories.size(); ++k) {
        const auto text = text_at(file.table, rows.front().chunk, file.layout.categories[k], rows.front().row);
        auto& numbers = file.numbers[k];
        series.category.push_back(numbers.try_emplace(text, static_cast<int>(numbers.size())).first->second);
    }
}

int season_of(const ReadOptions& options, int step) {
    if (options.season > 0) return options.season;
    return step == 1 ? 7 : (step == 7 ? 52 : 1);
}

Result<> set_span(Long& file, const Places& places) {
    std::int32_t last = std::numeric_limits<std::int32_t>::min();
    for (const auto& [id, rows] : places) last = std::max(last, rows.back().day);
    file.step = step_of(places);
    file.season = season_of(file.options, file.step);
    file.end = last + file.step;
    if (file.options.split == "end")
        file.split = file.end;
    else if (!file.options.split.empty())
        file.split = static_cast<std::int32_t>(TRY(parse_day(file.options.split)).time_since_epoch().count());
    else if (file.options.horizon > 0)
        file.split = file.end - file.options.horizon * file.step;
    else
        return fail(ErrorCode::invalid_argument, "say where the test begins: --split DAY, or --horizon PERIODS");
    if (file.options.horizon > 0) file.end = file.split + file.options.horizon * file.step;
    const auto first = places.begin()->second.front().day;
    if ((file.split - first) % file.step != 0)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the split {} falls between two periods of {} days", file.options.split, file.step),
                    "--split");
    if (file.end <= file.split)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("nothing lies from {} on: the file ends on {}; give --horizon to forecast beyond it",
                                format(Day(Days(file.split))), format(Day(Days(last)))),
                    "--split");
    return {};
}

Result<Dataset> read_long(const Table& table, const ReadOptions& options) {
    Long file{table, options, TRY(layout_of(table, options))};
    const auto places = TRY(places_of(table, file.layout, options));
    TRY(set_span(file, places));
    file.numbers.resize(file.layout.categories.size());
    Dataset dataset{.step_days = file.step};
    for (const auto column : file.layout.known) dataset.known_names.push_back(table.name(column));
    for (const auto column : file.layout.categories) dataset.category_names.push_back(table.name(column));
    for (const auto& [id, rows] : places) {
        if (rows.front().day >= file.split) continue;  // nothing was seen of it
        SeriesRecord series{.id = id, .first = Day(Days(rows.front().day)), .season = file.season};
        TRY(read_values(file, rows, series));
        read_known(file, rows, series);
        read_categories(file, rows, series);
        dataset.series.push_back(std::move(series));
    }
    if (dataset.series.empty())
        return fail(ErrorCode::invalid_argument, "no series begins before the split", "--split");
    for (const auto& numbers : file.numbers) {
        auto& texts = dataset.category_texts.emplace_back(numbers.size());
        for (const auto& [text, number] : numbers) texts[static_cast<std::size_t>(number)] = text;
    }
    return dataset;
}

int season_of_name(const std::string& period) {
    if (period == "MONTHLY") return 12;
    return period == "QUARTERLY" ? 4 : 1;
}

Result<Dataset> read_wide(const Table& table) {
    const auto id = TRY(column_of(table, "series")), period = TRY(column_of(table, "period"));
    const auto train = TRY(column_of(table, "train")), test = TRY(column_of(table, "test"));
    Dataset dataset;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row) {
            SeriesRecord series{.id = text_at(table, chunk, id, row)};
            series.season = season_of_name(text_at(table, chunk, period, row));
            series.values = TRY(parse_numbers(text_at(table, chunk, train, row), series.id));
            series.actual = TRY(parse_numbers(text_at(table, chunk, test, row), series.id));
            if (series.values.empty() || series.actual.empty())
                return fail(ErrorCode::invalid_argument, "train or test is empty; each needs a value", series.id);
            series.weight.assign(series.actual.size(), 1.0);
            dataset.series.push_back(std::move(series));
        }
    return dataset;
}

}  // namespace

Result<Dataset> read_dataset(const std::filesystem::path& file, const ReadOptions& options) {
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::not_found, "there is no such file", file.string());
    if (options.missing != "0" && options.missing != "gap")
        return fail(ErrorCode::invalid_argument, "write 0 or gap", "--missing");
    const auto database = TRY(store::Database::open(":memory:"));
    auto connection = TRY(database->connect());
    const auto table = connection.query(
        "FROM read_csv(?, header = true, sample_size = -1, nullstr = ['', 'NA'], strict_mode = false)", file.string());
    if (!table)
        return fail(ErrorCode::invalid_argument, "the file is not a CSV file with a header: " + table.error().message,
                    file.string());
    if (table->rows() == 0) return fail(ErrorCode::invalid_argument, "the file has no rows", file.string());
    auto dataset = TRY(table->find("train") && table->find("test") ? read_wide(*table) : read_long(*table, options));
    if (!options.adjacency.empty()) dataset.adjacency = TRY(read_adjacency(options.adjacency, dataset));
    return dataset;
}

}  // namespace suanpan::demand
