#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "platform/base/utf8.h"
#include "platform/store/shop.h"

namespace suanpan::store {
namespace {

Result<Policy> parse_policy(const std::string& kind, const YAML::Node& node, const std::string& about) {
    Policy policy{.kind = kind};
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "approve_below")
            policy.approve_below = entry.second.as<double>();
        else if (key == "daily_limit")
            policy.daily_limit = entry.second.as<double>();
        else if (key == "expire_after_hours")
            policy.expire_after_hours = entry.second.as<std::int64_t>();
        else
            return fail(ErrorCode::invalid_argument,
                        fmt::format("policy \"{}\" has no setting \"{}\"; known are approve_below, daily_limit, "
                                    "expire_after_hours",
                                    kind, key),
                        about);
    }
    return policy;
}

void read_options(Settings& settings, const std::string& prefix, const YAML::Node& node) {
    for (const auto& entry : node) {
        const auto key = prefix.empty() ? entry.first.as<std::string>() : prefix + "." + entry.first.as<std::string>();
        if (entry.second.IsMap())
            read_options(settings, key, entry.second);
        else
            settings.options[key] = entry.second.as<std::string>();
    }
}

Result<> read_entry(Settings& settings, const std::string& key, const YAML::Node& value, const std::string& about) {
    if (key == "name")
        settings.name = value.as<std::string>();
    else if (key == "currency")
        settings.currency = value.as<std::string>();
    else if (key == "time_zone")
        settings.time_zone = value.as<std::string>();
    else if (key == "language")
        settings.language = value.as<std::string>();
    else if (key == "options")
        read_options(settings, "", value);
    else if (key == "policies")
        for (const auto& policy : value)
            settings.policies.push_back(TRY(parse_policy(policy.first.as<std::string>(), policy.second, about)));
    else
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("unknown setting \"{}\"; known are name, currency, time_zone, language, policies, options",
                        key),
            about);
    return {};
}

Result<> check(const Settings& settings, const std::string& about) {
    if (settings.currency.size() != 3 ||
        !std::ranges::all_of(settings.currency, [](char letter) { return letter >= 'A' && letter <= 'Z'; }))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is not a currency; use a code of ISO 4217 such as GBP", settings.currency),
                    about);
    if (settings.language != "en" && settings.language != "zh")
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the language \"{}\" is not known; there are en and zh", settings.language), about);
    if (const auto zone = TimeZone::named(settings.time_zone); !zone)
        return fail(zone.error().code, zone.error().message, about);
    return {};
}

}  // namespace

Result<Settings> parse_settings(const std::string& yaml, const std::string& about) {
    if (yaml.contains('\0'))
        return fail(ErrorCode::invalid_argument, "the settings hold a NUL byte; no text has one", about);
    if (!is_utf8(yaml))
        return fail(ErrorCode::invalid_argument, "the settings are not UTF-8; save the file as UTF-8", about);
    try {
        Settings settings;
        const auto root = YAML::Load(yaml);
        if (!root.IsMap())
            return fail(ErrorCode::invalid_argument,
                        "the settings are not a YAML mapping; write lines such as: currency: GBP", about);
        for (const auto& entry : root) TRY(read_entry(settings, entry.first.as<std::string>(), entry.second, about));
        TRY(check(settings, about));
        return settings;
    } catch (const YAML::BadConversion& error) {
        return fail(ErrorCode::invalid_argument,
                    "the value is of the wrong kind: a text or a list where one number is wanted, or the reverse",
                    fmt::format("{}:{}", about, error.mark.line + 1));
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::invalid_argument, "not valid YAML: " + error.msg,
                    fmt::format("{}:{}", about, error.mark.line + 1));
    }
}

Result<Settings> overlaid(Settings settings, const SettingValues& values) {
    const std::map<std::string, std::string*, std::less<>> outside = {{"shop.name", &settings.name},
                                                                      {"shop.currency", &settings.currency},
                                                                      {"shop.time_zone", &settings.time_zone},
                                                                      {"shop.language", &settings.language}};
    for (const auto& [option, value] : values) {
        const auto found = outside.find(option);
        (found == outside.end() ? settings.options[option] : *found->second) = value;
    }
    TRY(check(settings, "settings"));
    return settings;
}

std::string to_yaml(const Settings& settings) {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "name" << YAML::Value << settings.name << YAML::Key << "currency"
        << YAML::Value << settings.currency << YAML::Key << "time_zone" << YAML::Value << settings.time_zone
        << YAML::Key << "language" << YAML::Value << settings.language;
    out << YAML::Key << "policies" << YAML::Value << YAML::BeginMap;
    for (const auto& policy : settings.policies)
        out << YAML::Key << policy.kind << YAML::Value << YAML::BeginMap << YAML::Key << "approve_below" << YAML::Value
            << policy.approve_below << YAML::Key << "daily_limit" << YAML::Value << policy.daily_limit << YAML::Key
            << "expire_after_hours" << YAML::Value << policy.expire_after_hours << YAML::EndMap;
    out << YAML::EndMap << YAML::Key << "options" << YAML::Value << YAML::BeginMap;
    for (const auto& [key, value] : settings.options) out << YAML::Key << key << YAML::Value << value;
    out << YAML::EndMap << YAML::EndMap;
    return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace suanpan::store
