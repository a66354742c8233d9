#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "platform/gateway/server_file.h"
#include "platform/operations/operation.h"

// The command line's side: where a server holds the shop open, commands run there.
namespace suanpan::gateway {

// The server of this shop, if its process lives and answers.
[[nodiscard]] std::optional<Server> running_server(const std::filesystem::path& shop);

struct ServerCall {
    std::string operation;       // "data.load"
    std::string request = "{}";  // JSON
    std::string person;          // without "user:"
};

// The reply as if the operation had run here; its errors come back as they were. Long work is watched to its end.
[[nodiscard]] Result<std::string> call_server(const Server& server, const ServerCall& call,
                                              const std::function<void(const operations::Progress&)>& on_progress = {});

// A new one-time login URL for a person.
[[nodiscard]] Result<std::string> login_url(const Server& server, const std::string& person);

}  // namespace suanpan::gateway
