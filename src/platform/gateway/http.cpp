#include "platform/gateway/http.h"

#include <drogon/drogon.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <random>

#include "platform/gateway/events.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/stalled.h"

namespace suanpan::gateway {
namespace {

using drogon::HttpRequest;
using drogon::HttpRequestPtr;
using drogon::HttpResponse;
using drogon::HttpResponsePtr;

constexpr std::chrono::milliseconds event_interval{100};
constexpr int events_between_comments = 100;  // one each 10 s keeps proxies from closing a quiet stream

std::string_view method_name(drogon::HttpMethod method) {
    switch (method) {
        case drogon::Get:
            return "GET";
        case drogon::Post:
            return "POST";
        case drogon::Head:
            return "HEAD";
        case drogon::Put:
            return "PUT";
        case drogon::Delete:
            return "DELETE";
        case drogon::Options:
            return "OPTIONS";
        case drogon::Patch:
            return "PATCH";
        default:
            return "OTHER";
    }
}

bool is_usable_id(std::string_view id) {
    const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; };
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, plain);
}

// Not a secret: it only has to differ.
std::string new_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(random()));
    return {text.data(), 16};
}

struct HeaderField {
    std::string_view name;
    std::string_view Request::* field;
};

constexpr std::array header_fields = {
    HeaderField{"authorization", &Request::authorization},
    HeaderField{"host", &Request::host},
    HeaderField{"origin", &Request::origin},
    HeaderField{"x-suanpan-user", &Request::user},
    HeaderField{"accept", &Request::accept},
    HeaderField{"if-none-match", &Request::if_none_match},
    HeaderField{"prefer", &Request::prefer},
    HeaderField{"idempotency-key", &Request::idempotency_key},
    HeaderField{"x-suanpan", &Request::console},
    HeaderField{"mcp-protocol-version", &Request::protocol_version},
    HeaderField{"mcp-method", &Request::mcp_method},
    HeaderField{"mcp-name", &Request::mcp_name},
    HeaderField{"accept-encoding", &Request::accept_encoding},
};

void read_header(Request& request, std::string_view name, std::string_view value) {
    for (const auto& [known, field] : header_fields)
        if (name == known) {
            request.*field = value;
            return;
        }
    if (name == "x-request-id" && is_usable_id(value)) request.id = value;
}

// What the views of a request point into.
struct Owned {
    HttpRequestPtr request;
    std::string body = {}, cookie = {};
};

Request to_request(const HttpRequestPtr& from) {
    Request request;
    request.method = from->isHead() ? "HEAD" : method_name(from->method());
    request.path = from->path();
    request.query = from->query();
    for (const auto& [name, value] : from->headers()) read_header(request, name, value);
    auto owner = std::make_shared<Owned>(from);
    // The reader of JSON looks for the end of a text at its terminating zero, which the socket's buffer does not have.
    owner->body = from->body();
    request.body = owner->body;
    // Drogon takes cookies out of the headers.
    if (const auto& session = from->getCookie(std::string(session_cookie)); !session.empty()) {
        owner->cookie = std::string(session_cookie) + "=" + session;
        request.cookie = owner->cookie;
    }
    if (request.id.empty()) request.id = new_id();
    request.owner = std::move(owner);
    return request;
}

constexpr std::size_t most_header_bytes = 64U << 10;

std::size_t header_bytes(const HttpRequest& request) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : request.headers()) bytes += name.size() + value.size();
    for (const auto& [name, value] : request.cookies()) bytes += name.size() + value.size();
    return bytes;
}

// RFC 9112, section 6: a length is decimal digits, and stands alone. Drogon takes "0x10" and "5, 50" too, which a proxy
// in front may read as another length: the rest of the body would be a request of somebody else's.
bool has_clear_length(const HttpRequest& request) {
    const auto& length = request.getHeader("content-length");
    const bool digits = std::ranges::all_of(length, [](unsigned char c) { return std::isdigit(c) != 0; });
    return digits && (length.empty() || request.getHeader("transfer-encoding").empty());
}

// 0: the request may be read.
int refused_status(const HttpRequest& request) {
    if (!has_clear_length(request)) return 400;
    return header_bytes(request) > most_header_bytes ? 431 : 0;
}

