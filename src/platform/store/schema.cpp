#include "platform/store/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "platform/store/check.h"
#include "platform/store/quote.h"
#include "platform/store/scrub.h"

namespace suanpan::store {
namespace {

struct Section {
    int version;
    std::string_view sql;
};

std::vector<Section> sections(std::string_view sql) {
    constexpr std::string_view mark = "-- version ";
    std::vector<Section> all;
    for (auto at = sql.find(mark); at != std::string_view::npos;) {
        const auto number = at + mark.size();
        int version = 0;
        std::from_chars(sql.data() + number, sql.data() + sql.size(), version);
        const auto next = sql.find(mark, number);
        all.push_back({version, sql.substr(at, next == std::string_view::npos ? next : next - at)});
        at = next;
    }
    return all;
}

Result<std::map<std::string, std::int64_t>> installed_versions(Connection& connection) {
    std::map<std::string, std::int64_t> versions;
    for (auto& row : TRY(connection.rows<AreaVersion>(
             "SELECT area, max(version) AS version FROM main.schema_version GROUP BY area")))
        versions[row.area] = row.version;
    return versions;
}

Result<> refuse_newer(const std::map<std::string, std::int64_t>& installed, std::span<const Schema> schemas) {
    for (const auto& schema : schemas) {
        const auto found = installed.find(std::string(schema.area));
        if (found == installed.end() || found->second <= latest_version(schema)) continue;
        return fail(ErrorCode::conflict,
                    fmt::format("the shop was written by a newer program (tables of \"{}\": version {}, this program "
                                "knows {}); use that program, or restore an older backup",
                                schema.area, found->second, latest_version(schema)));
    }
    return {};
}

Result<> apply(Connection& connection, const Schema& schema, std::int64_t from) {
    for (const auto& section : sections(schema.sql)) {
        if (section.version <= from) continue;
        if (auto done = connection.run(section.sql); !done)
            return fail(done.error().code, done.error().message,
                        fmt::format("tables of {}, version {}", schema.area, section.version));
        TRY(connection.query("INSERT INTO main.schema_version VALUES (?, ?, now())", schema.area, section.version));
    }
    return {};
}

}  // namespace

int latest_version(const Schema& schema) {
    const auto all = sections(schema.sql);
    return all.empty() ? 0 : all.back().version;
}

Result<> upgrade(Database& database, std::span<const Schema> schemas, const SchemaOptions& options) {
    auto connection = TRY(database.connect());
    TRY(
        connection.run("CREATE TABLE IF NOT EXISTS main.schema_version "
                       "(area VARCHAR NOT NULL, version BIGINT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"));
    const auto installed = TRY(installed_versions(connection));
    TRY(refuse_newer(installed, schemas));
    (void)drop_scrubbing(connection);  // on a full disk it stays for another time
    auto behind = [&](const Schema& schema) {
        const auto found = installed.find(std::string(schema.area));
        return found == installed.end() || found->second < latest_version(schema);
    };
    if (std::ranges::none_of(schemas, behind)) return {};
    if (!installed.empty() && !options.backup_file.empty()) TRY(copy_database(database, options.backup_file));
    return database.write([&](Connection& writer) -> Result<> {
        for (const auto& schema : schemas) {
            const auto found = installed.find(std::string(schema.area));
            TRY(apply(writer, schema, found == installed.end() ? 0 : found->second));
        }
        return {};
    });
}

Result<> copy_database(Database& database, const std::filesystem::path& file) {
    std::error_code ignored;
    auto partial = file;
    partial += ".partial";
    std::filesystem::create_directories(file.parent_path(), ignored);
    std::filesystem::remove(partial, ignored);
    auto connection = TRY(database.connect());
    const auto source = TRY(connection.query("SELECT current_database() AS name"));
    TRY(connection.run(fmt::format("ATTACH {} AS suanpan_copy", quote_text(partial.string()))));
    auto copied =
        connection.run(fmt::format("COPY FROM DATABASE {} TO suanpan_copy", quote_name(source.text(0, 0, 0))));
    (void)connection.run("DETACH suanpan_copy");
    if (!copied) {
        std::filesystem::remove(partial, ignored);
        return copied;
    }
    std::error_code error;
    std::filesystem::rename(partial, file, error);
    if (error) return fail(ErrorCode::io, "the copy cannot be put in its place: " + error.message(), file.string());
    return {};
}

}  // namespace suanpan::store
