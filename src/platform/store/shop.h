#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/database.h"
#include "platform/store/schema.h"

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

// A shop is a folder: copy the folder, and you have copied the shop.
class Shop {
  public:
    [[nodiscard]] static Result<> create(const std::filesystem::path& folder, const Settings& settings);
    // Opens the database and brings its tables up to date. Waits up to `patience` for another program to let go of it.
    [[nodiscard]] static Result<std::unique_ptr<Shop>> open(const std::filesystem::path& folder,
                                                            std::span<const Schema> schemas,
                                                            std::chrono::milliseconds patience = {});

    [[nodiscard]] Database& database() const { return *database_; }
    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const TimeZone& time_zone() const { return time_zone_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] Day today() const { return time_zone_.day_of(now()); }

    // A consistent copy of settings, database and models into a new folder; others go on reading and writing.
    [[nodiscard]] Result<std::filesystem::path> backup(const std::filesystem::path& target) const;

  private:
    Shop(std::filesystem::path folder, Settings settings, TimeZone zone, std::unique_ptr<Database> database);
    std::filesystem::path folder_;
    Settings settings_;
    TimeZone time_zone_;
    std::unique_ptr<Database> database_;
};

[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file);
// Written beside the file, flushed to disk and renamed over it: a reader sees the old text or the new, never a part.
[[nodiscard]] Result<> write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace suanpan::store
