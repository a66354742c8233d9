#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "platform/store/database.h"

namespace suanpan::store {

// The tables and views of one area. The text is in sections, each begun by a line `-- version N`, from 1 upwards: a
// section that has once been released is never edited, a change is a further section.
struct Schema {
    std::string_view area;
    std::string_view sql;
};

struct SchemaOptions {
    std::filesystem::path backup_file;  // written before an upgrade of a database that has rows to lose
};

// Brings every area's tables to the program's version: one transaction for all, after a backup where something older is
// there. Errors: conflict where the file was written by a newer program.
[[nodiscard]] Result<> upgrade(Database& database, std::span<const Schema> schemas, const SchemaOptions& options);

[[nodiscard]] int latest_version(const Schema& schema);

// A consistent copy of the whole database into a new file, while others read and write.
[[nodiscard]] Result<> copy_database(Database& database, const std::filesystem::path& file);

}  // namespace suanpan::store
