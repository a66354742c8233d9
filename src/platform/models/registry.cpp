#include "platform/models/registry.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <set>

namespace suanpan::models {
struct VersionName {
    std::string version;
};

namespace {

namespace fs = std::filesystem;
using store::Connection;

constexpr std::string_view card_file = "card.json";

// Drafts of this run of the program; those of an earlier one are left-overs.
const std::string draft_mark = fmt::format(".draft-{}-{}-", ::getpid(), now().time_since_epoch().count());

Result<> check_part(const std::string& text, std::string_view what) {
    const bool sound =
        !text.empty() && text.size() <= 100 && !text.starts_with('.') &&
        std::ranges::all_of(text, [](unsigned char letter) {
            return letter < 128 && (std::isalnum(letter) != 0 || letter == '.' || letter == '_' || letter == '-');
        });
    if (sound) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("a {} has 1 to 100 letters, digits, '.', '_' or '-' and does not begin with '.'", what),
                text);
}

// Best effort: that a rename is on disk before the row that relies on it.
void flush_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    (void)::fsync(descriptor);
    ::close(descriptor);
}

Result<std::set<std::string>> versions(Connection& connection, const std::string& name) {
    std::set<std::string> all;
    for (auto& row : TRY(connection.rows<VersionName>("SELECT version FROM models.version WHERE name = ?", name)))
        all.insert(std::move(row.version));
    return all;
}

// Old versions that nothing may need any more.
Result<std::vector<VersionName>> outdated(Connection& connection, const std::string& name, std::int64_t keep) {
    return connection.rows<VersionName>(R"(
        SELECT version
        FROM (SELECT *, row_number() OVER (ORDER BY created_at DESC, version DESC) AS age
              FROM models.version WHERE name = ?1) AS v
        WHERE age > ?2
          AND version NOT IN (SELECT version FROM models.serving WHERE name = ?1)
          AND version NOT IN (SELECT previous FROM models.serving WHERE name = ?1 AND previous IS NOT NULL)
          AND version NOT IN (
              SELECT arguments->>'$.version' FROM decisions.current
              WHERE kind = 'models.promote' AND state IN ('audited', 'approved') AND arguments->>'$.name' = ?1))",
                                        name, keep);
}

// Folders without a row: a crash came between the rename and the row, or the version is outdated.
void clean(const fs::path& folder, const std::set<std::string>& registered) {
    std::error_code ignored;
    std::vector<fs::path> gone;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        if (!registered.contains(name) && !name.starts_with(draft_mark)) gone.push_back(entry.path());
    }
    for (const auto& path : gone) fs::remove_all(path, ignored);
}

Result<> move_into_place(const Draft& draft, const fs::path& place) {
    std::error_code error;
    // A group of writes that failed runs again: the folder is in its place then.
    if (!fs::exists(draft.folder) && fs::exists(place)) return {};
    fs::remove_all(place, error);  // of a crash, without a row
    fs::rename(draft.folder, place, error);
    if (error) return fail(ErrorCode::io, "the model cannot be put in its place: " + error.message(), place.string());
    flush_folder(place.parent_path());
    return {};
}

}  // namespace

fs::path folder_of(const store::Shop& shop, const std::string& name, const std::string& version) {
    return shop.folder() / "models" / name / version;
}

Result<Draft> write_draft(const store::Shop& shop, Card card, const Files& files) {
    static std::atomic<std::uint64_t> number = 0;
    TRY(check_part(card.name, "model's name"));
    TRY(check_part(card.version, "version"));
    card.created_at = format(now());
    card.code_version = SUANPAN_VERSION;
    card.files.clear();
    const auto folder = shop.folder() / "models" / card.name / (draft_mark + std::to_string(++number));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::io, "the folder of the model cannot be made: " + error.message(), folder.string());
    for (const auto& [file, bytes] : files) {
        TRY(check_part(file, "model's file"));
        card.files[file] = checksum(bytes);
        TRY(store::write_file(folder / file, bytes));
    }
    TRY(store::write_file(folder / card_file, TRY(to_json(card))));
    flush_folder(folder);
    return Draft{std::move(card), folder};
}

Result<> add(Connection& connection, const store::Shop& shop, const Draft& draft) {
    const auto& name = draft.card.name;
    const auto place = folder_of(shop, name, draft.card.version);
    std::error_code ignored;
    if (TRY(is_registered(connection, name, draft.card.version))) {
        fs::remove_all(draft.folder, ignored);
        return {};
    }
    TRY(move_into_place(draft, place));
    const auto at = TRY(parse_instant(draft.card.created_at));
    TRY(connection.query("INSERT INTO models.version VALUES (?, ?, ?, ?)", name, draft.card.version, at,
                         TRY(to_json(draft.card))));
    if (!TRY(serving(connection, name)))
        TRY(connection.query("INSERT INTO models.change (name, version, decision_id, happened_at) VALUES (?, ?, '', ?)",
                             name, draft.card.version, at));
    const auto keep = static_cast<std::int64_t>(std::max(2.0, shop.settings().number("models.keep", 5)));
    auto registered = TRY(versions(connection, name));
    // Their folders go with a later registration, when the rows are surely gone: never a row without its folder.
    clean(place.parent_path(), registered);
    for (const auto& old : TRY(outdated(connection, name, keep)))
        TRY(connection.query("DELETE FROM models.version WHERE name = ? AND version = ?", name, old.version));
    return {};
}

struct ServingRow {
    std::string version;
    std::optional<std::string> previous;
};

Result<std::optional<Serving>> serving(Connection& connection, const std::string& name) {
    const auto rows =
        TRY(connection.rows<ServingRow>("SELECT version, previous FROM models.serving WHERE name = ?", name));
    if (rows.empty()) return std::nullopt;
    return Serving{rows.front().version, rows.front().previous};
}

Result<bool> is_registered(Connection& connection, const std::string& name, const std::string& version) {
    return TRY(connection.count("SELECT count(*) FROM models.version WHERE name = ? AND version = ?", name, version)) >
           0;
}

struct CardRow {
    std::string card;
};

Result<Card> card(Connection& connection, const std::string& name, const std::string& version) {
    const auto rows =
        TRY(connection.rows<CardRow>("SELECT card FROM models.version WHERE name = ? AND version = ?", name, version));
    if (rows.empty())
        return fail(ErrorCode::not_found, "there is no such version; models.list shows what there is",
                    fmt::format("{} {}", name, version));
    return parse_card(rows.front().card, fmt::format("{} {}", name, version));
}

Result<Version> load(Connection& connection, const store::Shop& shop, const std::string& name,
                     const std::string& version) {
    Version loaded{TRY(card(connection, name, version)), {}};
    const auto folder = folder_of(shop, name, version);
    auto files = loaded.card.files;
    files[std::string(card_file)] = checksum(TRY(to_json(loaded.card)));
    for (const auto& [file, sum] : files) {
        auto bytes = store::read_file(folder / file);
        if (!bytes || checksum(*bytes) != sum)
            return fail(ErrorCode::io,
                        fmt::format("the file {}; restore it from a backup, or go back by models.roll_back",
                                    bytes ? "is not what was registered" : "is missing or cannot be read"),
                        (folder / file).string());
        if (file != card_file) loaded.files[file] = std::move(*bytes);
    }
    return loaded;
}

}  // namespace suanpan::models
