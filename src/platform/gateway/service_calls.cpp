#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/query.h"
#include "platform/gateway/secrets.h"
#include "platform/gateway/service.h"
#include "platform/operations/json.h"
#include "platform/operations/validate.h"

namespace suanpan::gateway {
namespace {

using operations::Json;

constexpr std::chrono::seconds longest_wait{300};

bool is_batch(std::string_view body) {
    const auto first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '[';
}

// RFC 7240: `Prefer: respond-async, wait=10`
std::chrono::seconds wanted_wait(std::string_view prefer) {
    const auto at = prefer.find("wait=");
    int seconds = 0;
    if (at != std::string_view::npos) std::from_chars(prefer.data() + at + 5, prefer.data() + prefer.size(), seconds);
    return std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(0), longest_wait);
}

Result<std::string> selected(std::string reply, std::string_view fields) {
    if (fields.empty()) return reply;
    return operations::select_fields(reply, fields);
}

}  // namespace

void Service::call_operation(const ExchangePtr& exchange) {
    const auto& operation = *exchange->route->operation;
    const bool get = exchange->request.method == "GET" || exchange->request.method == "HEAD";
    if (!(exchange->request.method == "POST" || (get && operation.reads()))) {
        auto reply =
            problem({ErrorCode::invalid_argument, "call this operation with POST and a JSON body", operation.name},
                    exchange->request.id, 405);
        reply.headers.emplace_back("Allow", operation.reads() ? "GET, HEAD, POST" : "POST");
        return finish(exchange, std::move(reply));
    }
    // Before the cache is asked, which knows no roles.
    if (exchange->principal.role < operation.role)
        return finish(exchange, Error{ErrorCode::permission_denied,
                                      fmt::format("{} needs the role {}, {} has {}", operation.name,
                                                  operations::name(operation.role), exchange->principal.name,
                                                  operations::name(exchange->principal.role)),
                                      ""});
    if (operation.long_work) return start_run(exchange);
    if (operation.reads() && !is_batch(exchange->request.body)) return read(exchange);
    write(exchange);
}

void Service::write(const ExchangePtr& exchange) {
    const auto& request = exchange->request;
    // A write to be answered once is worked on by itself, so that its key and its reply go together.
    if (exchange->route->operation->call_many && request.idempotency_key.empty() && !is_batch(request.body))
        return join_group({exchange});
    on_worker(exchange, [this, exchange] { return reply_once(*exchange, nullptr); });
}

Result<std::string> Service::call(Exchange& exchange, std::string_view request, Run* run) {
    operations::Context context{shop_, registry_, exchange.principal};
    if (run != nullptr) {
        context.progress = [run](const operations::Progress& progress) { run->report(progress); };
        context.stop = run->stop().get_token();
    }
    try {
        return registry_.call(context, exchange.route->operation->name, request);
    } catch (const std::exception& error) {
        log_.message(true, fmt::format("{}: {}", exchange.request.id, error.what()));
        return fail(ErrorCode::internal, "the operation failed in a way that is our mistake; the log has the details");
    }
}

std::vector<Result<std::string>> Service::call_many(const Exchange& exchange, std::span<const std::string> requests) {
    operations::Context context{shop_, registry_, exchange.principal};
    try {
        return registry_.call_many(context, exchange.route->operation->name, requests);
    } catch (const std::exception& error) {
        log_.message(true, fmt::format("{}: {}", exchange.request.id, error.what()));
        return {requests.size(), fail(ErrorCode::internal, "the operation failed in a way that is our mistake")};
    }
}

// One body must not hold a worker for ever.
std::vector<Result<std::string>> Service::call_in_time(Exchange& exchange, std::span<const std::string> requests) {
    if (exchange.route->operation->call_many) return call_many(exchange, requests);
    const auto end = std::chrono::steady_clock::now() + options_.batch_time;
    std::vector<Result<std::string>> replies;
    for (const auto& request : requests) {
        if (std::chrono::steady_clock::now() < end)
            replies.push_back(call(exchange, request));
        else
            replies.push_back(fail(ErrorCode::unavailable,
                                   "not done: the requests before it took too long; send it again in another batch"));
    }
    return replies;
}

Result<std::string> Service::call_batch(Exchange& exchange, std::string_view fields) {
    const auto body = TRY(operations::parse_json(exchange.request.body));
    const auto& requests = body.get_array();
    if (requests.size() > options_.max_batch)
        return fail(ErrorCode::too_large, fmt::format("{} requests are more than the allowed {}; split the batch",
                                                      requests.size(), options_.max_batch));
    std::vector<std::string> texts;
    for (const auto& request : requests) texts.push_back(json_dump(request));
    std::string replies = "[";
    for (auto& one : call_in_time(exchange, texts)) {
        auto reply = std::move(one).and_then([&](std::string text) { return selected(std::move(text), fields); });
        if (replies.size() > 1) replies += ",";
        replies += reply ? fmt::format(R"({{"status":200,"reply":{}}})", *reply)
                         : fmt::format(R"({{"status":{},"problem":{}}})", http_status(reply.error().code),
                                       problem_json(reply.error(), exchange.request.id));
    }
    return replies + "]";
}

