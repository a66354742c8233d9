#pragma once

#include <atomic>

#include "platform/gateway/access_log.h"
#include "platform/gateway/call_group.h"
#include "platform/gateway/docs.h"
#include "platform/gateway/idempotency.h"
#include "platform/gateway/identity.h"
#include "platform/gateway/limiter.h"
#include "platform/gateway/metrics.h"
#include "platform/gateway/reply_cache.h"
#include "platform/gateway/routes.h"
#include "platform/gateway/runs.h"
#include "platform/gateway/workers.h"

namespace suanpan::gateway {

// From a request to its reply, whatever reads the sockets. `handle` never waits: a cached reply is sent at once, all
// else goes to the workers.
class Service {
  public:
    using After = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

    // `after` runs a function later, on a thread that must not wait.
    Service(store::Shop& shop, const operations::Registry& registry, const ServeOptions& options, AccessLog log,
            After after);

    void handle(Request request, std::function<void(const Exchange&, Reply)> send);

    void refuse_new() { draining_ = true; }  // from now on 503
    [[nodiscard]] bool is_refusing() const { return draining_; }
    void stop_runs();
    [[nodiscard]] bool is_idle() const;
    [[nodiscard]] Identity& identity() { return identity_; }
    [[nodiscard]] Metrics& metrics() { return metrics_; }
    [[nodiscard]] const AccessLog& log() const { return log_; }
    void set_connections(std::function<std::int64_t()> count) { connections_ = std::move(count); }

  private:
    // service.cpp: from the door to the right room
    void enter(const ExchangePtr& exchange);
    void enter_after_refresh(const ExchangePtr& exchange);
    void admit(const ExchangePtr& exchange, operations::Principal principal);
    void finish(const ExchangePtr& exchange, Reply reply);
    void finish(const ExchangePtr& exchange, const Error& error, int status = 0);
    void on_worker(const ExchangePtr& exchange, std::function<Reply()> work);

    // service_calls.cpp: operations
    void call_operation(const ExchangePtr& exchange);
    void write(const ExchangePtr& exchange);
    void start_run(const ExchangePtr& exchange);
    void answer_run(const ExchangePtr& exchange, const std::shared_ptr<Run>& run);
    [[nodiscard]] Result<std::string> call(Exchange& exchange, std::string_view request, Run* run = nullptr);
    [[nodiscard]] std::vector<Result<std::string>> call_many(const Exchange& exchange,
                                                             std::span<const std::string> requests);
    [[nodiscard]] std::vector<Result<std::string>> call_in_time(Exchange& exchange,
                                                                std::span<const std::string> requests);
    [[nodiscard]] Reply reply_once(Exchange& exchange, Run* run);
    [[nodiscard]] Reply reply_now(Exchange& exchange, Run* run);
    [[nodiscard]] Result<std::string> call_batch(Exchange& exchange, std::string_view fields);

    // service_reads.cpp: reads
    void read(const ExchangePtr& exchange);
    [[nodiscard]] std::vector<Reply> read_replies(std::span<const WaitingCall> reads);
    struct MissingRead {
        std::size_t place;  // among the reads
        std::string canonical, request, fields;
    };
    [[nodiscard]] std::vector<MissingRead> answer_known(std::span<const WaitingCall> reads, std::uint64_t version,
                                                        std::span<Reply> replies);
    [[nodiscard]] Reply keep(const WaitingCall& read, std::uint64_t version, const CachedReply& cached);
    [[nodiscard]] Reply cached_reply(const Exchange& exchange, const CachedReply& cached) const;

    // service_groups.cpp: calls that are answered together
    void join_group(WaitingCall call);
    void lead_group(std::size_t route);
    void answer_group(std::span<const WaitingCall> calls);
    [[nodiscard]] std::vector<Reply> write_replies(std::span<const WaitingCall> calls);

    // service_pages.cpp: everything else
    [[nodiscard]] std::optional<Reply> open_page(const ExchangePtr& exchange);
    [[nodiscard]] std::optional<Reply> known_page(const ExchangePtr& exchange);
    [[nodiscard]] Reply log_in(const Exchange& exchange);
    [[nodiscard]] Reply login_link(const Exchange& exchange);
    [[nodiscard]] Reply log_out(const Exchange& exchange);
    [[nodiscard]] Reply session_page(const Exchange& exchange) const;
    [[nodiscard]] Reply docs_page(const Exchange& exchange) const;
    [[nodiscard]] Reply run_page(const Exchange& exchange);
    [[nodiscard]] Reply run_list(const Exchange& exchange) const;
    [[nodiscard]] Reply metrics_page() const;
    void picture_page(const ExchangePtr& exchange);
    void ready_page(const ExchangePtr& exchange);
    void mcp_page(const ExchangePtr& exchange);
    void stream_mcp(const ExchangePtr& exchange);
    [[nodiscard]] std::optional<std::string> answer_mcp(const Exchange& exchange,
                                                        std::function<void(std::string)> notify, int& status);
    [[nodiscard]] bool may_see(const Exchange& exchange, const Run& run) const;

    store::Shop& shop_;
    const operations::Registry& registry_;
    ServeOptions options_;
    AccessLog log_;
    After after_;
    Routes routes_;
    Identity identity_;
    Limiter limiter_;
    std::string rate_policy_;
    ReplyCache cache_;
    Idempotency idempotency_;
    Metrics metrics_;
    Runs runs_;
    std::vector<CallGroup> groups_;  // by route
    std::string openapi_;
    std::vector<Page> docs_;
    std::function<std::int64_t()> connections_ = [] { return std::int64_t{0}; };
    std::atomic<bool> draining_ = false;
    Workers workers_, long_workers_;  // last: they end first
};

}  // namespace suanpan::gateway
