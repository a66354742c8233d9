#include "platform/gateway/service.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "platform/gateway/openapi.h"
#include "platform/gateway/pictures.h"
#include "platform/gateway/problem.h"

namespace suanpan::gateway {
namespace {

constexpr std::size_t kept_runs = 1'000;

std::vector<std::string> names_of(const Routes& routes) {
    std::vector<std::string> names(routes.all().size());
    for (const auto& [path, route] : routes.all()) names[route.index] = route.operation->name;
    return names;
}

std::size_t worker_count(const ServeOptions& options) {
    if (options.worker_threads > 0) return options.worker_threads;
    return std::max<std::size_t>(4, 2 * std::size_t{std::thread::hardware_concurrency()});
}

// RFC 9745, RFC 8594 and the link relation of RFC 5829
void add_deprecation(const operations::Deprecation& deprecation, Reply& reply) {
    const auto seconds = std::chrono::sys_seconds(deprecation.since).time_since_epoch().count();
    reply.headers.emplace_back("Deprecation", fmt::format("@{}", seconds));
    if (deprecation.sunset)
        reply.headers.emplace_back(
            "Sunset", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", std::chrono::sys_seconds(*deprecation.sunset)));
    if (!deprecation.successor.empty())
        reply.headers.emplace_back("Link",
                                   fmt::format("<{}>; rel=\"successor-version\"", path_of(deprecation.successor)));
}

}  // namespace

Service::Service(store::Shop& shop, const operations::Registry& registry, const ServeOptions& options, AccessLog log,
                 After after)
    : shop_(shop),
      registry_(registry),
      options_(options),
      log_(std::move(log)),
      after_(std::move(after)),
      routes_(registry),
      identity_(shop.database(), options),
      limiter_(options.requests_per_second, options.burst),
      rate_policy_(limiter_.policy()),
      cache_(options.cache_bytes, options.cache_age),
      idempotency_(shop.database()),
      metrics_(names_of(routes_)),
      runs_(kept_runs),
      groups_(routes_.all().size()),
      openapi_(openapi(registry)),
      docs_(reference(registry)),
      workers_(worker_count(options), options.queue_length),
      long_workers_(std::max<std::size_t>(1, options.long_work_threads), options.queue_length) {
    if (const auto forgotten = idempotency_.forget_older_than(now() - std::chrono::days(7)); !forgotten)
        log_.message(true, forgotten.error().text());
}

void Service::handle(Request request, std::function<void(const Exchange&, Reply)> send) {
    metrics_.in_flight.fetch_add(1, std::memory_order_relaxed);
    auto exchange = std::make_shared<Exchange>(Exchange{std::move(request), std::move(send)});
    if (draining_.load(std::memory_order_relaxed)) {
        finish(exchange, Error{ErrorCode::unavailable, "the server is stopping; try again in a moment", ""});
        return;
    }
    enter(exchange);
}

void Service::enter(const ExchangePtr& exchange) {
    const auto& request = exchange->request;
    if (const auto source = identity_.check_source(request); !source) return finish(exchange, source.error());
    if (request.body.size() > options_.max_body_bytes)
        return finish(exchange, Error{ErrorCode::too_large,
                                      "the body is larger than the server takes; split it into several requests", ""});
    if (request.path == "/ready") return ready_page(exchange);
    if (auto reply = open_page(exchange)) return finish(exchange, std::move(*reply));
    auto who = identity_.identify(request);
    if (!who) return finish(exchange, who.error());
    if (*who) return admit(exchange, std::move(**who));
    if (!workers_.submit([this, exchange] { enter_after_refresh(exchange); }))
        finish(exchange, Error{ErrorCode::unavailable, "too many requests are waiting; try again in a moment", ""});
}

void Service::enter_after_refresh(const ExchangePtr& exchange) {
    auto who = identity_.identify_waiting(exchange->request);
    if (!who) return finish(exchange, who.error());
    admit(exchange, *std::move(who));
}

void Service::admit(const ExchangePtr& exchange, operations::Principal principal) {
    exchange->principal = std::move(principal);
    const auto left = limiter_.take(exchange->principal.name, exchange->begun);
    if (left != Limiter::unlimited) exchange->requests_left = left.value_or(0);
    if (!left) {
        metrics_.rate_limited.fetch_add(1, std::memory_order_relaxed);
        return finish(exchange, Error{ErrorCode::rate_limited, "too many requests of this key; slow down", ""});
    }
    exchange->route = routes_.find(exchange->request.path);
    if (exchange->route != nullptr) return call_operation(exchange);
    if (exchange->request.path == "/mcp") return mcp_page(exchange);
    if (exchange->request.path.starts_with(pictures_prefix)) return picture_page(exchange);
    if (auto reply = known_page(exchange)) return finish(exchange, std::move(*reply));
    finish(exchange, Error{ErrorCode::not_found, "there is nothing here; /openapi.json lists what there is",
                           std::string(exchange->request.path.substr(0, 200))});
}

void Service::finish(const ExchangePtr& exchange, const Error& error, int status) {
    finish(exchange, problem(error, exchange->request.id, status));
}

void Service::finish(const ExchangePtr& exchange, Reply reply) {
    const auto took = std::chrono::steady_clock::now() - exchange->begun;
    exchange->route ? metrics_.count(exchange->route->index, reply.status, took)
                    : metrics_.count_other(reply.status, took);
    log_.request(*exchange, reply.status, took);
    if (exchange->requests_left) {
        reply.headers.emplace_back("RateLimit-Policy", rate_policy_);
        reply.headers.emplace_back("RateLimit", fmt::format("\"key\";r={}", *exchange->requests_left));
    }
    if (exchange->route && exchange->route->operation->deprecated)
        add_deprecation(*exchange->route->operation->deprecated, reply);
    exchange->send(*exchange, std::move(reply));
    metrics_.in_flight.fetch_sub(1, std::memory_order_release);
}

void Service::on_worker(const ExchangePtr& exchange, std::function<Reply()> work) {
    const bool queued = workers_.submit([this, exchange, work = std::move(work)] {
        try {
            finish(exchange, work());
        } catch (const std::exception& error) {
            log_.message(true, exchange->request.id + ": " + error.what());
            finish(exchange, Error{ErrorCode::internal, "the request failed in a way that is our mistake", ""});
        }
    });
    if (!queued)
        finish(exchange, Error{ErrorCode::unavailable, "too many requests are waiting; try again in a moment", ""});
}

void Service::stop_runs() {
    for (const auto& run : runs_.all()) run->stop().request_stop();
}

bool Service::is_idle() const {
    if (metrics_.in_flight.load(std::memory_order_acquire) > 0) return false;
    return std::ranges::all_of(runs_.all(), [](const auto& run) { return run->is_finished(); });
}

}  // namespace suanpan::gateway
