#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "platform/base/time.h"
#include "platform/gateway/exchange.h"
#include "platform/operations/progress.h"

namespace suanpan::gateway {

// Work that outlives its request.
class Run {
  public:
    struct Identity {
        std::string id, operation, principal;
        std::string repeat_key;  // of the same work asked for again; empty: none
    };
    explicit Run(Identity identity) : identity_(std::move(identity)) {}

    [[nodiscard]] const Identity& identity() const { return identity_; }
    [[nodiscard]] std::stop_source& stop() { return stop_; }

    void begin();
    void report(const operations::Progress& progress);
    void finish(Reply reply);

    // Called once at the end, by the thread that ends it; at once where it has ended.
    void when_finished(std::function<void()> function);

    [[nodiscard]] bool is_finished() const;
    [[nodiscard]] std::optional<Reply> reply() const;
    [[nodiscard]] std::uint64_t changes() const;  // rises with everything that json() shows
    enum class Detail { summary, whole };         // whole: with its lines, and the reply or the error
    [[nodiscard]] std::string json(Detail detail) const;

  private:
    [[nodiscard]] std::string progress_json() const;
    [[nodiscard]] std::string lines_json() const;
    void add_line(const operations::Progress& progress);

    Identity identity_;
    std::stop_source stop_;
    mutable std::mutex mutex_;
    std::uint64_t changes_ = 0;
    Instant created_at_ = now();
    std::optional<Instant> begun_at_, finished_at_;
    operations::Pacer progress_;
    struct Line {
        Instant at;
        std::string text;
    };
    std::deque<Line> lines_;  // the last of what it said it is doing
    std::optional<Reply> reply_;
    std::vector<std::function<void()>> waiting_;
};

// The last runs, in memory: after a restart the jobs of the store tell what happened.
class Runs {
  public:
    explicit Runs(std::size_t kept) : kept_(kept) {}
    [[nodiscard]] std::shared_ptr<Run> add(Run::Identity identity);
    [[nodiscard]] std::shared_ptr<Run> find(std::string_view id) const;
    [[nodiscard]] std::shared_ptr<Run> find_repeat(std::string_view repeat_key) const;
    [[nodiscard]] std::vector<std::shared_ptr<Run>> all() const;  // newest first

  private:
    std::size_t kept_;
    mutable std::mutex mutex_;
    std::deque<std::shared_ptr<Run>> runs_;  // newest first
};

}  // namespace suanpan::gateway