Reply Service::reply_now(Exchange& exchange, Run* run) {
    const auto answer = [&] -> Result<std::string> {
        const auto wanted = TRY(wanted_by(exchange));
        TRY(operations::check_fields(*exchange.route->operation, wanted.fields));
        if (is_batch(exchange.request.body)) return call_batch(exchange, wanted.fields);
        return selected(TRY(call(exchange, wanted.request, run)), wanted.fields);
    };
    auto reply = answer();
    if (!reply) return problem(reply.error(), exchange.request.id);
    return text_reply(200, *std::move(reply));
}

Reply Service::reply_once(Exchange& exchange, Run* run) {
    const auto& request = exchange.request;
    if (request.idempotency_key.empty() || exchange.route->operation->reads()) return reply_now(exchange, run);
    if (request.idempotency_key.size() > 200)
        return problem({ErrorCode::invalid_argument, "is longer than 200 characters", "Idempotency-Key"}, request.id);
    const Idempotency::Key key{exchange.principal.name, exchange.route->operation->name,
                               std::string(request.idempotency_key),
                               hash_hex(fmt::format("{}\n{}", request.query, request.body))};
    const auto begun = idempotency_.begin(key);
    if (!begun) return problem(begun.error(), request.id);
    const auto conflict = [&](std::string_view message, int status) {
        return problem({ErrorCode::conflict, std::string(message), "Idempotency-Key"}, request.id, status);
    };
    switch (begun->found) {
        case Idempotency::Found::other:
            return conflict("this key was used for another request; use a new key", 422);
        case Idempotency::Found::running:
            return conflict("the first request with this key is still being worked on; ask again in a moment", 409);
        case Idempotency::Found::interrupted:
            return conflict(
                "the first request with this key was cut off; look whether it took effect before you send it "
                "with a new key",
                409);
        case Idempotency::Found::replay: {
            auto reply = text_reply(begun->status, begun->reply,
                                    begun->status < 400 ? "application/json" : "application/problem+json");
            reply.headers.emplace_back("Idempotent-Replayed", "true");
            return reply;
        }
        case Idempotency::Found::fresh:
            break;
    }
    auto reply = reply_now(exchange, run);
    if (const auto kept = idempotency_.finish(key, reply.status, *reply.body); !kept)
        log_.message(true, kept.error().text());
    return reply;
}

void Service::start_run(const ExchangePtr& exchange) {
    const auto& request = exchange->request;
    if (is_batch(request.body))
        return finish(exchange,
                      Error{ErrorCode::invalid_argument, "work that takes long is started one at a time", ""});
    const auto good = wanted_by(*exchange).and_then([&](const QueryRequest& wanted) {
        return operations::check(*exchange->route->operation, wanted.request, wanted.fields);
    });
    if (!good) return finish(exchange, good.error());
    std::string repeat_key;
    if (!request.idempotency_key.empty())
        repeat_key = fmt::format("{}\n{}\n{}\n{}", exchange->principal.name, request.path, request.idempotency_key,
                                 hash_hex(request.body));
    if (!repeat_key.empty())
        if (const auto same = runs_.find_repeat(repeat_key)) return answer_run(exchange, same);
    auto run = runs_.add({random_hex(8), exchange->route->operation->name, exchange->principal.name, repeat_key});
    const bool queued = long_workers_.submit([this, exchange, run] {
        run->begin();
        run->finish(reply_once(*exchange, run.get()));
    });
    if (!queued) {
        run->finish(
            problem({ErrorCode::unavailable, "too much long work is waiting; try again later", ""}, request.id));
        return finish(exchange, *run->reply());
    }
    answer_run(exchange, run);
}

// 202 and where to look, or the reply itself where the client waits for it and it comes in time.
void Service::answer_run(const ExchangePtr& exchange, const std::shared_ptr<Run>& run) {
    const auto wait = wanted_wait(exchange->request.prefer);
    const auto answered = std::make_shared<std::atomic<bool>>(false);
    const auto location = "/v1/runs/" + run->identity().id;
    const auto accept = [this, exchange, run, answered, location] {
        if (answered->exchange(true)) return;
        auto reply = text_reply(202, run->json(Run::Detail::summary));
        reply.headers = {{"Location", location}};
        finish(exchange, std::move(reply));
    };
    if (wait.count() == 0) return accept();
    run->when_finished([this, exchange, run, answered, location] {
        if (answered->exchange(true)) return;
        auto reply = *run->reply();
        reply.headers.emplace_back("Location", location);
        reply.headers.emplace_back("Preference-Applied", "wait");
        finish(exchange, std::move(reply));
    });
    after_(wait, accept);
}

}  // namespace suanpan::gateway
