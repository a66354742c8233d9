#include "areas/data/sources/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

bool is_on_its_way(const fs::path& file, std::chrono::seconds settled) {
    constexpr auto endings = std::to_array<std::string_view>({".part", ".tmp", ".crdownload", ".filepart"});
    const auto name = file.filename().string();
    if (name.starts_with('.') || std::ranges::any_of(endings, [&](auto ending) { return name.ends_with(ending); }))
        return true;
    std::error_code unknown;
    const auto written = fs::last_write_time(file, unknown);
    return unknown || written > fs::file_time_type::clock::now() - settled;
}

// The place of the first source that takes the file; behind all others where none does.
std::ptrdiff_t order_of(const Mapping& mapping, const fs::path& file) {
    const auto source = source_for(mapping, file.filename().string());
    return source ? *source - mapping.sources.data() : std::ssize(mapping.sources);
}

std::vector<fs::path> settled_files(const fs::path& inbox, const Mapping& mapping, std::chrono::seconds settled) {
    std::vector<fs::path> files;
    std::error_code unknown;
    for (const auto& entry : fs::directory_iterator(inbox, unknown)) {
        std::error_code gone;
        if (entry.symlink_status(gone).type() == fs::file_type::regular && !is_on_its_way(entry.path(), settled))
            files.push_back(entry.path());
    }
    std::ranges::sort(files, {}, [&](const fs::path& file) { return std::pair(order_of(mapping, file), file); });
    return files;
}

// A name that is free in the folder: orders.csv, orders.2.csv and so on.
fs::path free_name(const fs::path& folder, const fs::path& name) {
    auto target = folder / name;
    for (int number = 2; fs::exists(fs::symlink_status(target)); ++number)
        target = folder / fmt::format("{}.{}{}", name.stem().string(), number, name.extension().string());
    return target;
}

Result<fs::path> move_into(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::io, "the folder cannot be made: " + error.message(), folder.string());
    auto target = free_name(folder, file.filename());
    fs::rename(file, target, error);
    if (error) return fail(ErrorCode::io, "the file cannot be moved: " + error.message(), file.string());
    return target;
}

// Not the file's fault: it stays and is tried again.
bool is_passing(const Error& error) {
    return error.code == ErrorCode::no_space || error.code == ErrorCode::unavailable ||
           error.code == ErrorCode::internal;
}

Result<std::vector<FileReport>> load_parts(store::Shop& shop, const Mapping& mapping, const fs::path& file) {
    std::vector<FileReport> reports;
    for (const auto& part : TRY(mappings_for(mapping, file.filename().string())))
        reports.push_back(TRY(load_file(shop, part, file, {})));
    return reports;
}

Result<InboxFile> take(store::Shop& shop, const Mapping& mapping, const fs::path& file) {
    const auto inbox = file.parent_path();
    InboxFile taken{.file = file.filename().string()};
    auto reports = load_parts(shop, mapping, file);
    if (reports) {
        taken.reports = *std::move(reports);
        taken.moved_to = TRY(move_into(file, inbox / "done")).lexically_relative(inbox).string();
        return taken;
    }
    if (is_passing(reports.error())) return std::unexpected(std::move(reports.error()));
    taken.refused = reports.error().message;
    const auto target = TRY(move_into(file, inbox / "refused"));
    taken.moved_to = target.lexically_relative(inbox).string();
    TRY(store::write_file(target.string() + ".txt",
                          fmt::format("{}\n{}\n\n{}\n{}\n", taken.file, taken.refused,
                                      "Mend it, then move the file back into inbox/ (this text may be deleted).",
                                      "修正后把文件移回 inbox/ 即可（本说明可删除）。")));
    return taken;
}

}  // namespace

Result<std::vector<InboxFile>> load_inbox(store::Shop& shop, const Mapping& mapping, const InboxOptions& options) {
    std::vector<InboxFile> all;
    for (const auto& file : settled_files(shop.folder() / "inbox", mapping, options.settled)) {
        options.progress(file.filename().string());
        all.push_back(TRY(take(shop, mapping, file)));
    }
    return all;
}

}  // namespace suanpan::data
