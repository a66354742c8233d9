#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/database.h"
#include "platform/store/schema.h"
#include "platform/store/setting_changes.h"

namespace suanpan::store {

// A decision kind that the shop lets through without a person, and up to where.
struct Policy {
    std::string kind;          // "stock.order"
    double approve_below = 0;  // value of one decision, in the shop's currency; 0: never by itself
    double daily_limit = 0;    // value of all decisions of this kind approved by itself in one day
    std::int64_t expire_after_hours = 72;
};

// shop.yaml
struct Settings {
    std::string name;
    std::string currency = "GBP";
    std::string time_zone = "UTC";
    std::string language = "en";
    std::vector<Policy> policies;
    // Free settings of areas, "stock.lead_time_days": "7"; each area documents its own.
    std::map<std::string, std::string> options;

    [[nodiscard]] double number(const std::string& option, double otherwise) const;
    [[nodiscard]] std::string text(const std::string& option, std::string otherwise) const;
    [[nodiscard]] const Policy* policy(std::string_view kind) const;
};

[[nodiscard]] Result<Settings> parse_settings(const std::string& yaml, const std::string& about);
[[nodiscard]] std::string to_yaml(const Settings& settings);

// What the settings are with these values over them: shop.name, shop.currency, shop.time_zone and shop.language, every
// other one an option. Errors: invalid_argument where that makes no shop's settings.
[[nodiscard]] Result<Settings> overlaid(Settings settings, const SettingValues& values);

// A shop is a folder: copy the folder, and you have copied the shop.
class Shop {
  public:
    [[nodiscard]] static Result<> create(const std::filesystem::path& folder, const Settings& settings);
    // Opens the database and brings its tables up to date. Waits up to `patience` for another program to let go of it.
    [[nodiscard]] static Result<std::unique_ptr<Shop>> open(const std::filesystem::path& folder,
                                                            std::span<const Schema> schemas,
                                                            std::chrono::milliseconds patience = {});

    [[nodiscard]] Database& database() const { return *database_; }
    // As they are in force. What was returned stays as it was while the shop is open, whatever is changed meanwhile.
    [[nodiscard]] const Settings& settings() const { return in_force_.load()->settings; }
    [[nodiscard]] const TimeZone& time_zone() const { return in_force_.load()->zone; }
    [[nodiscard]] const Settings& file_settings() const { return file_settings_; }  // what shop.yaml says
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] Day today() const { return time_zone().day_of(now()); }

    // Kept on disk and in force from now on, if `fits` says so of what the settings would then be. One at a time.
    using Fits = std::function<Result<>(Connection&, const Settings&)>;
    [[nodiscard]] Result<> change_setting(const SettingChange& change, const Fits& fits);

    // A consistent copy of settings, database and models into a new folder; others go on reading and writing.
    [[nodiscard]] Result<std::filesystem::path> backup(const std::filesystem::path& target) const;

  private:
    struct InForce {
        Settings settings;
        TimeZone zone;
    };

    Shop(std::filesystem::path folder, Settings file_settings, std::unique_ptr<Database> database);
    [[nodiscard]] Result<std::unique_ptr<const InForce>> with(const SettingValues& values) const;
    void put_in_force(std::unique_ptr<const InForce> settings, SettingValues values);

    std::filesystem::path folder_;
    Settings file_settings_;
    std::unique_ptr<Database> database_;
    std::mutex changing_;
    SettingValues values_;                                // what people set, guarded by changing_
    std::vector<std::unique_ptr<const InForce>> so_far_;  // references to earlier ones may still be held
    std::atomic<const InForce*> in_force_ = nullptr;
};

[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file);
// Written beside the file, flushed to disk and renamed over it: a reader sees the old text or the new, never a part.
[[nodiscard]] Result<> write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace suanpan::store
