#include "platform/gateway/docs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "platform/gateway/mcp.h"
#include "platform/gateway/routes.h"
#include "platform/gateway/schema_text.h"

namespace suanpan::gateway {
namespace {

using operations::Operation;

std::string cell(std::string text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string command_of(const Operation& operation) {
    const auto dot = operation.name.find('.');
    auto verb = operation.name.substr(dot + 1);
    std::ranges::replace(verb, '_', '-');
    auto words = fmt::format("suanpan {} {} SHOP", operation.name.substr(0, dot), verb);
    if (!operation.shortcut.empty()) words = fmt::format("suanpan {} SHOP", operation.shortcut);
    for (auto name : operation.positional) {
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
        words += " " + name;
    }
    return words;
}

std::string request_table(const Operation& operation) {
    const auto fields = field_texts(request_schema(operation));
    if (fields.empty()) return "The request has no fields.\n";
    std::string out = "| Request field | Type | Range | Default | Description |\n|---|---|---|---|---|\n";
    for (const auto& field : fields)
        out += fmt::format("| `{}`{} | {} | {} | {} | {} |\n", field.name, field.required ? " (needed)" : "",
                           cell(field.type), cell(field.range), cell(field.default_value), cell(field.description));
    return out;
}

std::string reply_table(const Operation& operation) {
    const auto fields = field_texts(reply_schema(operation));
    if (fields.empty()) return "The reply has no fields.\n";
    std::string out = "| Reply field | Type | Description |\n|---|---|---|\n";
    for (const auto& field : fields)
        out += fmt::format("| `{}` | {} | {} |\n", field.name, cell(field.type), cell(field.description));
    return out;
}

std::string deprecation_line(const operations::Deprecation& deprecation) {
    auto line = "- Deprecated since " + format(deprecation.since);
    if (deprecation.sunset) line += ", goes on " + format(*deprecation.sunset);
    if (!deprecation.successor.empty()) line += fmt::format("; call `{}` instead", deprecation.successor);
    return line + "\n";
}

std::string section(const Operation& operation) {
    const auto http = operation.reads() ? fmt::format("`GET {0}` or `POST {0}`", path_of(operation))
                                        : fmt::format("`POST {}`", path_of(operation));
    std::string out = fmt::format("## {}\n\n{}\n\n{}\n\n", operation.name, operation.summary.en, operation.summary.zh);
    out += fmt::format(
        "- HTTP: {}\n- Command line: `{}`\n- MCP tool: `{}`\n- Role: {}\n- Effect: {}{}\n", http, command_of(operation),
        tool_name(operation), operations::name(operation.role), operations::name(operation.effect),
        operation.idempotent && !operation.reads() ? "; the same request again changes nothing more" : "");
    if (operation.deprecated) out += deprecation_line(*operation.deprecated);
    if (operation.long_work) out += "- Takes long: over HTTP it answers 202 with a run to watch\n";
    return out + "\n" + request_table(operation) + "\n" + reply_table(operation);
}

}  // namespace

std::vector<Page> reference(const operations::Registry& registry) {
    std::map<std::string, std::map<std::string, const Operation*>> areas;
    for (const auto& operation : registry.all())
        areas[operation.name.substr(0, operation.name.find('.'))][operation.name] = &operation;
    std::string list = "# Reference\n\nMade from the operations by the program; edits here are lost.\n\n";
    std::vector<Page> pages;
    for (const auto& [area, operations] : areas) {
        list += fmt::format("- [{0}]({0}.md)\n", area);
        std::string text = fmt::format("# {}\n\nMade from the operations by the program; edits here are lost.\n", area);
        for (const auto& [name, operation] : operations) {
            list += fmt::format(
                "  - [{}]({}.md#{}): {}\n", name, area,
                [&] {
                    auto anchor = name;
                    std::erase(anchor, '.');
                    return anchor;
                }(),
                operation->summary.en);
            text += "\n" + section(*operation);
        }
        pages.push_back({area + ".md", std::move(text)});
    }
    pages.insert(pages.begin(), {"README.md", std::move(list)});
    return pages;
}

}  // namespace suanpan::gateway
