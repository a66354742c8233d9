#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "platform/base/result.h"

namespace suanpan::gateway {

// SHOP/server.json: how programs of this machine reach the server that holds the shop open.
struct Server {
    std::string address;
    std::uint16_t port = 0;
    std::int64_t pid = 0;
    std::string token;
};

[[nodiscard]] std::filesystem::path server_file(const std::filesystem::path& shop);
// Readable by its owner only, from the first byte on.
[[nodiscard]] Result<> write_server_file(const std::filesystem::path& shop, const Server& server);
[[nodiscard]] Result<Server> read_server_file(const std::filesystem::path& shop);

}  // namespace suanpan::gateway
