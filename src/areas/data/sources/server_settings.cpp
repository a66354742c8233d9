#include <fmt/format.h>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include <cctype>
#include <cstdlib>

#include "areas/data/sources/server.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> wrong(std::string message, const std::string& about) {
    return fail(ErrorCode::invalid_argument, std::move(message), about);
}

Result<Server> parse_settings(const YAML::Node& node, const std::string& about) {
    Server server;
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (key == "connect")
            server.connect = entry.second.as<std::string>();
        else if (key == "table")
            server.table = entry.second.as<std::string>();
        else if (key == "query")
            server.query = entry.second.as<std::string>();
        else if (key == "key")
            server.key = entry.second.as<std::string>();
        else if (key == "overlap")
            server.overlap = entry.second.as<std::string>();
        else if (key == "compare")
            server.compare = entry.second.as<std::string>();
        else if (key == "batch")
            server.batch = entry.second.as<std::int64_t>();
        else
            return wrong(
                fmt::format("unknown setting \"{}\" of postgres; known are connect, table, query, key, overlap, "
                            "compare, batch",
                            key),
                about);
    }
    if (server.table.empty() == server.query.empty())
        return wrong("postgres needs a `table` or a `query`, one of the two", about);
    if (server.key.empty())
        return wrong("postgres needs a `key`: a column that is higher in new and changed rows", about);
    if (server.batch < 1 || server.batch > 1'000'000) return wrong("`batch` is 1 to 1000000 rows", about);
    if (!server.connect.starts_with("env:") && !server.connect.starts_with("file:"))
        return wrong(
            "`connect` is env:NAME or file:PATH, which hold the connection string; a password has no place in "
            "the mapping",
            about);
    return server;
}

}  // namespace

Result<Server> parse_server(const std::string& yaml, const std::string& source) {
    try {
        for (const auto& node : YAML::Load(yaml)["sources"])
            if (node["name"] && node["name"].as<std::string>() == source) {
                if (!node["postgres"])
                    return wrong("this source of the mapping has no `postgres`; its files are loaded with data.load",
                                 source);
                return parse_settings(node["postgres"], source);
            }
    } catch (const YAML::Exception& error) {
        return wrong("the settings of postgres cannot be read: " + error.msg, source);
    }
    return fail(ErrorCode::not_found, "the mapping has no such source", source);
}

Result<std::string> connection_text(const Server& server, const fs::path& shop_folder) {
    if (server.connect.starts_with("env:")) {
        const auto name = server.connect.substr(4);
        const char* text = std::getenv(name.c_str());
        if (text != nullptr && *text != '\0') return std::string(text);
        return fail(
            ErrorCode::not_found,
            "this variable is not set; set it to a connection string, such as \"host=db dbname=shop user=reader "
            "password=…\", where the program (or its server) is started",
            name);
    }
    const fs::path file = server.connect.substr(5);
    std::error_code unknown;
    const auto folder = fs::weakly_canonical(shop_folder, unknown).string() + "/";
    if (fs::weakly_canonical(file, unknown).string().starts_with(folder))
        return wrong(
            "a password has no place in the shop's folder, which is copied and backed up; move the file elsewhere",
            file.string());
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        return fail(ErrorCode::not_found, "there is no such file with a connection string", file.string());
    if ((status.st_mode & 077) != 0)
        return fail(ErrorCode::permission_denied, "others may read this file; make it the owner's alone: chmod 600",
                    file.string());
    auto text = TRY(store::read_file(file));
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
    return text;
}

}  // namespace suanpan::data
