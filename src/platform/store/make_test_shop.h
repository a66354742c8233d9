#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "platform/store/shop.h"

namespace suanpan::store {

// An empty shop for a test. The tables are made once by a test program and copied for each of its shops: making them is
// much of a small test's time.
inline Result<std::unique_ptr<Shop>> make_test_shop(const std::filesystem::path& folder, const Settings& settings,
                                                    std::span<const Schema> schemas) {
    static std::map<std::string, std::string> made;  // the database's bytes by the SQL of its tables
    std::string tables;
    for (const auto& schema : schemas) tables.append(schema.area).append(schema.sql);
    TRY(Shop::create(folder, settings));
    const auto file = folder / "shop.duckdb";
    if (const auto found = made.find(tables); found != made.end()) {
        TRY(write_file(file, found->second));
    } else {
        TRY(Shop::open(folder, schemas)).reset();
        made.emplace(tables, TRY(read_file(file)));
    }
    return Shop::open(folder, schemas);
}

}  // namespace suanpan::store
