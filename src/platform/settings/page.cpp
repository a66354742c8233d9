#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "platform/settings/option.h"

namespace suanpan::settings {
namespace {

std::string range_of(const Option& option) {
    if (option.kind == Kind::number)
        return fmt::format("{:.15g} to {:.15g}{}", option.least, option.most,
                           option.unit.empty() ? "" : " " + option.unit);
    if (option.kind == Kind::text) return "text";
    return fmt::format("{}", fmt::join(option.choices, ", "));
}

std::string row_of(const Option& option) {
    return fmt::format("| `{}` | {} | {} | {}{} |\n", option.name, option.otherwise.empty() ? "–" : option.otherwise,
                       range_of(option), option.about.en, option.in_file_only ? " Set in shop.yaml only." : "");
}

}  // namespace

std::string settings_page(const Sections& sections) {
    std::map<std::string, std::string> groups;
    for (const auto& section : sections)
        for (const auto& option : section.options) groups[option.group] += row_of(option);
    std::string page =
        "\n## What can be set\n\nUnder `options` in the shop's `shop.yaml` (`stock.lead_time_days: 7`, or nested), or "
        "while it "
        "runs by settings.set and\non the console's page of settings, which counts at once and over the file. `shop.…` "
        "stand "
        "there by their last word,\noutside of `options`.\n";
    for (const auto& [group, rows] : groups)
        page += fmt::format("\n### {}\n\n| option | default | takes | what it does |\n| --- | --- | --- | --- |\n{}",
                            group, rows);
    return page;
}

}  // namespace suanpan::settings
