#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace suanpan::gateway {

// Counters of what was served, as Prometheus reads them. Counting takes no lock.
class Metrics {
  public:
    explicit Metrics(std::vector<std::string> operations);  // by route; one more is kept for all other requests

    void count(std::size_t route, int status, std::chrono::duration<double> took);
    void count_other(int status, std::chrono::duration<double> took) { count(names_.size() - 1, status, took); }

    struct Now {
        std::size_t waiting = 0, waiting_long = 0, running_runs = 0;
        std::int64_t connections = 0;
    };
    [[nodiscard]] std::string text(const Now& state) const;

    std::atomic<std::int64_t> in_flight = 0;
    std::atomic<std::uint64_t> cache_hits = 0, cache_misses = 0, rate_limited = 0;

  private:
    static constexpr std::array statuses = {200, 202, 303, 304, 400, 401, 403, 404, 405,
                                            409, 410, 413, 422, 429, 500, 503, 507, 0};
    static constexpr std::array bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                          0.1,    0.25,  0.5,    1.0,   2.5,  10.0};
    struct Row {
        std::array<std::atomic<std::uint64_t>, statuses.size()> by_status{};
        std::array<std::atomic<std::uint64_t>, bounds.size() + 1> by_latency{};
        std::atomic<std::uint64_t> microseconds{};
    };
    void write_requests(std::string& out) const;
    void write_latencies(std::string& out) const;

    std::vector<std::string> names_;
    std::vector<std::unique_ptr<Row>> rows_;
};

}  // namespace suanpan::gateway
