#include "platform/jobs/job.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "platform/store/interrupt.h"

namespace suanpan::jobs {

struct Unfinished {
    std::int64_t run_id = 0;
};

struct Done {
    std::string step, note;
};

namespace {

using store::Connection;

// DuckDB lets one process open a shop, so that a job can only be met running by another thread of this process.
std::mutex running_mutex;
std::set<std::string> running;

class OnlyRun {
  public:
    static Result<OnlyRun> of(const store::Shop& shop, const std::string& job) {
        auto name = shop.folder().string() + " " + job;
        const std::lock_guard lock(running_mutex);
        if (!running.insert(name).second)
            return fail(ErrorCode::conflict, fmt::format("the job \"{}\" is running already; wait for its end", job),
                        job);
        return OnlyRun(std::move(name));
    }
    OnlyRun(OnlyRun&& other) noexcept : name_(std::exchange(other.name_, {})) {}
    OnlyRun& operator=(OnlyRun&&) = delete;
    ~OnlyRun() {
        if (name_.empty()) return;
        const std::lock_guard lock(running_mutex);
        running.erase(name_);
    }

  private:
    explicit OnlyRun(std::string name) : name_(std::move(name)) {}
    std::string name_;
};

// The newest run of this job and key if it has not come to its end, or a new one.
Result<std::int64_t> begin(const store::Shop& shop, const Job& job) {
    std::int64_t run_id = 0;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        const auto open =
            TRY(connection.rows<Unfinished>("SELECT run_id FROM jobs.history WHERE job = ? AND run_key = ? AND NOT "
                                            "finished ORDER BY run_id DESC LIMIT 1",
                                            job.name, job.key));
        if (!open.empty()) {
            run_id = open.front().run_id;
            return {};
        }
        run_id = TRY(connection.count("SELECT coalesce(max(run_id), 0) + 1 FROM jobs.run"));
        TRY(connection.query("INSERT INTO jobs.run VALUES (?, ?, ?, ?, ?)", run_id, job.name, job.key, ::getpid(),
                             now()));
        return {};
    }));
    return run_id;
}

struct Ending {
    std::string step, state, note;
    int attempts = 1;
    double seconds = 0;
};

Result<> record(const store::Shop& shop, std::int64_t run_id, const Ending& end) {
    return shop.database().write([&](Connection& connection) -> Result<> {
        TRY(connection.query("INSERT INTO jobs.step VALUES (?, ?, ?, ?, ?, ?, ?)", run_id, end.step, end.state,
                             end.attempts, end.seconds, end.note, now()));
        return {};
    });
}

bool worth_another_try(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::conflict || code == ErrorCode::io;
}

// Asks to stop when the time is over, or when the job as a whole is asked to.
class Limit {
  public:
    Limit(const std::stop_token& job, std::chrono::milliseconds timeout) : forward_(job, Forward{&source_}) {
        if (timeout.count() == 0) return;
        timer_ = std::jthread([this, timeout](const std::stop_token& over) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any wake;
            wake.wait_for(lock, over, timeout, [] { return false; });
            if (over.stop_requested()) return;
            passed_ = true;
            source_.request_stop();
        });
    }
    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
    [[nodiscard]] bool passed() const { return passed_; }

  private:
    struct Forward {
        std::stop_source* source;
        void operator()() const { source->request_stop(); }
    };
    std::stop_source source_;
    std::atomic<bool> passed_ = false;
    std::stop_callback<Forward> forward_;
    std::jthread timer_;  // last, so that it ends first
};

Result<std::string> attempt(operations::Context& context, const Step& step, int& attempts) {
    auto pause = step.pause;
    for (;; pause *= 2) {
        ++attempts;
        auto reply = context.operations.call(context, step.operation, step.request);
        if (reply || attempts > step.retries || !worth_another_try(reply.error().code) || context.stop.stop_requested())
            return reply;
        std::this_thread::sleep_for(pause);
    }
}

// What was done late is done; only what failed may be put down to the time.
Result<std::string> attempt_in_time(const operations::Context& job, const Step& step, int& attempts) {
    const Limit limit(job.stop, step.timeout);
    auto context = job;
    context.stop = limit.token();
    const store::StopScope scope(limit.token());
    auto reply = attempt(context, step, attempts);
    if (reply || !limit.passed()) return reply;
    return fail(
        ErrorCode::unavailable,
        fmt::format("did not end within {} s and was stopped ({}); see what it waits for, or give it more time, "
                    "and run the job again to go on with it",
                    std::chrono::duration<double>(step.timeout).count(), reply.error().message));
}

Result<StepReport> run_step(const operations::Context& context, std::int64_t run_id, const Step& step) {
    const auto started = std::chrono::steady_clock::now();
    int attempts = 0;
    auto reply = attempt_in_time(context, step, attempts);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (!reply) {
        (void)record(context.shop, run_id, {step.name, "failed", reply.error().text(), attempts, seconds});
        const auto& about = reply.error().about;
        return fail(reply.error().code, reply.error().message,
                    fmt::format("step {}{}{}", step.name, about.empty() ? "" : ", ", about));
    }
    TRY(record(context.shop, run_id, {step.name, "done", *reply, attempts, seconds}));
    return StepReport{step.name, false, seconds, *std::move(reply)};
}

}  // namespace

Result<std::vector<const Step*>> in_order(const Job& job) {
    std::vector<const Step*> order;
    std::set<std::string> placed;
    auto ready = [&](const Step& step) {
        return !placed.contains(step.name) &&
               std::ranges::all_of(step.after, [&](const auto& name) { return placed.contains(name); });
    };
    while (order.size() < job.steps.size()) {
        const auto next = std::ranges::find_if(job.steps, ready);
        if (next == job.steps.end()) {
            const auto stuck =
                std::ranges::find_if(job.steps, [&](const Step& step) { return !placed.contains(step.name); });
            return fail(ErrorCode::invalid_argument, "this step waits for one that is unknown or waits for it in turn",
                        fmt::format("{}.{}", job.name, stuck->name));
        }
        placed.insert(next->name);
        order.push_back(&*next);
    }
    return order;
}

namespace {

// What a step reports of itself, with its place in the job: "daily 3/5 forecast: reading".
operations::Context within(const operations::Context& job, const std::string& place) {
    auto context = job;
    context.progress = [&job, place](operations::Progress progress) {
        progress.step = place + ": " + progress.step;
        job.progress(progress);
    };
    return context;
}

}  // namespace

Result<std::vector<StepReport>> run(operations::Context& context, const Job& job) {
    const auto order = TRY(in_order(job));
    const auto only = TRY(OnlyRun::of(context.shop, job.name));
    const auto run_id = TRY(begin(context.shop, job));
    const auto done = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<Done>("SELECT step, note FROM jobs.step WHERE run_id = ? AND state = 'done'", run_id);
    }));
    std::vector<StepReport> reports;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (context.stop.stop_requested())
            return fail(ErrorCode::unavailable, "the job was stopped; run it again to go on where it stopped",
                        job.name);
        const auto& step = *order[i];
        const auto place = fmt::format("{} {}/{} {}", job.name, i + 1, order.size(), step.name);
        context.progress({place, double(i), double(order.size()), "steps"});
        const auto before = std::ranges::find(done, step.name, &Done::step);
        reports.push_back(before != done.end() ? StepReport{step.name, true, 0, before->note}
                                               : TRY(run_step(within(context, place), run_id, step)));
    }
    TRY(record(context.shop, run_id, {"", "done", "", 1, 0}));
    return reports;
}

}  // namespace suanpan::jobs
