#include "platform/gateway/server_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "platform/gateway/problem.h"
#include "platform/operations/json.h"
#include "platform/store/shop.h"

namespace suanpan::gateway {
namespace {

namespace fs = std::filesystem;

std::string text_of(const operations::Json& json, std::string_view key) {
    const auto* value = operations::member(json, key);
    return value != nullptr && value->is_string() ? value->get_string() : std::string();
}

std::int64_t number_of(const operations::Json& json, std::string_view key) {
    const auto* value = operations::member(json, key);
    return value != nullptr ? static_cast<std::int64_t>(operations::as_number(*value)) : 0;
}

}  // namespace

fs::path server_file(const fs::path& shop) {
    return shop / "server.json";
}

Result<> write_server_file(const fs::path& shop, const Server& server) {
    const auto file = server_file(shop);
    const auto draft = file.string() + ".new";
    const auto text = fmt::format("{{\"address\":{},\"port\":{},\"pid\":{},\"token\":{}}}\n", json_text(server.address),
                                  server.port, server.pid, json_text(server.token));
    ::unlink(draft.c_str());
    const int handle = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = handle >= 0 && ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (handle >= 0) good = ::close(handle) == 0 && good;
    if (!good || std::rename(draft.c_str(), file.c_str()) != 0)
        return fail(ErrorCode::io, "cannot be written; the command line would not find the server", file.string());
    return {};
}

Result<Server> read_server_file(const fs::path& shop) {
    const auto json = TRY(operations::parse_json(TRY(store::read_file(server_file(shop)))));
    Server server{text_of(json, "address"), static_cast<std::uint16_t>(number_of(json, "port")), number_of(json, "pid"),
                  text_of(json, "token")};
    if (server.port == 0 || server.token.empty())
        return fail(ErrorCode::io, "is not complete; the server that wrote it did not start",
                    server_file(shop).string());
    return server;
}

}  // namespace suanpan::gateway
