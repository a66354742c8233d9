#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "platform/operations/declare.h"
#include "platform/settings/settings.h"

namespace suanpan::settings {

struct ListRequest {
    std::string group;
};

struct ListedOption {
    std::string option, group, kind, title_en, title_zh, about_en, about_zh, value, otherwise, unit;
    std::optional<double> least, most;
    std::vector<std::string> choices;
    std::string origin, set_by, reason, set_at;
    bool confidential = false, in_file_only = false;
};

struct PastChange {
    std::string option, value;
    bool cleared = false;
    std::string set_by, reason, set_at;
};

struct ListReply {
    std::vector<ListedOption> options;
    std::vector<PastChange> changes;
};

struct CheckRequest {};

struct CheckReply {
    std::vector<std::string> problems;
};

struct SetRequest {
    std::string option, value, reason;
};

struct ResetRequest {
    std::string option, reason;
};

}  // namespace suanpan::settings

template <>
struct suanpan::operations::Described<suanpan::settings::ListRequest> {
    static constexpr FieldWords fields[] = {
        {"group", "only these, such as guardrails; empty: all"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::settings::ListReply> {
    static constexpr FieldWords fields[] = {
        {"options", "every option there is, as it is in force"},
        {"changes", "what people set, the newest first; at most 100"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::settings::CheckReply> {
    static constexpr FieldWords fields[] = {
        {"problems", "what shop.yaml or a change says that does not fit, in sentences; none: all is well"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::settings::ListedOption> {
    static constexpr FieldWords fields[] = {
        {"kind", "number, yes or no (1 or 0), choice, text"},
        {"value", "as it is in force; of a confidential one, no more than where it begins"},
        {"otherwise", "where nobody says anything"},
        {"unit", "days, share, money (the shop's currency) and so on; empty: none"},
        {"origin", "console or API: \"set\"; the shop's file: \"shop.yaml\"; neither: \"default\""},
        {"in_file_only", "whether it is set in shop.yaml alone"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::settings::SetRequest> {
    static constexpr FieldWords fields[] = {
        {"option", "such as stock.lead_time_days; settings.list has them", {.max_length = 200}},
        {"value", "in full, as it would stand in shop.yaml; empty: of a text, none", {.max_length = 2000}},
        {"reason", "why; kept with the change", {.min_length = 1, .max_length = 500}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::settings::ResetRequest> {
    static constexpr FieldWords fields[] = {
        {"option", "goes back to what shop.yaml says, or its default", {.max_length = 200}},
        {"reason", "why; kept with the change", {.min_length = 1, .max_length = 500}},
    };
};

namespace suanpan::settings {
namespace {

using operations::Context;
using store::Connection;
using store::SettingChange;

constexpr std::int64_t most_changes = 100;

// What the settings say, in the file or in force; nothing where they leave it open.
std::optional<std::string> said(const store::Settings& settings, const std::string& option) {
    if (option == "shop.name") return settings.name;
    if (option == "shop.currency") return settings.currency;
    if (option == "shop.time_zone") return settings.time_zone;
    if (option == "shop.language") return settings.language;
    const auto found = settings.options.find(option);
    return found == settings.options.end() ? std::nullopt : std::optional(found->second);
}

ListedOption described(const Option& option) {
    ListedOption row{.option = option.name,
                     .group = option.group,
                     .kind = std::string(name(option.kind)),
                     .title_en = option.title.en,
                     .title_zh = option.title.zh,
                     .about_en = option.about.en,
                     .about_zh = option.about.zh,
                     .otherwise = option.otherwise,
                     .unit = option.unit,
                     .choices = option.choices,
                     .confidential = option.confidential,
                     .in_file_only = option.in_file_only};
    if (option.kind == Kind::number) {
        row.least = option.least;
        row.most = option.most;
    }
    return row;
}

// Every role reads the same: of an address no more than the host, since what follows may be a password.
std::string shown(const Option* option, const std::string& value) {
    if (option != nullptr && !option->confidential) return value;
    const auto host = value.find("://");
    if (host == std::string::npos) return value.empty() ? "" : "…";
    return value.substr(0, value.find('/', host + 3)) + "/…";
}

ListedOption listed(const Context& context, const Option& option, const SettingChange* set) {
    auto row = described(option);
    const auto value = said(context.shop.settings(), option.name);
    row.value = shown(&option, value.value_or(option.otherwise));
    row.origin = value ? "shop.yaml" : "default";
    if (set == nullptr) return row;
    if (!set->cleared) row.origin = "set";
    row.set_by = set->set_by;
    row.reason = set->reason;
    row.set_at = format(set->set_at);
    return row;
}

PastChange past(const Sections& sections, const SettingChange& change) {
    const auto value = shown(find_option(sections, change.option), change.value);
    return {change.option, value, change.cleared, change.set_by, change.reason, format(change.set_at)};
}

Result<ListReply> list(Context& context, const Sections& sections, const ListRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<ListReply> {
        ListReply reply;
        const auto newest = TRY(store::newest_changes(connection));
        for (const auto& section : sections)
            for (const auto& option : section.options) {
                if (!request.group.empty() && option.group != request.group) continue;
                const auto set = std::ranges::find(newest, option.name, &SettingChange::option);
                reply.options.push_back(listed(context, option, set == newest.end() ? nullptr : &*set));
            }
        for (const auto& change : TRY(store::setting_changes(connection, most_changes)))
            reply.changes.push_back(past(sections, change));
        return reply;
    });
}

Result<const Option*> settable(const Sections& sections, const std::string& name) {
    const auto* option = find_option(sections, name);
    if (option == nullptr)
        return fail(ErrorCode::not_found, "there is no such option; settings.list has those there are", name);
    if (option->in_file_only)
        return fail(ErrorCode::conflict, "this is set in shop.yaml only; change it there and start the server again",
                    name);
    return option;
}

Result<ListedOption> change(Context& context, const Sections& sections, SettingChange wanted) {
    const auto* option = TRY(settable(sections, wanted.option));
    if (!wanted.cleared) TRY(check_value(*option, wanted.value));
    wanted.set_by = context.principal.name;
    wanted.set_at = now();
    const auto before = said(context.shop.settings(), wanted.option);
    TRY(context.shop.change_setting(wanted, [&](Connection& connection, const store::Settings& then) -> Result<> {
        if (option->may_change && said(then, wanted.option) != before) TRY(option->may_change(connection));
        for (const auto& section : sections)
            if (section.check) TRY(section.check(then));
        return {};
    }));
    return listed(context, *option, &wanted);
}

}  // namespace

void add_operations(operations::Registry& registry, const Sections& sections) {
    using operations::declare;
    registry.add(declare<ListRequest, ListReply>(
        {.name = "settings.list",
         .summary = {"Lists every option of the shop: its value, range and default, and who set it",
                     "列出店铺的全部设置：取值、范围、默认值及设定人"},
         .positional = {"group"}},
        [sections](Context& context, const ListRequest& request) { return list(context, sections, request); }));
    registry.add(declare<CheckRequest, CheckReply>(
        {.name = "settings.check",
         .summary = {"Says what of the shop's settings does not fit: options nobody knows, values out of range",
                     "检查店铺设置中的问题：未知选项、超出范围的取值"},
         .role = operations::Role::admin},
        [sections](Context& context, const CheckRequest&) -> Result<CheckReply> {
            return CheckReply{problems_of(sections, context.shop.settings())};
        }));
    registry.add(declare<SetRequest, ListedOption>(
        {.name = "settings.set",
         .summary = {"Sets an option of the shop, over what shop.yaml says, from now on",
                     "设定店铺的一项设置，即时生效，优先于 shop.yaml"},
         .role = operations::Role::admin,
         .effect = operations::Effect::changes,
         .positional = {"option", "value"},
         .required = {"option", "reason"}},
        [sections](Context& context, const SetRequest& request) {
            return change(context, sections,
                          {.option = request.option, .value = request.value, .reason = request.reason});
        }));
    registry.add(declare<ResetRequest, ListedOption>(
        {.name = "settings.reset",
         .summary = {"Puts an option back to what shop.yaml says, or to its default",
                     "将一项设置恢复为 shop.yaml 或默认值"},
         .role = operations::Role::admin,
         .effect = operations::Effect::changes,
         .positional = {"option"},
         .required = {"option", "reason"}},
        [sections](Context& context, const ResetRequest& request) {
            return change(context, sections, {.option = request.option, .cleared = true, .reason = request.reason});
        }));
}

}  // namespace suanpan::settings
