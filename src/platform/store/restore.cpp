#include "platform/store/restore.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace suanpan::store {
namespace {

namespace fs = std::filesystem;

// Where the parts of a shop come from: all from the backup's folder, or the database from one file and the rest from
// the shop that it was made of.
struct Sources {
    fs::path database, folder;
};

Result<Sources> sources_of(const fs::path& backup) {
    std::error_code ignored;
    Sources sources{backup / "shop.duckdb", backup};
    if (backup.extension() == ".duckdb") sources = {backup, fs::absolute(backup, ignored).parent_path().parent_path()};
    if (fs::exists(sources.folder / "shop.yaml", ignored) && fs::exists(sources.database, ignored)) return sources;
    return fail(ErrorCode::not_found,
                "this is no backup (it has no shop.yaml or no shop.duckdb); give the folder that `suanpan shop backup` "
                "made, or a file of SHOP/backups",
                backup.string());
}

// DuckDB locks the file that it has open for writing; a copy of it would be torn.
Result<> must_be_closed(const fs::path& database) {
    const int handle = ::open(database.c_str(), O_RDONLY | O_CLOEXEC);
    struct flock lock{};
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    const bool asked = handle >= 0 && ::fcntl(handle, F_GETLK, &lock) == 0;
    if (handle >= 0) ::close(handle);
    if (!asked)
        return fail(ErrorCode::io, "the backup cannot be read; check the owner and the permissions of its folder",
                    database.string());
    if (lock.l_type == F_UNLCK) return {};
    return fail(ErrorCode::unavailable, "another program has the backup open; wait for it, or stop it",
                database.string());
}

std::unexpected<Error> copy_failure(const std::error_code& error, const fs::path& target) {
    if (error == std::errc::no_space_on_device)
        return fail(ErrorCode::no_space, "the disk is full; free some space and restore again", target.string());
    return fail(ErrorCode::io, "the backup cannot be copied: " + error.message(), target.string());
}

Result<> copy_parts(const Sources& sources, const fs::path& target) {
    std::error_code error;
    for (const auto* part : {"models", "inbox", "exports", "backups"}) {
        fs::create_directories(target / part, error);
        if (error) return copy_failure(error, target);
    }
    auto copy = [&](const fs::path& from, const fs::path& to) {
        if (!error && fs::exists(from, error)) fs::copy(from, to, fs::copy_options::recursive, error);
    };
    copy(sources.database, target / "shop.duckdb");
    copy(sources.database.string() + ".wal", target / "shop.duckdb.wal");
    for (const auto* name : {"mapping.yaml", "shop.yaml"}) copy(sources.folder / name, target / name);
    for (const auto* part : {"models", "exports"}) copy(sources.folder / part, target / part);
    if (error) return copy_failure(error, target);
    return {};
}

// To the disk with the whole copy, before its name says that it is a shop.
Result<> put_in_place(const fs::path& partial, const fs::path& target) {
    const int handle = ::open(partial.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool flushed = handle >= 0 && ::syncfs(handle) == 0;
    if (handle >= 0) ::close(handle);
    std::error_code error;
    if (flushed) fs::rename(partial, target, error);
    if (!flushed || error)
        return fail(ErrorCode::io, "the restored shop cannot be put in its place: " + error.message(), target.string());
    return {};
}

Result<> restore_into(const fs::path& partial, const RestorePaths& paths, std::span<const Schema> schemas,
                      const std::function<Result<>(Shop&)>& check) {
    TRY(copy_parts(TRY(sources_of(paths.backup)), partial));
    {
        const auto shop = TRY(Shop::open(partial, schemas));
        TRY(check(*shop));
    }
    return put_in_place(partial, paths.target);
}

}  // namespace

Result<> restore(const RestorePaths& paths, std::span<const Schema> schemas,
                 const std::function<Result<>(Shop&)>& check) {
    std::error_code error;
    if (fs::exists(paths.target, error) || error)
        return fail(ErrorCode::conflict, "there is something already; choose a new folder", paths.target.string());
    TRY(must_be_closed(TRY(sources_of(paths.backup)).database));
    auto partial = (paths.target.has_filename() ? paths.target : paths.target.parent_path());
    partial += fmt::format(".partial-{}", ::getpid());
    fs::remove_all(partial, error);
    const auto restored = restore_into(partial, paths, schemas, check);
    fs::remove_all(partial, error);
    return restored;
}

}  // namespace suanpan::store