// Nothing that such a client sends after it is read.
HttpResponsePtr refusal(int status) {
    const auto* what = status == 431 ? "the headers are longer than the server takes"
                                     : "the length of the body is not clear; send one Content-Length";
    auto response = HttpResponse::newHttpResponse();
    response->setStatusCode(static_cast<drogon::HttpStatusCode>(status));
    response->setContentTypeString("application/problem+json");
    response->setBody(problem_json({ErrorCode::invalid_argument, what, ""}, new_id(), status));
    response->setCloseConnection(true);
    return response;
}

// Sends events until they end or the client goes; lives in the timer that drives it.
class EventStream : public std::enable_shared_from_this<EventStream> {
  public:
    EventStream(drogon::ResponseStreamPtr stream, std::shared_ptr<EventSource> source, trantor::EventLoop* loop)
        : stream_(std::move(stream)), source_(std::move(source)), loop_(loop) {}

    void step() {
        const bool last = source_->has_ended();
        if (!send(source_->news()) || last) {
            stream_->close();
            return;
        }
        loop_->runAfter(event_interval, [self = shared_from_this()] { self->step(); });
    }

  private:
    bool send(const std::string& news) {
        if (!news.empty()) return stream_->send(news);
        return ++quiet_ % events_between_comments != 0 || stream_->send(": still here\n\n");
    }

    drogon::ResponseStreamPtr stream_;
    std::shared_ptr<EventSource> source_;
    trantor::EventLoop* loop_;
    int quiet_ = 0;
};

HttpResponsePtr stream_of(const std::shared_ptr<EventSource>& source, trantor::EventLoop* loop) {
    return HttpResponse::newAsyncStreamResponse(
        [source, loop](drogon::ResponseStreamPtr stream) {
            auto events = std::make_shared<EventStream>(std::move(stream), source, loop);
            loop->queueInLoop([events] { events->step(); });
        },
        true);
}

HttpResponsePtr to_response(const Exchange& exchange, Reply reply, trantor::EventLoop* loop) {
    auto response = reply.events ? stream_of(reply.events, loop) : HttpResponse::newHttpResponse();
    response->setStatusCode(static_cast<drogon::HttpStatusCode>(reply.status));
    if (reply.content_type == "application/json")
        response->setContentTypeCode(drogon::CT_APPLICATION_JSON);
    else
        response->setContentTypeString(reply.content_type);
    if (reply.body) response->setBody(*reply.body);  // of a reply to HEAD, Drogon sends the length only
    for (auto& [name, value] : reply.headers) response->addHeader(name, std::move(value));
    response->addHeader("X-Request-Id", exchange.request.id);
    response->addHeader("X-Content-Type-Options", "nosniff");
    if (reply.events) response->addHeader("Cache-Control", "no-store");
    return response;
}

}  // namespace

std::size_t drogon_body_limit(const ServeOptions& options) {
    return std::max<std::size_t>(options.max_body_bytes * 4, 8U << 20);
}

void attach(drogon::HttpAppFramework& app, Service& service, const ServeOptions& options) {
    auto stalled = std::make_shared<StalledClients>(options.request_timeout, drogon_body_limit(options) + (1U << 20));
    app.setConnectionCallback([stalled](const trantor::TcpConnectionPtr& connection) { stalled->seen(connection); });
    service.set_connections([&app] { return app.getConnectionCount(); });
    // Before Drogon's own routing, which would look for files.
    app.registerPreRoutingAdvice([&service, stalled](const HttpRequestPtr& from, drogon::AdviceCallback&& answer,
                                                     drogon::AdviceChainCallback&&) {
        stalled->complete(from->getConnectionPtr().lock());
        if (const auto status = refused_status(*from); status != 0) return answer(refusal(status));
        auto* loop = trantor::EventLoop::getEventLoopOfCurrentThread();
        service.handle(to_request(from), [answer = std::move(answer), loop](const Exchange& exchange, Reply reply) {
            answer(to_response(exchange, std::move(reply), loop));
        });
    });
}

}  // namespace suanpan::gateway
