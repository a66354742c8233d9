#include "platform/gateway/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace suanpan::gateway {
namespace {

std::uint64_t resident_bytes() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void write_one(std::string& out, std::string_view name, std::string_view type, auto value) {
    out += fmt::format("# TYPE suanpan_{} {}\nsuanpan_{} {}\n", name, type, name, value);
}

}  // namespace

Metrics::Metrics(std::vector<std::string> operations) : names_(std::move(operations)) {
    names_.emplace_back("other");
    for (std::size_t i = 0; i < names_.size(); ++i) rows_.push_back(std::make_unique<Row>());
}

void Metrics::count(std::size_t route, int status, std::chrono::duration<double> took) {
    auto& row = *rows_.at(route);
    const auto known = std::ranges::find(statuses, status);
    const auto at = known == statuses.end() ? statuses.size() - 1 : static_cast<std::size_t>(known - statuses.begin());
    row.by_status.at(at).fetch_add(1, std::memory_order_relaxed);
    const auto bucket = std::ranges::lower_bound(bounds, took.count()) - bounds.begin();
    row.by_latency.at(static_cast<std::size_t>(bucket)).fetch_add(1, std::memory_order_relaxed);
    row.microseconds.fetch_add(static_cast<std::uint64_t>(took.count() * 1e6), std::memory_order_relaxed);
}

void Metrics::write_requests(std::string& out) const {
    out +=
        "# HELP suanpan_requests_total Requests answered, by operation and status.\n# TYPE suanpan_requests_total "
        "counter\n";
    for (std::size_t i = 0; i < names_.size(); ++i)
        for (std::size_t s = 0; s < statuses.size(); ++s)
            if (const auto count = rows_[i]->by_status.at(s).load(); count > 0)
                out += fmt::format("suanpan_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n", names_[i],
                                   statuses.at(s), count);
}

void Metrics::write_latencies(std::string& out) const {
    out +=
        "# HELP suanpan_request_seconds Time from a request's arrival to its reply.\n# TYPE suanpan_request_seconds "
        "histogram\n";
    for (std::size_t i = 0; i < names_.size(); ++i) {
        std::uint64_t total = 0;
        std::string lines;
        for (std::size_t b = 0; b <= bounds.size(); ++b) {
            total += rows_[i]->by_latency.at(b).load();
            const auto bound = b < bounds.size() ? fmt::format("{}", bounds.at(b)) : "+Inf";
            lines += fmt::format("suanpan_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n", names_[i], bound,
                                 total);
        }
        if (total == 0) continue;
        out += lines;
        out += fmt::format("suanpan_request_seconds_sum{{operation=\"{}\"}} {}\n", names_[i],
                           static_cast<double>(rows_[i]->microseconds.load()) / 1e6);
        out += fmt::format("suanpan_request_seconds_count{{operation=\"{}\"}} {}\n", names_[i], total);
    }
}

std::string Metrics::text(const Now& state) const {
    std::string out;
    write_requests(out);
    write_latencies(out);
    write_one(out, "requests_in_flight", "gauge", in_flight.load());
    write_one(out, "cache_hits_total", "counter", cache_hits.load());
    write_one(out, "cache_misses_total", "counter", cache_misses.load());
    write_one(out, "rate_limited_total", "counter", rate_limited.load());
    write_one(out, "queue_length", "gauge", state.waiting);
    write_one(out, "long_work_queue_length", "gauge", state.waiting_long);
    write_one(out, "runs_unfinished", "gauge", state.running_runs);
    write_one(out, "connections", "gauge", state.connections);
    write_one(out, "process_resident_bytes", "gauge", resident_bytes());
    return out;
}

}  // namespace suanpan::gateway
