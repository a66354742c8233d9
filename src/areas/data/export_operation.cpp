#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "areas/data/canonical.h"
#include "areas/data/export.h"
#include "areas/data/load_sql.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct ExportRequest {
    std::vector<std::string> tables;
    bool parquet = true;
    std::string folder;
};

struct ExportedTable {
    std::string table, partitioned_by;
    std::int64_t rows = 0, files = 0, bytes = 0;
};

struct ExportReply {
    std::string folder, format, exported_at, currency, time_zone;
    std::vector<ExportedTable> tables;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::ExportRequest> {
    static constexpr FieldWords fields[] = {
        {"tables", "as the store names them, such as order_line; empty: all", {.max_items = 100}},
        {"parquet", "Parquet, as DuckDB and Spark read it; false: CSV"},
        {"folder", "a new folder within the shop's exports/; empty: one named by the time", {.max_length = 100}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ExportReply> {
    static constexpr FieldWords fields[] = {
        {"folder", "a folder a table; tables.json in it holds this reply"},
        {"currency", "amounts are whole numbers of its minor units"},
        {"time_zone", "of the shop's days; instants are in UTC"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ExportedTable> {
    static constexpr FieldWords fields[] = {
        {"partitioned_by", "month: a folder a month, month=2011-11; empty: one file"},
    };
};

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using store::Connection;

// What features and models read beside the tables that a mapping fills: when each load came, and what is a product.
constexpr std::string_view besides[] = {"load", "product"};

struct Named {
    std::string name;
};

std::vector<std::string> exportable() {
    std::vector<std::string> names;
    for (const auto& table : canonical_tables())
        if (!std::ranges::contains(names, table.table)) names.emplace_back(table.table);
    names.insert(names.end(), std::begin(besides), std::end(besides));
    std::ranges::sort(names);
    return names;
}

Result<std::vector<std::string>> wanted_tables(const std::vector<std::string>& asked) {
    auto known = exportable();
    if (asked.empty()) return known;
    for (const auto& name : asked)
        if (!std::ranges::contains(known, name))
            return fail(ErrorCode::not_found,
                        fmt::format("there is no table \"{}\" to export; there are {}", name, fmt::join(known, ", ")),
                        "tables");
    return asked;
}

Result<fs::path> target_folder(const Context& context, const std::string& asked) {
    const auto name = asked.empty() ? "tables-" + stamp(now()) : asked;
    if (name.starts_with('.') || name.find_first_of("/\\") != std::string::npos || name.contains('\0'))
        return fail(ErrorCode::invalid_argument, "give the plain name of a new folder within exports/", "folder");
    const auto folder = context.shop.folder() / "exports" / name;
    std::error_code ignored;
    if (fs::exists(folder, ignored))
        return fail(ErrorCode::conflict, "there is such a folder already; give another name", folder.string());
    return folder;
}

class Export {
  public:
    Export(Connection& connection, fs::path folder, bool parquet)
        : connection_(connection), folder_(std::move(folder)), parquet_(parquet) {}

    Result<ExportedTable> write(const std::string& table) {
        const auto days = TRY(connection_.rows<Named>(
            "SELECT column_name AS name FROM duckdb_columns() "
            "WHERE schema_name = 'data' AND table_name = ? AND column_name = 'day' AND data_type = 'DATE'",
            table));
        ExportedTable written{.table = table, .partitioned_by = days.empty() ? "" : "month"};
        written.rows = TRY(connection_.count(fmt::format("SELECT count(*) FROM data.{}", table)));
        const auto folder = folder_ / table;
        std::error_code error;
        fs::create_directories(folder, error);
        if (error) return fail(ErrorCode::io, "the folder cannot be made: " + error.message(), folder.string());
        // A folder without rows would have no file to say what its columns are.
        const bool parts = !days.empty() && written.rows > 0;
        TRY(connection_.run(parts ? by_month(table, folder) : whole(table, folder)));
        if (!parts) written.partitioned_by.clear();
        for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
            if (!entry.is_regular_file(error)) continue;
            ++written.files;
            written.bytes += static_cast<std::int64_t>(entry.file_size(error));
        }
        return written;
    }

  private:
    [[nodiscard]] std::string format() const {
        return parquet_ ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER";
    }
    [[nodiscard]] std::string by_month(const std::string& table, const fs::path& folder) const {
        return fmt::format(
            "COPY (SELECT *, strftime(day, '%Y-%m') AS month FROM data.{}) TO {} ({}, PARTITION_BY (month))", table,
            quote_text(folder.string()), format());
    }
    [[nodiscard]] std::string whole(const std::string& table, const fs::path& folder) const {
        return fmt::format("COPY (SELECT * FROM data.{}) TO {} ({})", table,
                           quote_text((folder / (table + (parquet_ ? ".parquet" : ".csv"))).string()), format());
    }

    Connection& connection_;
    fs::path folder_;
    bool parquet_;
};

// All tables as one moment has them: a load that ends meanwhile is in all of them or in none.
Result<> write_all(Context& context, const std::vector<std::string>& tables, const ExportRequest& request,
                   const fs::path& folder, ExportReply& reply) {
    auto connection = TRY(context.shop.database().connect());
    TRY(connection.run("BEGIN TRANSACTION READ ONLY"));
    Export writing(connection, folder, request.parquet);
    for (const auto& table : tables) {
        context.progress({table, double(reply.tables.size()), double(tables.size()), "tables"});
        if (context.stop.stop_requested()) return fail(ErrorCode::unavailable, "the export was stopped", table);
        reply.tables.push_back(TRY(writing.write(table)));
    }
    return connection.run("COMMIT");
}

Result<ExportReply> export_tables(Context& context, const ExportRequest& request) {
    const auto tables = TRY(wanted_tables(request.tables));
    const auto folder = TRY(target_folder(context, request.folder));
    const auto& settings = context.shop.settings();
    ExportReply reply{.folder = folder.string(),
                      .format = request.parquet ? "parquet" : "csv",
                      .exported_at = format(now()),
                      .currency = settings.currency,
                      .time_zone = settings.time_zone};
    // Under another name until it is whole, so that nobody reads a half.
    const fs::path partial = folder.string() + ".partial";
    std::error_code error;
    fs::remove_all(partial, error);
    auto done = write_all(context, tables, request, partial, reply);
    if (done) done = store::write_file(partial / "tables.json", TRY(operations::to_json(reply)));
    if (done) {
        fs::rename(partial, folder, error);
        if (error) done = fail(ErrorCode::io, "the folder cannot be renamed: " + error.message(), folder.string());
    }
    if (done) return reply;
    fs::remove_all(partial, error);
    return std::unexpected(done.error());
}

}  // namespace

void add_export_operation(operations::Registry& registry) {
    registry.add(operations::declare<ExportRequest, ExportReply>(
        {.name = "data.export",
         .summary = {"Writes the shop's tables as files for other engines: Parquet by month, into exports/",
                     "将店铺数据表按月写成 Parquet 文件（exports/），供其他引擎读取"},
         .role = operations::Role::editor,
         .effect = operations::Effect::calls_outside,
         .long_work = true,
         .positional = {"tables"}},
        export_tables));
}

}  // namespace suanpan::data
