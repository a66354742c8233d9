#include "platform/store/scrub.h"

#include <fmt/format.h>

#include <thread>

#include "platform/store/quote.h"

namespace suanpan::store {

// With linkage, since what reflects it is a template of the library.
struct UnusedSpace {
    std::int64_t blocks = 0, block_size = 0;
    std::int64_t parts = 0;  // of blocks that hold descriptions of tables, 4 KiB each
};

namespace {

// Descriptions of tables hold the first letters of the smallest and largest texts. Usually DuckDB leaves those of a
// table that did not change where they are; then the unused ends of their parts would never be overwritten.
class MovingDescriptions {
  public:
    explicit MovingDescriptions(Connection& connection) : connection_(connection) {
        (void)connection_.run("SET GLOBAL experimental_metadata_reuse = false");
    }
    MovingDescriptions(const MovingDescriptions&) = delete;
    MovingDescriptions& operator=(const MovingDescriptions&) = delete;
    ~MovingDescriptions() { (void)connection_.run("RESET GLOBAL experimental_metadata_reuse"); }

  private:
    Connection& connection_;
};

struct Scrubbing {
    Database& database;
    Connection connection;
    std::chrono::milliseconds patience;

    Result<> must_have_space();
    Result<> checkpoint();
    Result<UnusedSpace> unused();
    Result<> fill(std::int64_t pass);
    Result<> empty();
};

// DuckDB stops working where the disk becomes full in the middle of a checkpoint.
Result<> Scrubbing::must_have_space() {
    constexpr std::uintmax_t least_bytes = 16U << 20;
    const auto path = TRY(
        connection.query("SELECT coalesce(path, '') FROM duckdb_databases() WHERE database_name = current_database()"));
    const std::string file(path.text(0, 0, 0));
    std::error_code unknown;
    const auto space = std::filesystem::space(file, unknown);
    if (unknown || space.available >= least_bytes) return {};
    return fail(ErrorCode::no_space, "the disk is full, it has less than 16 MiB left; free some space", file);
}

// DuckDB refuses while somebody still sees what is to go.
Result<> Scrubbing::checkpoint() {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        auto done = connection.run("CHECKPOINT");
        if (done || done.error().code != ErrorCode::conflict) return done;
        if (std::chrono::steady_clock::now() > deadline)
            return fail(ErrorCode::unavailable, "others go on reading what is to go");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Result<UnusedSpace> Scrubbing::unused() {
    return connection.row<UnusedSpace>(R"(
        SELECT free_blocks AS blocks, block_size,
               (SELECT CAST(coalesce(sum(len(free_list)), 0) AS BIGINT) FROM pragma_metadata_info()) AS parts
        FROM pragma_database_size()
        WHERE database_name = current_database())");
}

// Numbers that no compression makes smaller, 8 bytes each, until no block is unused; and tables of so many columns that
// their descriptions, more than 20 parts each, fill the unused parts.
Result<> Scrubbing::fill(std::int64_t pass) {
    constexpr std::int64_t parts_of_table = 20, columns_of_table = 500, number_bytes = 8;
    const auto [blocks, block_size, parts] = TRY(unused());
    const auto numbers = (blocks + 2) * block_size / number_bytes;
    std::string columns;
    for (std::int64_t i = 0; i < columns_of_table; ++i)
        columns += fmt::format("{}'nothing' AS c{}", i == 0 ? "" : ", ", i);
    TRY(database.write([&, parts = parts](Connection& writer) -> Result<> {
        TRY(drop_scrubbing(writer));
        TRY(writer.run("CREATE SCHEMA scrub"));
        for (std::int64_t table = 0; table * parts_of_table < parts + 2 * parts_of_table; ++table)
            TRY(writer.run(fmt::format("CREATE TABLE scrub.wide_{} AS SELECT {}", table, columns)));
        return writer.run(fmt::format(
            "CREATE TABLE scrub.numbers AS SELECT hash(n + {}) AS number FROM range({}) AS r(n)", pass, numbers));
    }));
    return checkpoint();
}

Result<> Scrubbing::empty() {
    TRY(database.write(drop_scrubbing));
    return checkpoint();
}

}  // namespace

Result<> rewrite_table(Connection& connection, const TableName& name) {
    const auto as_made =
        TRY(connection.query("SELECT sql FROM duckdb_tables() WHERE database_name = current_database() AND schema_name "
                             "= ? AND table_name = ?",
                             name.schema, name.table));
    if (as_made.rows() != 1)
        return fail(ErrorCode::not_found, "there is no such table", name.schema + "." + name.table);
    const std::string sql(as_made.text(0, 0, 0));
    const auto schema = quote_name(name.schema), table = quote_name(name.table),
               old = quote_name(name.table + " (old)");
    TRY(connection.run(fmt::format("ALTER TABLE {}.{} RENAME TO {}", schema, table, old)));
    TRY(connection.run(sql));
    TRY(connection.run(fmt::format("INSERT INTO {0}.{1} SELECT * FROM {0}.{2}", schema, table, old)));
    return connection.run(fmt::format("DROP TABLE {}.{}", schema, old));
}

Result<> drop_scrubbing(Connection& connection) {
    return connection.run("DROP SCHEMA IF EXISTS scrub CASCADE");
}

// Twice: what described the tables lies elsewhere after the first time, and its places are unused then.
Result<> scrub(Database& database, std::chrono::milliseconds patience) {
    Scrubbing scrubbing{database, TRY(database.connect()), patience};
    const MovingDescriptions moving(scrubbing.connection);
    TRY(scrubbing.must_have_space());
    TRY(scrubbing.checkpoint());
    for (std::int64_t pass = 0; pass < 2; ++pass) {
        TRY(scrubbing.must_have_space());
        if (auto filled = scrubbing.fill(pass); !filled) {
            (void)scrubbing.empty();
            return filled;
        }
        TRY(scrubbing.empty());
    }
    return {};
}

}  // namespace suanpan::store
