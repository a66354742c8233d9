#include "platform/store/check.h"

#include <fmt/format.h>

#include "platform/store/quote.h"

namespace suanpan::store {

struct TableName {
    std::string schema_name, table_name;
};

struct Counted {
    std::int64_t rows = 0;
    std::optional<std::string> fingerprint;  // read for its own sake: it needs every value
};

namespace {

TableCheck check_table(Connection& connection, const TableName& table) {
    TableCheck check{.name = table.schema_name + "." + table.table_name};
    const auto counted = connection.row<Counted>(
        fmt::format("SELECT count(*) AS rows, bit_xor(hash(t))::VARCHAR AS fingerprint FROM {}.{} AS t",
                    quote_name(table.schema_name), quote_name(table.table_name)));
    if (counted)
        check.rows = counted->rows;
    else
        check.problem = counted.error().text();
    return check;
}

}  // namespace

Result<std::vector<TableCheck>> check_tables(Database& database) {
    return database.read([](Connection& connection) -> Result<std::vector<TableCheck>> {
        std::vector<TableCheck> checks;
        for (const auto& table : TRY(connection.rows<TableName>(R"(
                 SELECT schema_name, table_name FROM duckdb_tables()
                 WHERE database_name = current_database() AND NOT internal ORDER BY ALL)")))
            checks.push_back(check_table(connection, table));
        return checks;
    });
}

Result<std::vector<AreaVersion>> area_versions(Database& database) {
    return database.read([](Connection& connection) {
        return connection.rows<AreaVersion>(
            "SELECT area, max(version) AS version FROM main.schema_version GROUP BY area ORDER BY area");
    });
}

}  // namespace suanpan::store
