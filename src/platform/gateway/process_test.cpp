#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/gateway/client.h"
#include "platform/gateway/test_server.h"

namespace suanpan::gateway {
namespace {

using namespace std::chrono_literals;
using operations::Role;
using testing::HasSubstr;

constexpr const char* folder_variable = "SUANPAN_GATEWAY_TEST_CHILD";

// A server in a process of its own, that a signal may stop.
class Child {
  public:
    Child() : folder_(std::filesystem::temp_directory_path() / fmt::format("suanpan-gateway-child-{}", ::getpid())) {
        std::filesystem::remove_all(folder_);
        ::setenv(folder_variable, folder_.c_str(), 1);
        std::string program = std::filesystem::read_symlink("/proc/self/exe"), filter = "--gtest_filter=GatewayChild.*";
        char* words[] = {program.data(), filter.data(), nullptr};
        std::vector<char*> environment;  // not what the caller asks of the tests, such as a share of them
        for (char** variable = environ; *variable != nullptr; ++variable)
            if (!std::string_view(*variable).starts_with("GTEST_")) environment.push_back(*variable);
        environment.push_back(nullptr);
        ::posix_spawn(&pid_, program.c_str(), nullptr, nullptr, words, environment.data());
        ::unsetenv(folder_variable);
        for (int i = 0; i < 200 && !server_; ++i, std::this_thread::sleep_for(50ms)) server_ = running_server(folder_);
    }
    ~Child() {
        if (!ended_) ::kill(pid_, SIGKILL);
        (void)wait();
        std::filesystem::remove_all(folder_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void signal(int number) const { ::kill(pid_, number); }
    int wait() {
        if (!ended_) ::waitpid(pid_, &status_, 0);
        ended_ = true;
        return WIFEXITED(status_) ? WEXITSTATUS(status_) : -WTERMSIG(status_);
    }
    [[nodiscard]] const std::optional<Server>& server() const { return server_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
    pid_t pid_ = 0;
    int status_ = 0;
    bool ended_ = false;
    std::optional<Server> server_;
};

TEST(GatewayChild, ServesUntilStopped) {
    const char* folder = std::getenv(folder_variable);
    if (folder == nullptr) GTEST_SKIP() << "only for the processes that other tests start";
    ShelfCounts counts;
    operations::Registry registry;
    add_operations(registry);
    add_shelf(registry, counts);
    (void)store::Shop::create(folder, {.name = "Child"});
    const std::array schemas = {schema(), shelf_schema()};
    const auto shop = store::Shop::open(folder, schemas);
    ASSERT_TRUE(shop) << shop.error().text();
    const auto served = serve(**shop, registry, {.port = 0, .log_level = "off"}, {}, {});
    EXPECT_TRUE(served) << served.error().text();
}

TEST(GatewayProcess, FaultSigtermFinishesRunningRequestsFirst) {
    Child child;
    ASSERT_TRUE(child.server());
    auto running = std::async(std::launch::async, [&] {
        return send(child.server()->port,
                    {"POST", "/v1/shelf/wait", child.server()->token, R"({"steps":5,"milliseconds":200})"});
    });
    std::this_thread::sleep_for(300ms);
    child.signal(SIGTERM);
    std::this_thread::sleep_for(200ms);
    const auto late = send(child.server()->port, {.path = "/v1/shelf/list", .key = child.server()->token});
    EXPECT_TRUE(late.status == 0 || late.status == 503) << late.status;
    const auto reply = running.get();
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, R"({"steps":5})");
    EXPECT_EQ(child.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(server_file(child.folder())));
    EXPECT_FALSE(running_server(child.folder()));
}

TEST(GatewayProcess, FaultAKilledServerIsNotTakenForARunningOne) {
    Child child;
    ASSERT_TRUE(child.server());
    child.signal(SIGKILL);
    (void)child.wait();
    EXPECT_TRUE(std::filesystem::exists(server_file(child.folder())));
    EXPECT_FALSE(running_server(child.folder()));
}

TEST(GatewayProcess, APortInUseIsSaidAndNothingDies) {
    auto& server = TestServer::instance();
    TestShop other("port");
    const auto served = serve(*other.shop, other.registry, {.port = server.ready.port, .log_level = "off"}, {}, {});
    ASSERT_FALSE(served);
    EXPECT_EQ(served.error().code, ErrorCode::unavailable);
    EXPECT_THAT(served.error().message, HasSubstr("choose another with --port"));
    EXPECT_EQ(send(server.ready.port, {.path = "/health"}).status, 200);
    const auto wrong = serve(*other.shop, other.registry, {.address = "not an address"}, {}, {});
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid_argument);
}

TEST(GatewayClient, CallsTheServerThatHoldsTheShop) {
    auto& test = TestServer::instance();
    const auto server = running_server(test.shop.folder);
    ASSERT_TRUE(server);
    struct stat state{};
    ASSERT_EQ(::stat(server_file(test.shop.folder).c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600);
    EXPECT_EQ(call_server(*server, {"shelf.list", R"({"least_units":100000})", "ming"}).value(), R"({"items":[]})");
    double done = 0;
    const auto counted = call_server(*server, {"shelf.count_slowly", R"({"steps":6})", "ming"},
                                     [&](const operations::Progress& progress) { done = progress.done; });
    EXPECT_EQ(counted.value(), R"({"steps":6})");
    EXPECT_GT(done, 0);
    const auto failed = call_server(*server, {"shelf.count_slowly", R"({"steps":13,"milliseconds":1})", "ming"});
    EXPECT_EQ(failed.error(), (Error{ErrorCode::conflict, "thirteen is not counted", "steps"}));
    const auto wrong = call_server(*server, {"shelf.put", R"({"units":1})", "ming"});
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(wrong.error().about, "name");
    const auto url = login_url(*server, "ming").value();
    EXPECT_EQ(send(server->port, {.path = url.substr(url.find("/login"))}).status, 303);
    auto stranger = *server;
    stranger.token = "local_0";
    EXPECT_EQ(call_server(stranger, {"shelf.list", "{}", "ming"}).error().code, ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace suanpan::gateway
