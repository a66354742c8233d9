#include "platform/operations/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "platform/operations/request_schema.h"

namespace suanpan::operations {
namespace {

// What CLI11 fills in for one operation. Held by pointer, since CLI11 keeps the addresses.
struct Words {
    const Operation* operation;
    std::vector<RequestField> fields;
    std::map<std::string, std::vector<std::string>> values;
    std::map<std::string, bool> flags;
    CLI::App* app = nullptr;
};

struct Shared {
    std::string shop, fields;
    bool json = false, csv = false;
};

std::string option_name(std::string field) {
    std::ranges::replace(field, '_', '-');
    return "--" + field;
}

bool is_positional(const Operation& operation, std::string_view field) {
    return std::ranges::find(operation.positional, field) != operation.positional.end();
}

void add_field(Words& words, const RequestField& field) {
    if (field.type == RequestField::Type::boolean) {
        words.app->add_flag(option_name(field.name), words.flags[field.name], field.description);
        return;
    }
    auto& values = words.values[field.name];
    const auto name = is_positional(*words.operation, field.name) ? field.name : option_name(field.name);
    auto* option = words.app->add_option(name, values, field.description);
    if (field.type == RequestField::Type::list && name == field.name)
        option->expected(1, -1);
    else if (field.type == RequestField::Type::list)
        option->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->delimiter(',');
    else
        option->expected(1)->allow_extra_args(false);
    if (name == field.name &&
        std::ranges::find(words.operation->required, field.name) == words.operation->required.end())
        option->required(false);
}

void add_operation(CLI::App& parent, Words& words, Shared& shared, std::string_view name) {
    words.app = parent.add_subcommand(std::string(name), words.operation->summary.en);
    words.app->add_option("shop", shared.shop, "the folder of the shop")->required();
    for (const auto& positional : words.operation->positional)
        for (const auto& field : words.fields)
            if (field.name == positional) add_field(words, field);
    for (const auto& field : words.fields)
        if (!is_positional(*words.operation, field.name)) add_field(words, field);
    words.app->add_flag("--json", shared.json, "the reply as JSON");
    words.app->add_flag("--csv", shared.csv, "the reply as CSV");
    words.app->add_option("--fields", shared.fields, "only these fields of the reply, separated by commas");
}

Result<std::string> request_of(const Words& words) {
    Json request = Json::object_t{};
    for (const auto& field : words.fields) {
        if (field.type == RequestField::Type::boolean) {
            if (words.flags.at(field.name)) request[field.name] = true;
        } else if (const auto& values = words.values.at(field.name); !values.empty()) {
            request[field.name] = TRY(parse_field(field, values));
        }
    }
    // A server that runs this for us has another current folder.
    for (const auto& path : words.operation->paths)
        if (auto* value = const_cast<Json*>(member(request, path)); value && value->is_array())
            for (auto& file : value->get_array()) file = std::filesystem::absolute(file.get_string()).string();
    return to_text(request);
}

struct Parser {
    CLI::App app{"Suanpan: an operations engine for online shops", "suanpan"};
    Shared shared;
    std::vector<std::unique_ptr<Words>> all;

    void add(const Registry& registry, const CommandLineOptions& options);
    CLI::App& group(const std::string& area);
};

CLI::App& Parser::group(const std::string& area) {
    for (auto* existing : app.get_subcommands({}))
        if (existing->get_name() == area) return *existing;
    return *app.add_subcommand(area, "operations of " + area)->require_subcommand(1);
}

void Parser::add(const Registry& registry, const CommandLineOptions& options) {
    app.require_subcommand(1);
    app.set_version_flag("--version", options.version);
    for (const auto& command : options.commands) app.add_subcommand(command.name, command.summary.en)->prefix_command();
    for (const auto& operation : registry.all()) {
        const auto dot = operation.name.find('.');
        auto fields = request_fields(operation);
        auto add_as = [&](CLI::App& parent, std::string_view name) {
            auto& words = *all.emplace_back(std::make_unique<Words>(&operation, fields));
            add_operation(parent, words, shared, name);
        };
        std::string verb = operation.name.substr(dot + 1);
        std::ranges::replace(verb, '_', '-');
        add_as(group(operation.name.substr(0, dot)), verb);
        if (!operation.shortcut.empty()) add_as(app, operation.shortcut);
    }
}

}  // namespace

Result<Invocation> parse_command_line(const Registry& registry, const CommandLineOptions& options,
                                      const std::vector<std::string>& arguments) {
    Parser parser;
    parser.add(registry, options);
    try {
        parser.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        return Invocation{.text = parser.app.help()};
    } catch (const CLI::CallForAllHelp&) {
        return Invocation{.text = parser.app.help("", CLI::AppFormatMode::All)};
    } catch (const CLI::CallForVersion&) {
        return Invocation{.text = options.version + "\n"};
    } catch (const CLI::ParseError& error) {
        return fail(ErrorCode::invalid_argument, fmt::format("{} (try --help)", error.what()));
    }
    for (const auto& words : parser.all) {
        if (!words->app->parsed()) continue;
        return Invocation{
            .operation = words->operation,
            .shop = parser.shared.shop,
            .request = TRY(request_of(*words)),
            .fields = parser.shared.fields,
            .format = parser.shared.json ? Format::json : (parser.shared.csv ? Format::csv : Format::table),
        };
    }
    return Invocation{.text = parser.app.help()};
}

}  // namespace suanpan::operations
