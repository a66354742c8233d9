#include "areas/selection/classify/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "platform/store/database.h"

namespace suanpan::selection {

struct FoldRow {
    std::int64_t row = 0, fold = 0;
};

namespace {

using store::Table;

std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

Result<std::unique_ptr<store::Database>> memory() {
    return store::Database::open(":memory:");
}

constexpr std::string_view read_sql = "read_csv(?, header = true, sample_size = -1, nullstr = ['', 'NA'])";

// The columns with what they are to DuckDB.
Result<Table> looked_at(store::Connection& connection, const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::not_found, "there is no such file", file.string());
    auto table = connection.query(fmt::format("FROM {} LIMIT 0", read_sql), file.string());
    if (!table)
        return fail(ErrorCode::invalid_argument, "the file is not a CSV file with a header: " + table.error().message,
                    file.string());
    return table;
}

bool is_category(const Table& table, std::size_t column, const LabelledOptions& options) {
    return table.type(column) == store::Type::text || std::ranges::contains(options.categories, table.name(column));
}

// One column as a number: names by the dense rank of their alphabet, so that the same file gives the same numbers.
std::string as_number(const Table& table, std::size_t column, const LabelledOptions& options) {
    const auto name = quoted(table.name(column));
    if (!is_category(table, column, options)) return fmt::format("CAST({} AS DOUBLE)", name);
    return fmt::format("CASE WHEN {0} IS NULL THEN NULL ELSE CAST(dense_rank() OVER (ORDER BY {0}) - 1 AS DOUBLE) END",
                       name);
}

struct Named {
    std::string name;
    std::vector<double> values;
};

void take_column(std::vector<Named>& columns, Named column, bool category) {
    std::set<double> kinds;
    for (const double v : column.values)
        if (!std::isnan(v)) kinds.insert(v);
    if (!category || kinds.size() > most_values) {
        columns.push_back(std::move(column));
        return;
    }
    for (const double kind : kinds) {
        Named one{.name = fmt::format("{}_{:.0f}", column.name, kind), .values = {}};
        for (const double v : column.values) one.values.push_back(v == kind ? 1 : 0);
        columns.push_back(std::move(one));
    }
}

std::string numbers_sql(const Table& shape, const LabelledOptions& options) {
    std::string wanted;
    for (std::size_t c = 0; c < shape.columns(); ++c)
        wanted += fmt::format("{}{} AS c{}", c == 0 ? "" : ", ", as_number(shape, c, options), c);
    return fmt::format(
        "WITH numbered AS (SELECT *, row_number() OVER () AS suanpan_row FROM {}) SELECT {} FROM numbered ORDER BY "
        "suanpan_row",
        read_sql, wanted);
}

Result<Table> read_numbers(store::Connection& connection, const std::filesystem::path& file, const std::string& sql) {
    TRY(connection.run("SET threads = 1"));  // rows in the file's order
    auto table = connection.query(sql, file.string());
    if (!table)
        return fail(ErrorCode::invalid_argument, "a column is neither numbers nor texts: " + table.error().message,
                    file.string());
    return table;
}

Result<> take_label(LabelledTable& examples, const std::vector<double>& values, const std::string& label) {
    const bool known = std::ranges::none_of(values, [](double v) { return std::isnan(v); });  // no set orders these
    if (!known || std::set<double>(values.begin(), values.end()) != std::set<double>{0, 1})
        return fail(ErrorCode::invalid_argument, "the label's column must hold both true and false, or 0 and 1, alone",
                    label);
    examples.labels.assign(values.begin(), values.end());
    return {};
}

}  // namespace

LabelledTable LabelledTable::only(const std::vector<std::size_t>& places) const {
    LabelledTable part{.columns = columns, .features = {}, .labels = {}};
    part.features.reserve(places.size() * columns.size());
    for (const auto place : places) {
        const auto from = features.begin() + static_cast<std::ptrdiff_t>(place * columns.size());
        part.features.insert(part.features.end(), from, from + static_cast<std::ptrdiff_t>(columns.size()));
        part.labels.push_back(labels[place]);
    }
    return part;
}

Result<LabelledTable> read_labelled(const std::filesystem::path& file, const LabelledOptions& options) {
    const auto database = TRY(memory());
    auto connection = TRY(database->connect());
    const auto shape = TRY(looked_at(connection, file));
    for (const auto& name : options.categories)
        if (!shape.find(name)) return fail(ErrorCode::invalid_argument, "the file has no such column", name);
    const auto target = shape.find(options.label);
    if (!target)
        return fail(ErrorCode::invalid_argument, "the file has no such column; name the label's with --label",
                    options.label);
    const auto table = TRY(read_numbers(connection, file, numbers_sql(shape, options)));
    LabelledTable examples;
    std::vector<Named> columns;
    for (std::size_t c = 0; c < shape.columns(); ++c) {
        Named column{shape.name(c), table.reals(c, std::nan(""))};
        if (c == *target)
            TRY(take_label(examples, column.values, options.label));
        else
            take_column(columns, std::move(column), is_category(shape, c, options));
    }
    for (const auto& column : columns) examples.columns.push_back(column.name);
    for (std::size_t row = 0; row < examples.rows(); ++row)
        for (const auto& column : columns) examples.features.push_back(static_cast<float>(column.values[row]));
    return examples;
}

Result<std::vector<int>> read_folds(const std::filesystem::path& file, std::size_t rows) {
    const auto database = TRY(memory());
    auto connection = TRY(database->connect());
    TRY(looked_at(connection, file));
    const auto read = connection.rows<FoldRow>(
        fmt::format("SELECT CAST(row AS BIGINT) AS row, CAST(fold AS BIGINT) AS fold FROM {} ORDER BY row", read_sql),
        file.string());
    if (!read)
        return fail(ErrorCode::invalid_argument, "the file needs the columns row and fold: " + read.error().message,
                    file.string());
    std::vector<int> folds;
    for (const auto& row : *read) {
        if (row.row != std::ssize(folds) || row.fold < 0 || row.fold > 1000)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("row {} has no fold, two, or one outside 0 to 1000", folds.size()), file.string());
        folds.push_back(static_cast<int>(row.fold));
    }
    if (folds.size() != rows)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} rows have folds, the file of examples has {}", folds.size(), rows), file.string());
    if (std::set<int>(folds.begin(), folds.end()).size() < 2)
        return fail(ErrorCode::invalid_argument, "there is one fold alone; give at least two", file.string());
    return folds;
}

}  // namespace suanpan::selection
