#include "command.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "areas/data/features/features.h"
#include "areas/data/mapping.h"
#include "areas/data/mapping_check.h"
#include "areas/data/suggest/suggest.h"
#include "areas/data/tables_page.h"
#include "areas/demand/evaluate/command.h"
#include "areas/selection/classify/command.h"
#include "demo.h"
#include "platform/gateway/client.h"
#include "platform/gateway/docs.h"
#include "platform/gateway/mcp.h"
#include "platform/gateway/openapi.h"
#include "platform/operations/command_line.h"
#include "platform/operations/json.h"
#include "platform/operations/validate.h"
#include "platform/store/restore.h"
#include "progress_display.h"

namespace suanpan {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Format;
using operations::Invocation;

constexpr std::string_view version = "suanpan " SUANPAN_VERSION;

std::string person() {
    if (const char* name = std::getenv("USER"); name != nullptr && *name != '\0') return std::string("user:") + name;
    const auto* known = ::getpwuid(::getuid());
    return std::string("user:") + (known == nullptr ? std::to_string(::getuid()) : known->pw_name);
}

std::string person_name() {
    return person().substr(std::string("user:").size());
}

// An expression that the store cannot compute is told before there is a shop.
Result<> refuse_expressions(const Program& program, const data::Mapping& mapping) {
    const auto database = TRY(store::Database::open(":memory:"));
    TRY(store::upgrade(*database, program.schemas, {}));
    auto connection = TRY(database->connect());
    return data::refuse_problems(TRY(data::check_mapping(connection, mapping)), "cannot be computed",
                                 "; no shop was made");
}

Result<> init(const Program& program, const std::vector<std::string>& words) {
    std::string folder, mapping_file;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--mapping" && i + 1 < words.size())
            mapping_file = words[++i];
        else if (folder.empty() && !words[i].starts_with('-'))
            folder = words[i];
        else
            return fail(ErrorCode::invalid_argument, "usage: suanpan init SHOP --mapping FILE", words[i]);
    }
    if (folder.empty() || mapping_file.empty())
        return fail(ErrorCode::invalid_argument, "usage: suanpan init SHOP --mapping FILE");
    const auto text = TRY(store::read_file(mapping_file));
    const auto mapping = TRY(data::parse_mapping(text, mapping_file));
    TRY(refuse_expressions(program, mapping));
    TRY(store::Shop::create(folder, mapping.shop));
    TRY(store::write_file(fs::path(folder) / "mapping.yaml", text));
    (void)TRY(store::Shop::open(folder, program.schemas));
    std::cout << fmt::format("made the shop \"{}\" in {}; load its files with: suanpan load {} FILE…\n",
                             mapping.shop.name, folder, folder);
    return {};
}

Result<> suggest(const Program&, const std::vector<std::string>& words) {
    constexpr std::string_view usage = "usage: suanpan data suggest [--currency CODE] [--time-zone NAME] FILE…";
    data::SuggestOptions options;
    std::vector<fs::path> files;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--currency" && i + 1 < words.size())
            options.currency = words[++i];
        else if (words[i] == "--time-zone" && i + 1 < words.size())
            options.time_zone = TRY(TimeZone::named(words[++i])).name();
        else if (!words[i].starts_with('-'))
            files.emplace_back(words[i]);
        else
            return fail(ErrorCode::invalid_argument, std::string(usage), words[i]);
    }
    if (files.empty()) return fail(ErrorCode::invalid_argument, std::string(usage));
    std::cout << TRY(data::suggest_mapping(files, options)) << std::flush;
    return {};
}

// A server that holds the shop open runs the command; else this process opens the shop.
Result<std::string> call_there(const gateway::Server& server, const Invocation& invocation) {
    ProgressDisplay display;
    return gateway::call_server(
        server, {.operation = invocation.operation->name, .request = invocation.request, .person = person_name()},
        [&](const operations::Progress& progress) { display.show(progress); });
}

Result<std::string> call_here(const Program& program, const Invocation& invocation, std::string& language) {
    auto shop = TRY(store::Shop::open(invocation.shop, program.schemas, std::chrono::seconds(30)));
    language = shop->settings().language;
    ProgressDisplay display;
    Context context{*shop, program.operations, {person(), operations::Role::admin}};
    context.progress = [&](const operations::Progress& progress) { display.show(progress); };
    return program.operations.call(context, invocation.operation->name, invocation.request);
}

Result<> call(const Program& program, const Invocation& invocation) {
    std::string language = "en";
    const auto server = gateway::running_server(invocation.shop);
    auto reply = TRY(server ? call_there(*server, invocation) : call_here(program, invocation, language));
    if (!invocation.fields.empty()) reply = TRY(operations::select_fields(reply, invocation.fields));
    std::cout << TRY(operations::render(reply, invocation.format, language)) << std::flush;
    if (!std::cout) return fail(ErrorCode::io, "the reply could not be written whole");
    return {};
}

// What `shop.check` says of a shop that is being restored.
Result<> must_be_sound(const Program& program, store::Shop& shop) {
    Context context{shop, program.operations, {person(), operations::Role::admin}};
    const auto reply = TRY(program.operations.call(context, "shop.check", "{}"));
    const auto json = TRY(operations::parse_json(reply));
    const auto* sound = operations::member(json, "sound");
    if (sound != nullptr && sound->is_boolean() && sound->get_boolean()) return {};
    return fail(ErrorCode::conflict, "the backup is not sound; use another one. shop.check says: " + reply);
}

