#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

// A file that comes again, corrected. Where its source says `replaces: file`, rows of its earlier versions that are no
// longer there go; otherwise only rows of known keys give way.
namespace suanpan::data {

struct LoadOfFile {
    const Source& source;
    std::string file;  // its name
    std::int64_t load_id = 0;
    bool whole_source = false;  // it takes the place of every earlier load of the source, whatever its file
};

// Whether an earlier version of the file was loaded that this one replaces.
[[nodiscard]] Result<bool> replaces_earlier(store::Connection& connection, const LoadOfFile& load);

// Keeps the keys of `staged` for remove_missing().
[[nodiscard]] Result<> remember_keys(store::Connection& connection, const CanonicalTable& table);

// Removes what earlier versions brought and this one has no longer; returns how many rows. Order lines that a removed
// return had taken out of demand count again.
[[nodiscard]] Result<std::int64_t> remove_missing(store::Connection& connection, const LoadOfFile& load);

struct LoadDetail {
    std::int64_t load_id = 0, replaced = 0, removed = 0;
    std::filesystem::path path;
};
// Of a file that was read.
[[nodiscard]] Result<> keep_detail(store::Connection& connection, const LoadDetail& detail);
// Of rows that came again: their file is as it was when the load that set them aside read it.
[[nodiscard]] Result<> keep_detail_of_replay(store::Connection& connection, std::int64_t load_id,
                                             std::int64_t replay_of);

}  // namespace suanpan::data
