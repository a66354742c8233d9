#include "platform/store/shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "platform/store/memory.h"

namespace suanpan::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view settings_name = "shop.yaml";
constexpr std::string_view database_name = "shop.duckdb";

// False also where it cannot be known.
bool is_there(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

struct Opening {
    std::chrono::milliseconds patience;
    double memory_mib = 0;
};

Result<std::unique_ptr<Database>> open_patiently(const fs::path& file, const Opening& opening) {
    const auto until = std::chrono::steady_clock::now() + opening.patience;
    const auto memory = fmt::format("{:.0f}MiB", std::clamp(opening.memory_mib, least_memory_mib, 1e9));
    for (;;) {
        auto database = Database::open(file, {.memory_limit = memory, .temporary_folder = file.string() + ".tmp"});
        if (database || database.error().code != ErrorCode::unavailable) return database;
        if (std::chrono::steady_clock::now() >= until) return database;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace

double Settings::number(const std::string& option, double otherwise) const {
    const auto found = options.find(option);
    if (found == options.end()) return otherwise;
    double value = otherwise;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
}

std::string Settings::text(const std::string& option, std::string otherwise) const {
    const auto found = options.find(option);
    return found == options.end() ? std::move(otherwise) : found->second;
}

const Policy* Settings::policy(std::string_view kind) const {
    for (const auto& policy : policies)
        if (policy.kind == kind) return &policy;
    return nullptr;
}

Result<> Shop::create(const fs::path& folder, const Settings& settings) {
    if (is_there(folder / settings_name))
        return fail(ErrorCode::conflict, "there is a shop already; choose another folder", folder.string());
    std::error_code error;
    for (const auto* part : {"models", "inbox", "exports", "backups"}) {
        fs::create_directories(folder / part, error);
        if (error)
            return fail(ErrorCode::io,
                        "the folder cannot be made (" + error.message() + "); choose one you may write to",
                        (folder / part).string());
    }
    return write_file(folder / settings_name, to_yaml(settings));
}

Result<std::unique_ptr<Shop>> Shop::open(const fs::path& folder, std::span<const Schema> schemas,
                                         std::chrono::milliseconds patience) {
    const auto file = folder / settings_name;
    const auto text = read_file(file);
    if (!text && text.error().code == ErrorCode::not_found)
        return fail(ErrorCode::not_found,
                    fmt::format("no shop here (no {}); make one with: suanpan init {}", settings_name, folder.string()),
                    folder.string());
    if (!text) return std::unexpected(text.error());
    auto settings = TRY(parse_settings(*text, file.string()));
    auto database =
        TRY(open_patiently(folder / database_name, {patience, settings.number("store.memory_mib", usual_memory_mib)}));
    const auto backup = folder / "backups" / ("before-upgrade-" + stamp(now()) + ".duckdb");
    TRY(upgrade(*database, schemas, {.backup_file = backup}));
    auto shop = std::unique_ptr<Shop>(new Shop(folder, std::move(settings), std::move(database)));
    SettingValues values;
    for (auto& change : TRY(shop->database_->read(newest_changes)))
        if (!change.cleared) values.emplace(std::move(change.option), std::move(change.value));
    auto in_force = TRY(shop->with(values));
    shop->put_in_force(std::move(in_force), std::move(values));
    return shop;
}

Shop::Shop(fs::path folder, Settings file_settings, std::unique_ptr<Database> database)
    : folder_(std::move(folder)), file_settings_(std::move(file_settings)), database_(std::move(database)) {}

Result<std::unique_ptr<const Shop::InForce>> Shop::with(const SettingValues& values) const {
    auto settings = TRY(overlaid(file_settings_, values));
    auto zone = TRY(TimeZone::named(settings.time_zone));
    return std::make_unique<const InForce>(std::move(settings), zone);
}

void Shop::put_in_force(std::unique_ptr<const InForce> settings, SettingValues values) {
    so_far_.push_back(std::move(settings));
    values_ = std::move(values);
    in_force_.store(so_far_.back().get());
}

Result<> Shop::change_setting(const SettingChange& change, const Fits& fits) {
    const std::lock_guard one_at_a_time(changing_);
    auto values = values_;
    values.erase(change.option);
    if (!change.cleared) values.emplace(change.option, change.value);
    auto changed = TRY(with(values));
    TRY(database_->write([&](Connection& connection) -> Result<> {
        TRY(fits(connection, changed->settings));
        return record_change(connection, change);
    }));
    put_in_force(std::move(changed), std::move(values));
    return {};
}

Result<fs::path> Shop::backup(const fs::path& target) const {
    if (is_there(target / settings_name))
        return fail(ErrorCode::conflict, "there is a shop already; choose another folder", target.string());
    std::error_code error;
    fs::create_directories(target, error);
    if (error) return fail(ErrorCode::io, "the backup cannot be written: " + error.message(), target.string());
    // Models after the database: one that it names was there before, and one that comes meanwhile harms nothing.
    TRY(copy_database(*database_, target / database_name));
    fs::copy(folder_ / "models", target / "models", fs::copy_options::recursive, error);
    if (error) return fail(ErrorCode::io, "the backup cannot be written: " + error.message(), target.string());
    for (const auto* part : {"inbox", "exports", "backups"}) fs::create_directories(target / part, error);
    for (const auto* name : {"mapping.yaml"})
        if (is_there(folder_ / name)) TRY(write_file(target / name, TRY(read_file(folder_ / name))));
    // Last, since a folder counts as a shop by this file.
    TRY(write_file(target / settings_name, TRY(read_file(folder_ / settings_name))));
    return target;
}

}  // namespace suanpan::store
