#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/operations/operation.h"
#include "platform/store/schema.h"

// The one door for programs and browsers: HTTP, MCP and the console.
namespace suanpan::gateway {

struct ServeOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                 // 0: any free one
    std::vector<std::string> host_names;       // further Host headers to accept on a loopback address
    std::string person = "owner";              // whom the one-time login URL logs in, as "user:<person>"
    std::size_t io_threads = 0;                // 0: as many as the machine has; they never block
    std::size_t worker_threads = 0;            // 0: twice the machine's, at least 4; operations run here
    std::size_t long_work_threads = 2;         // operations that answer with a run to watch
    std::size_t queue_length = 2'000;          // waiting requests; beyond it 503
    std::size_t max_body_bytes = 1U << 20;     // beyond it 413
    std::size_t max_batch = 1'000;             // requests in one body
    std::chrono::seconds batch_time{5};        // for the requests of one body; later ones are answered with 503
    std::size_t cache_bytes = 64U << 20;       // replies of reads
    std::size_t max_connections = 20'000;      // beyond it connections are closed at once
    std::chrono::seconds cache_age{60};        // replies may depend on the time of day as well as on the data
    std::chrono::seconds request_timeout{15};  // for a client to send a whole request
    std::chrono::seconds idle_timeout{60};     // of a connection between two requests
    std::chrono::seconds drain{10};            // for running requests to finish at stop
    double requests_per_second = 2'000;        // of one key or person; 0: no limit
    double burst = 4'000;
    std::string log_level = "info";  // trace, debug, info, warn, error, off
    std::string log_file;            // empty: standard error
};

struct Ready {
    std::uint16_t port = 0;
    std::string login_url;  // works once, for ten minutes
};

// Serves until SIGTERM, SIGINT or `stop`, then finishes the running requests. Once in the life of a process. Writes
// server.json into the shop's folder while it runs. Errors: unavailable where the port is taken.
[[nodiscard]] Result<> serve(store::Shop& shop, const operations::Registry& registry, const ServeOptions& options,
                             const std::function<void(const Ready&)>& on_ready, std::stop_token stop);

[[nodiscard]] store::Schema schema();

// keys.create, keys.list, keys.revoke
void add_operations(operations::Registry& registry);

}  // namespace suanpan::gateway
