#include <arpa/inet.h>
#include <drogon/drogon.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "platform/gateway/gateway.h"
#include "platform/gateway/http.h"
#include "platform/gateway/server_file.h"

namespace suanpan::gateway {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds stop_check{50};
constexpr std::chrono::milliseconds listen_check{2};
constexpr std::chrono::milliseconds flush_time{200};  // for the last replies to leave

volatile std::sig_atomic_t stop_signal = 0;

void on_signal(int number) {
    stop_signal = number;
}

class Signals {
  public:
    Signals() {
        stop_signal = 0;
        struct sigaction action{};
        action.sa_handler = on_signal;
        ::sigaction(SIGTERM, &action, &term_);
        ::sigaction(SIGINT, &action, &interrupt_);
    }
    ~Signals() {
        ::sigaction(SIGTERM, &term_, nullptr);
        ::sigaction(SIGINT, &interrupt_, nullptr);
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

  private:
    struct sigaction term_{}, interrupt_{};
};

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Result<SocketAddress> socket_address(const std::string& address, std::uint16_t port) {
    SocketAddress made;
    auto& four = reinterpret_cast<sockaddr_in&>(made.storage);
    auto& six = reinterpret_cast<sockaddr_in6&>(made.storage);
    if (::inet_pton(AF_INET, address.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        made.length = sizeof four;
    } else if (::inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        made.length = sizeof six;
    } else {
        return fail(ErrorCode::invalid_argument, "is not an IP address; use 127.0.0.1 or 0.0.0.0", address);
    }
    return made;
}

// Drogon ends the whole process where it cannot listen, so it is tried before.
Result<> check_address(const ServeOptions& options) {
    const auto address = TRY(socket_address(options.address, options.port));
    const int handle = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const bool bound = ::bind(handle, address.get(), address.length) == 0 && ::listen(handle, 1) == 0;
    const int number = errno;
    ::close(handle);
    if (bound) return {};
    return fail(ErrorCode::unavailable,
                fmt::format("port {} on {} cannot be had: {}; stop the other program or choose another with --port",
                            options.port, options.address, std::system_category().message(number)));
}

// Drogon's loops begin to listen a moment after they were told to, and who reads the announcement may connect at once.
bool is_listening(const std::string& host, std::uint16_t port) {
    const auto address = socket_address(host, port);
    if (!address) return false;
    const int handle = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected = ::connect(handle, address->get(), address->length) == 0;
    ::close(handle);
    return connected;
}

// Where Drogon keeps what it unpacks; it makes 256 folders there and would make them in the current one.
class ScratchFolder {
  public:
    ScratchFolder() : path_(fs::temp_directory_path() / fmt::format("suanpan-serve-{}", ::getpid())) {}
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

  private:
    fs::path path_;
};

void configure(drogon::HttpAppFramework& app, const ServeOptions& options, const AccessLog& log,
               const ScratchFolder& scratch) {
    trantor::Logger::setLogLevel(trantor::Logger::kWarn);
    trantor::Logger::setOutputFunction(
        [log](const char* text, std::uint64_t length) { log.message(false, {text, static_cast<std::size_t>(length)}); },
        [] {});
    const auto body_limit = drogon_body_limit(options);
    app.disableSigtermHandling()
        .setThreadNum(options.io_threads)
        .setUploadPath(scratch.path())
        .setClientMaxBodySize(body_limit)
        .setClientMaxMemoryBodySize(body_limit)
        .setMaxConnectionNum(options.max_connections)
        .setIdleConnectionTimeout(static_cast<std::size_t>(options.idle_timeout.count()))
        .enableServerHeader(false)
        .addListener(options.address, options.port);
}

// Refuses what is new, lets run what runs for as long as `drain` allows, then ends Drogon's loops.
class Stopper {
  public:
    Stopper(drogon::HttpAppFramework& app, Service& service, const ServeOptions& options, std::stop_token stop)
        : app_(app), service_(service), drain_(options.drain), stop_(std::move(stop)) {}

    void start() {
        app_.getLoop()->runEvery(stop_check, [this] { check(); });
    }
    [[nodiscard]] bool is_stopping() const { return stopping_; }

  private:
    void check() {
        const auto at = Clock::now();
        if (!stopping_ && (stop_signal != 0 || stop_.stop_requested())) {
            stopping_ = true;
            until_ = at + drain_;
            service_.refuse_new();
            service_.log().message(false, "stopping; running requests are finished first");
        }
        if (!stopping_ || quitting_) return;
        if (!service_.is_idle() && at < until_) return;
        quitting_ = true;
        service_.stop_runs();
        app_.getLoop()->runAfter(flush_time, [this] { app_.quit(); });
    }

    drogon::HttpAppFramework& app_;
    Service& service_;
    std::chrono::seconds drain_;
    std::stop_token stop_;
    std::atomic<bool> stopping_ = false;
    bool quitting_ = false;
    Clock::time_point until_;
};

std::string url_host(const std::string& address) {
    if (address == "0.0.0.0" || address == "::") return "127.0.0.1";
    return address.contains(':') ? "[" + address + "]" : address;
}

Result<> announce(drogon::HttpAppFramework& app, Service& service, const store::Shop& shop, const ServeOptions& options,
                  const std::function<void(const Ready&)>& on_ready) {
    const auto port = app.getListeners().front().toPort();
    TRY(write_server_file(shop.folder(),
                          {url_host(options.address), port, ::getpid(), service.identity().local_token()}));
    const auto ticket = service.identity().sessions().new_ticket({"user:" + options.person, operations::Role::admin});
    service.log().message(false, fmt::format("listening on {}:{}", options.address, port));
    if (on_ready) on_ready({port, fmt::format("http://{}:{}/login?token={}", url_host(options.address), port, ticket)});
    return {};
}

}  // namespace

Result<> serve(store::Shop& shop, const operations::Registry& registry, const ServeOptions& options,
               const std::function<void(const Ready&)>& on_ready, std::stop_token stop) {
    TRY(check_address(options));
    const auto log = TRY(AccessLog::open(options));
    auto& app = drogon::app();
    const ScratchFolder scratch;
    const Signals signals;
    configure(app, options, log, scratch);
    auto service = std::make_unique<Service>(
        shop, registry, options, log, [&app](std::chrono::milliseconds wait, std::function<void()> function) {
            app.getLoop()->runAfter(std::chrono::duration<double>(wait).count(), std::move(function));
        });
    attach(app, *service, options);
    app.registerNewConnectionAdvice([&service](const trantor::InetAddress&, const trantor::InetAddress&) {
        return service != nullptr && !service->is_refusing();
    });
    Stopper stopper(app, *service, options, std::move(stop));
    Result<> announced;
    trantor::TimerId listening = 0;
    app.registerBeginningAdvice([&] {
        listening = app.getLoop()->runEvery(listen_check, [&] {
            if (!is_listening(options.address, app.getListeners().front().toPort())) return;
            app.getLoop()->invalidateTimer(listening);
            announced = announce(app, *service, shop, options, on_ready);
            if (!announced) return app.quit();
            stopper.start();
        });
    });
    app.run();
    std::error_code ignored;
    fs::remove(server_file(shop.folder()), ignored);
    service.reset();
    log.message(false, "stopped");
    log.flush();
    trantor::Logger::setOutputFunction([](const char*, std::uint64_t) {}, [] {});
    return announced;
}

}  // namespace suanpan::gateway
