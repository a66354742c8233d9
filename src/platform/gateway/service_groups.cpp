#include "platform/gateway/problem.h"
#include "platform/gateway/query.h"
#include "platform/gateway/service.h"
#include "platform/operations/validate.h"

namespace suanpan::gateway {
namespace {

constexpr std::size_t largest_group = 256;

}  // namespace

void Service::join_group(WaitingCall call) {
    const auto exchange = call.exchange;
    const auto route = exchange->route->index;
    const Error busy{ErrorCode::unavailable, "too many requests are waiting; try again in a moment", ""};
    const auto joined = groups_[route].join(std::move(call), options_.queue_length);
    if (joined == CallGroup::Joined::full) return finish(exchange, busy);
    if (joined == CallGroup::Joined::follow || workers_.submit([this, route] { lead_group(route); })) return;
    for (auto refused = groups_[route].take(largest_group); !refused.empty();
         refused = groups_[route].take(largest_group))
        for (const auto& one : refused) finish(one.exchange, busy);
}

void Service::lead_group(std::size_t route) {
    for (auto calls = groups_[route].take(largest_group); !calls.empty(); calls = groups_[route].take(largest_group))
        answer_group(calls);
}

void Service::answer_group(std::span<const WaitingCall> calls) {
    std::vector<Reply> replies;
    try {
        const bool reads = calls.front().exchange->route->operation->reads();
        replies = reads ? read_replies(calls) : write_replies(calls);
    } catch (const std::exception& error) {
        log_.message(true, calls.front().exchange->request.id + ": " + error.what());
        replies.clear();
        for (const auto& call : calls)
            replies.push_back(problem({ErrorCode::internal, "the request failed in a way that is our mistake", ""},
                                      call.exchange->request.id));
    }
    for (std::size_t i = 0; i < calls.size(); ++i) finish(calls[i].exchange, std::move(replies[i]));
}

std::vector<Reply> Service::write_replies(std::span<const WaitingCall> calls) {
    std::vector<Reply> replies(calls.size());
    std::vector<std::string> requests, fields;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const auto& exchange = *calls[i].exchange;
        auto wanted = wanted_by(exchange);
        if (wanted)
            if (const auto known = operations::check_fields(*exchange.route->operation, wanted->fields); !known)
                wanted = std::unexpected(known.error());
        if (!wanted) {
            replies[i] = problem(wanted.error(), exchange.request.id);
            continue;
        }
        requests.push_back(std::move(wanted->request));
        fields.push_back(std::move(wanted->fields));
        places.push_back(i);
    }
    const auto answers = call_many(*calls.front().exchange, requests);
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto text = answers[i];
        if (text && !fields[i].empty()) text = operations::select_fields(*text, fields[i]);
        replies[places[i]] =
            text ? text_reply(200, *std::move(text)) : problem(text.error(), calls[places[i]].exchange->request.id);
    }
    return replies;
}

}  // namespace suanpan::gateway
