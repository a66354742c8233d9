#pragma once

#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <string>
#include <vector>

#include "platform/gateway/gateway.h"
#include "platform/operations/json.h"

// For the tests of this folder: a shop with a shelf, a server on a free port of this machine, and a client.
namespace suanpan::gateway {

struct ShelfCounts {
    std::atomic<int> lists = 0, puts = 0, finds = 0, takes = 0;
};

[[nodiscard]] store::Schema shelf_schema();
void add_shelf(operations::Registry& registry, ShelfCounts& counts);

struct TestShop {
    explicit TestShop(const std::string& name);
    ~TestShop();
    TestShop(const TestShop&) = delete;
    TestShop& operator=(const TestShop&) = delete;

    std::filesystem::path folder;
    ShelfCounts counts;
    operations::Registry registry;
    std::unique_ptr<store::Shop> shop;
};

// Drogon runs once in a process, so all tests of the program share one.
class TestServer {
  public:
    static TestServer& instance();
    ~TestServer();

    std::string key(operations::Role role);  // a fresh one
    std::string call_here(std::string_view operation, std::string_view request);

    TestShop shop{"server"};
    Ready ready;

  private:
    TestServer();
    std::stop_source stop_;
    std::future<Result<>> served_;
};

using Headers = std::map<std::string, std::string>;

struct HttpRequest {
    std::string method = "GET", path;
    std::string key;  // empty: none
    std::string body = {};
    Headers headers = {};
};

struct HttpReply {
    long status = 0;
    Headers headers;  // names in lower case
    std::string body;
    [[nodiscard]] operations::Json json() const { return operations::parse_json(body).value_or(nullptr); }
    [[nodiscard]] std::string text(std::string_view key) const;  // a member of the body, as JSON
};

[[nodiscard]] HttpReply send(std::uint16_t port, const HttpRequest& request);
[[nodiscard]] std::vector<HttpReply> send_together(std::uint16_t port, const HttpRequest& request, std::size_t count);

// A bare connection, for what no well-behaved client sends.
class RawConnection {
  public:
    explicit RawConnection(std::uint16_t port);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    void write(std::string_view text) const;
    [[nodiscard]] std::string read_all() const;                                 // until the server closes
    [[nodiscard]] bool is_closed_within(std::chrono::milliseconds time) const;  // by the server

  private:
    int handle_;
};

}  // namespace suanpan::gateway
