#include <fmt/format.h>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/query.h"
#include "platform/gateway/service.h"
#include "platform/operations/validate.h"

namespace suanpan::gateway {
namespace {

bool matches(std::string_view if_none_match, std::string_view etag) {
    return if_none_match == "*" || if_none_match.contains(etag);
}

// Of two bodies that say the same in other words, one is enough.
Result<QueryRequest> plainly_wanted_by(const Exchange& exchange) {
    auto wanted = TRY(wanted_by(exchange));
    if (exchange.request.method == "POST") wanted.request = json_dump(TRY(operations::parse_json(wanted.request)));
    TRY(operations::check_fields(*exchange.route->operation, wanted.fields));
    return wanted;
}

// One spelling for all that ask the same.
std::string canonical_key(const Exchange& exchange, const QueryRequest& wanted) {
    return fmt::format("{}{}\n{}\n{}", static_cast<int>(exchange.principal.role), exchange.request.path, wanted.request,
                       wanted.fields);
}

}  // namespace

void Service::read(const ExchangePtr& exchange) {
    const auto& request = exchange->request;
    std::string key;
    key.reserve(request.path.size() + request.query.size() + request.body.size() + 8);
    key.append(1, static_cast<char>('0' + static_cast<int>(exchange->principal.role)));
    key.append(request.path).append("?").append(request.query).append("\n").append(request.body);
    if (const auto cached = cache_.find(key, shop_.database().version())) {
        metrics_.cache_hits.fetch_add(1, std::memory_order_relaxed);
        return finish(exchange, cached_reply(*exchange, *cached));
    }
    WaitingCall waiting{exchange, std::move(key)};
    if (exchange->route->operation->call_many) return join_group(std::move(waiting));
    on_worker(exchange,
              [this, waiting = std::move(waiting)] { return std::move(read_replies(std::span(&waiting, 1)).front()); });
}

// Two keys lead to a reply: the request as it was written, and its canonical form, which other spellings share.
Reply Service::keep(const WaitingCall& read, std::uint64_t version, const CachedReply& cached) {
    cache_.put(read.cache_key, version, cached);
    return cached_reply(*read.exchange, cached);
}

// What is wrong or known by its canonical form is answered here; the others are to be computed.
std::vector<Service::MissingRead> Service::answer_known(std::span<const WaitingCall> reads, std::uint64_t version,
                                                        std::span<Reply> replies) {
    std::vector<MissingRead> missing;
    for (std::size_t i = 0; i < reads.size(); ++i) {
        const auto& exchange = *reads[i].exchange;
        auto wanted = plainly_wanted_by(exchange);
        if (!wanted) {
            replies[i] = problem(wanted.error(), exchange.request.id);
            continue;
        }
        auto canonical = canonical_key(exchange, *wanted);
        if (const auto cached = cache_.find(canonical, version))
            replies[i] = keep(reads[i], version, *cached);
        else
            missing.push_back({i, std::move(canonical), std::move(wanted->request), std::move(wanted->fields)});
    }
    return missing;
}

std::vector<Reply> Service::read_replies(std::span<const WaitingCall> reads) {
    const auto version = shop_.database().version();
    std::vector<Reply> replies(reads.size());
    const auto missing = answer_known(reads, version, replies);
    if (missing.empty()) return replies;
    metrics_.cache_misses.fetch_add(missing.size(), std::memory_order_relaxed);
    std::vector<std::string> requests;
    for (const auto& one : missing) requests.push_back(one.request);
    auto answers = call_many(*reads.front().exchange, requests);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const auto& [place, canonical, request, fields] = missing[i];
        auto text = std::move(answers[i]);
        if (text && !fields.empty()) text = operations::select_fields(*text, fields);
        if (!text) {
            replies[place] = problem(text.error(), reads[place].exchange->request.id);
            continue;
        }
        const auto cached = make_cached(*std::move(text));
        cache_.put(canonical, version, cached);
        replies[place] = keep(reads[place], version, cached);
    }
    return replies;
}

Reply Service::cached_reply(const Exchange& exchange, const CachedReply& cached) const {
    Reply reply{.body = cached.body, .cached = true};
    if (matches(exchange.request.if_none_match, cached.etag)) reply = {.status = 304};
    reply.headers = {{"ETag", cached.etag}, {"Cache-Control", "private, no-cache"}};
    return reply;
}

}  // namespace suanpan::gateway
