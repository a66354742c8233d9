#include "platform/gateway/test_server.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <thread>

namespace suanpan::gateway {
namespace {

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* headers) {
    const std::string_view line(data, size * count);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) return line.size();
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto value = line.substr(colon + 2);
    (*static_cast<Headers*>(headers))[name] = value.substr(0, value.find_last_not_of("\r\n") + 1);
    return line.size();
}

struct Transfer {
    Transfer(std::uint16_t port, const HttpRequest& request) : curl(curl_easy_init()) {
        for (const auto& [name, value] : request.headers) add(name + ": " + value);
        if (!request.key.empty()) add("Authorization: Bearer " + request.key);
        add("Expect:");
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
        curl_easy_setopt(curl, CURLOPT_URL, fmt::format("http://127.0.0.1:{}{}", port, request.path).c_str());
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.headers);
        if (request.method != "POST") return;
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request.body.c_str());
    }
    ~Transfer() {
        curl_slist_free_all(list);
        curl_easy_cleanup(curl);
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    void add(const std::string& header) { list = curl_slist_append(list, header.c_str()); }
    HttpReply finished() {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
        return reply;
    }

    CURL* curl;
    curl_slist* list = nullptr;
    HttpReply reply;
};

}  // namespace

std::string HttpReply::text(std::string_view key) const {
    const auto parsed = json();
    const auto* value = operations::member(parsed, key);
    if (value == nullptr) return "nothing";
    return value->is_string() ? value->get_string() : value->dump().value_or("?");
}

HttpReply send(std::uint16_t port, const HttpRequest& request) {
    Transfer transfer(port, request);
    curl_easy_perform(transfer.curl);
    return transfer.finished();
}

std::vector<HttpReply> send_together(std::uint16_t port, const HttpRequest& request, std::size_t count) {
    auto* multi = curl_multi_init();
    std::vector<std::unique_ptr<Transfer>> transfers;
    for (std::size_t i = 0; i < count; ++i) {
        transfers.push_back(std::make_unique<Transfer>(port, request));
        curl_multi_add_handle(multi, transfers.back()->curl);
    }
    for (int running = 1; running > 0;) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, nullptr, 0, 100, nullptr);
    }
    std::vector<HttpReply> replies;
    for (auto& transfer : transfers) {
        replies.push_back(transfer->finished());
        curl_multi_remove_handle(multi, transfer->curl);
    }
    curl_multi_cleanup(multi);
    return replies;
}

TestShop::TestShop(const std::string& name)
    : folder(std::filesystem::temp_directory_path() / fmt::format("suanpan-gateway-{}-{}", name, ::getpid())) {
    std::filesystem::remove_all(folder);
    add_operations(registry);
    add_shelf(registry, counts);
    (void)store::Shop::create(folder, {.name = "Test"}).value();
    const std::array schemas = {schema(), shelf_schema()};
    shop = std::move(store::Shop::open(folder, schemas).value());
}

TestShop::~TestShop() {
    shop.reset();
    std::filesystem::remove_all(folder);
}

namespace {

std::unique_ptr<TestServer>& the_server() {
    static std::unique_ptr<TestServer> server;
    return server;
}

// The server ends with the tests and not with the process: by then DuckDB's thread-local settings are gone, and closing
// a shop would read them.
class ServerEnd : public testing::Environment {
  public:
    void TearDown() override { the_server().reset(); }
};

[[maybe_unused]] const auto* const server_end = testing::AddGlobalTestEnvironment(new ServerEnd);

}  // namespace

TestServer& TestServer::instance() {
    if (!the_server()) the_server().reset(new TestServer);
    return *the_server();
}

TestServer::TestServer() {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    std::promise<Ready> ready_promise;
    auto ready_future = ready_promise.get_future();
    served_ = std::async(std::launch::async, [this, &ready_promise] {
        const ServeOptions options{.port = 0,
                                   .person = "ming",
                                   .max_body_bytes = 1U << 16,
                                   .batch_time = std::chrono::seconds(1),
                                   .request_timeout = std::chrono::seconds(1),
                                   .requests_per_second = 50,
                                   .burst = 1'200,
                                   .log_level = "off"};
        auto result = serve(
            *shop.shop, shop.registry, options, [&](const Ready& is_ready) { ready_promise.set_value(is_ready); },
            stop_.get_token());
        if (!result) ready_promise.set_value({});
        return result;
    });
    ready = ready_future.get();
}

TestServer::~TestServer() {
    stop_.request_stop();
    served_.wait();
}

std::string TestServer::call_here(std::string_view operation, std::string_view request) {
    operations::Context context{*shop.shop, shop.registry, {"user:test", operations::Role::admin}};
    return shop.registry.call(context, operation, request).value();
}

std::string TestServer::key(operations::Role role) {
    static std::atomic<int> number = 0;
    const auto reply =
        call_here("keys.create", fmt::format(R"({{"name":"test-{}","role":"{}"}})", ++number, operations::name(role)));
    return operations::member(operations::parse_json(reply).value(), "key")->get_string();
}

RawConnection::RawConnection(std::uint16_t port) : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    (void)::connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

RawConnection::~RawConnection() {
    ::close(handle_);
}

void RawConnection::write(std::string_view text) const {
    (void)::send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
}

std::string RawConnection::read_all() const {
    std::string all;
    std::array<char, 4096> block{};
    for (;;) {
        const auto size = ::read(handle_, block.data(), block.size());
        if (size <= 0) return all;
        all.append(block.data(), static_cast<std::size_t>(size));
    }
}

bool RawConnection::is_closed_within(std::chrono::milliseconds time) const {
    pollfd wait{handle_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(time.count())) <= 0) return false;
    char byte = 0;
    return ::recv(handle_, &byte, 1, 0) <= 0;
}

}  // namespace suanpan::gateway
