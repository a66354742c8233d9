#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "platform/store/shop.h"

namespace suanpan::store {

struct RestorePaths {
    std::filesystem::path backup;  // a folder made by Shop::backup, or SHOP/backups/before-upgrade-*.duckdb
    std::filesystem::path target;  // must not exist
};

// Makes a new shop of a backup, which stays as it is. The copy is made beside the target, opened (which brings its
// tables up to date), checked by the caller's function and renamed: where anything fails, there is no new shop.
// Errors: conflict where the target exists; not_found where the backup is none; unavailable where a program has it
// open.
[[nodiscard]] Result<> restore(const RestorePaths& paths, std::span<const Schema> schemas,
                               const std::function<Result<>(Shop&)>& check);

}  // namespace suanpan::store