Result<> restore(const Program& program, const std::vector<std::string>& words) {
    if (words.size() != 2) return fail(ErrorCode::invalid_argument, "usage: suanpan restore BACKUP SHOP");
    if (gateway::running_server(words[0]))
        return fail(ErrorCode::unavailable, "a server has this shop open; back it up with: suanpan shop backup SHOP",
                    words[0]);
    TRY(store::restore({words[0], words[1]}, program.schemas,
                       [&](store::Shop& shop) { return must_be_sound(program, shop); }));
    std::cout << fmt::format("restored {} from {}; every table was read and every decision replayed\n", words[1],
                             words[0]);
    return {};
}

Result<> docs(const Program& program, const std::vector<std::string>& words) {
    if (words.size() != 1) return fail(ErrorCode::invalid_argument, "usage: suanpan docs FOLDER|FILE.json");
    if (words[0].ends_with(".json")) return store::write_file(words[0], gateway::openapi(program.operations));
    fs::create_directories(words[0]);
    const auto catalogue = features::catalogue_page(TRY(features::ready_features()));
    for (auto& page : gateway::reference(program.operations)) {
        if (page.file == "README.md") page.text += "- [tables](tables.md): the tables that a mapping fills\n";
        if (page.file == "features.md") page.text += catalogue;
        if (page.file == "settings.md") page.text += settings::settings_page(program.settings);
        TRY(store::write_file(fs::path(words[0]) / page.file, page.text));
    }
    return store::write_file(fs::path(words[0]) / "tables.md", data::tables_page());
}

Result<> mcp(const Program& program, const std::vector<std::string>& words) {
    if (words.size() != 1) return fail(ErrorCode::invalid_argument, "usage: suanpan mcp SHOP");
    if (const auto server = gateway::running_server(words[0])) {
        const auto call = [&](const operations::Operation& operation, const std::string& request,
                              const gateway::OnProgress& on_progress) {
            return gateway::call_server(*server, {operation.name, request, person_name()}, on_progress);
        };
        return gateway::serve_stdio({operations::Role::admin, call}, program.operations, {std::cin, std::cout});
    }
    auto shop = TRY(store::Shop::open(words[0], program.schemas, std::chrono::seconds(5)));
    const operations::Principal principal{person(), operations::Role::admin};
    return gateway::serve_stdio(gateway::caller_here(*shop, program.operations, principal), program.operations,
                                {std::cin, std::cout});
}

Result<> login(const Program&, const std::vector<std::string>& words) {
    if (words.size() != 1) return fail(ErrorCode::invalid_argument, "usage: suanpan login SHOP");
    const auto server = gateway::running_server(words[0]);
    if (!server)
        return fail(ErrorCode::unavailable,
                    fmt::format("no server has this shop open; start one with: suanpan serve {}", words[0]));
    std::cout << TRY(gateway::login_url(*server, person_name())) << "\n";
    return {};
}

using CommandFunction = Result<> (*)(const Program&, const std::vector<std::string>&);

Result<> run(const Program& program, const std::vector<std::string>& words) {
    const std::map<std::string, CommandFunction, std::less<>> commands = {
        {"init", init}, {"suggest", suggest}, {"serve", serve}, {"login", login},
        {"mcp", mcp},   {"docs", docs},       {"demo", demo},   {"restore", restore}};
    // `data suggest` needs no shop, as it comes before there is one.
    if (words.size() >= 2 && words[0] == "data" && words[1] == "suggest")
        return suggest(program, {words.begin() + 2, words.end()});
    if (const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
        !words.empty() && words[0] == "demand" && demand::is_file_command(rest)) {
        std::cout << TRY(demand::run_file_command(rest)) << std::flush;
        return {};
    } else if (!words.empty() && words[0] == "selection" && selection::is_file_command(rest)) {
        std::cout << TRY(selection::run_file_command(rest)) << std::flush;
        return {};
    }
    if (!words.empty())
        if (const auto found = commands.find(words.front()); found != commands.end())
            return found->second(program, {words.begin() + 1, words.end()});
    const auto invocation = TRY(operations::parse_command_line(
        program.operations,
        {.version = std::string(version),
         .commands =
             {{"init", {"Makes a shop from a mapping: init SHOP --mapping FILE", "按映射新建店铺"}},
              {"suggest", {"Profiles files and writes a first mapping: data suggest FILE…", "分析文件并写出初始映射"}},
              {"demo", {"Simulates a shop, runs its loop and serves it", "模拟一家店铺、运行循环并提供服务"}},
              {"serve", {"Serves a shop over HTTP and MCP: serve SHOP [--port N]", "通过 HTTP 与 MCP 提供服务"}},
              {"login", {"Prints a link that logs in once: login SHOP", "给出一次性登录链接"}},
              {"mcp", {"Speaks MCP over standard input and output: mcp SHOP", "通过标准输入输出提供 MCP"}},
              {"docs",
               {"Writes the reference pages: docs FOLDER, or the OpenAPI document: docs FILE.json",
                "写出参考文档或 OpenAPI 文档"}}}},
        words.empty() ? std::vector<std::string>{"--help"} : words));
    if (invocation.operation == nullptr) {
        std::cout << invocation.text;
        return {};
    }
    return call(program, invocation);
}

// Errors are values; an exception that a library throws all the same still ends in a sentence and an exit status.
Result<> run_contained(const Program& program, const std::vector<std::string>& words) {
    try {
        return run(program, words);
    } catch (const fs::filesystem_error& error) {
        return fail(ErrorCode::io, error.code().message() + "; check its name and your permission",
                    error.path1().string());
    } catch (const std::exception& error) {
        return fail(ErrorCode::internal, std::string("an unexpected failure, please report it: ") + error.what());
    }
}

}  // namespace

int run_command(const Program& program, const std::vector<std::string>& words) {
    const auto done = run_contained(program, words);
    if (done) return 0;
    std::cerr << "suanpan: " << done.error().text() << "\n";
    return exit_status(done.error().code);
}

}  // namespace suanpan
