#include "platform/gateway/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "platform/gateway/problem.h"

namespace suanpan::gateway {
namespace {

constexpr std::size_t kept_lines = 200;

double finite(double value) {
    return std::isfinite(value) ? value : 0;
}

}  // namespace

void Run::begin() {
    const std::lock_guard lock(mutex_);
    begun_at_ = now();
    ++changes_;
}

void Run::report(const operations::Progress& progress) {
    const std::lock_guard lock(mutex_);
    add_line(progress);
    progress_.report(progress, std::chrono::steady_clock::now());
    ++changes_;
}

// A line a step: what is done within it is told by the progress.
void Run::add_line(const operations::Progress& progress) {
    if (progress.step.empty() || (!lines_.empty() && lines_.back().text == progress.step)) return;
    lines_.push_back({now(), progress.step});
    if (lines_.size() > kept_lines) lines_.pop_front();
}

void Run::finish(Reply reply) {
    std::vector<std::function<void()>> waiting;
    {
        const std::lock_guard lock(mutex_);
        reply_ = std::move(reply);
        finished_at_ = now();
        ++changes_;
        waiting.swap(waiting_);
    }
    for (const auto& function : waiting) function();
}

void Run::when_finished(std::function<void()> function) {
    {
        const std::lock_guard lock(mutex_);
        if (!reply_) {
            waiting_.push_back(std::move(function));
            return;
        }
    }
    function();
}

bool Run::is_finished() const {
    const std::lock_guard lock(mutex_);
    return reply_.has_value();
}

std::optional<Reply> Run::reply() const {
    const std::lock_guard lock(mutex_);
    return reply_;
}

std::uint64_t Run::changes() const {
    const std::lock_guard lock(mutex_);
    return changes_;
}

std::string Run::progress_json() const {
    const auto& last = progress_.last();
    const auto pace = progress_.pace(std::chrono::steady_clock::now());
    return fmt::format(R"({{"step":{},"done":{},"total":{},"unit":{},"rate_per_second":{:.3f},"seconds_left":{}}})",
                       json_text(last.step), finite(last.done), finite(last.total), json_text(last.unit),
                       finite(pace.rate_per_second),
                       pace.seconds_left ? fmt::format("{:.1f}", finite(*pace.seconds_left)) : "null");
}

std::string Run::lines_json() const {
    std::string list;
    for (const auto& [at, text] : lines_)
        list += fmt::format(R"({}{{"at":"{}","text":{}}})", list.empty() ? "" : ",", format(at), json_text(text));
    return "[" + list + "]";
}

std::string Run::json(Detail detail) const {
    const std::lock_guard lock(mutex_);
    const bool good = reply_ && reply_->status < 400;
    const auto* state = reply_ ? (good ? "done" : "failed") : (begun_at_ ? "running" : "waiting");
    auto text =
        fmt::format(R"({{"id":"{}","operation":"{}","principal":{},"state":"{}","created_at":"{}")", identity_.id,
                    identity_.operation, json_text(identity_.principal), state, format(created_at_));
    if (finished_at_) text += fmt::format(R"(,"finished_at":"{}")", format(*finished_at_));
    text += R"(,"progress":)" + progress_json();
    if (detail == Detail::whole) text += R"(,"lines":)" + lines_json();
    if (reply_ && reply_->body && (detail == Detail::whole || !good))
        text += (good ? R"(,"reply":)" : R"(,"error":)") + *reply_->body;
    return text + "}";
}

std::shared_ptr<Run> Runs::add(Run::Identity identity) {
    auto run = std::make_shared<Run>(std::move(identity));
    const std::lock_guard lock(mutex_);
    runs_.push_front(run);
    for (std::size_t i = runs_.size(); runs_.size() > kept_ && i-- > 0;)
        if (runs_[i]->is_finished()) runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(i));
    return run;
}

std::shared_ptr<Run> Runs::find(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(runs_, id, [](const auto& run) -> const auto& { return run->identity().id; });
    return found == runs_.end() ? nullptr : *found;
}

std::shared_ptr<Run> Runs::find_repeat(std::string_view repeat_key) const {
    const std::lock_guard lock(mutex_);
    for (const auto& run : runs_)
        if (run->identity().repeat_key == repeat_key && !run->is_finished()) return run;
    return nullptr;
}

std::vector<std::shared_ptr<Run>> Runs::all() const {
    const std::lock_guard lock(mutex_);
    return {runs_.begin(), runs_.end()};
}

}  // namespace suanpan::gateway
