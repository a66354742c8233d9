#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "platform/gateway/console.h"
#include "platform/gateway/events.h"
#include "platform/gateway/json_dump.h"
#include "platform/gateway/pictures.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/query.h"
#include "platform/gateway/service.h"

namespace suanpan::gateway {
namespace {

constexpr std::string_view plain = "text/plain; charset=utf-8";
constexpr std::string_view runs_prefix = "/v1/runs/";

bool is_get(const Exchange& exchange) {
    return exchange.request.method == "GET" || exchange.request.method == "HEAD";
}

}  // namespace

// What needs no key: it tells nothing of the shop.
std::optional<Reply> Service::open_page(const ExchangePtr& exchange) {
    const auto path = exchange->request.path;
    const bool known = path == "/" || path == "/health" || path == "/openapi.json" || path == "/login" ||
                       path == "/docs" || path.starts_with("/docs/") || path.starts_with("/assets/");
    if (!known) return std::nullopt;
    if (!is_get(*exchange)) return method_not_allowed(*exchange, "GET");
    if (path == "/health") return text_reply(200, fmt::format(R"({{"status":"alive","pid":{}}})", ::getpid()));
    if (path == "/openapi.json") return text_reply(200, openapi_);
    if (path == "/login") return log_in(*exchange);
    if (path.starts_with("/docs")) return docs_page(*exchange);
    return console_file(exchange->request);
}

Reply Service::log_in(const Exchange& exchange) {
    const auto session = identity_.sessions().redeem(query_value(exchange.request.query, "token"));
    if (!session) return problem(session.error(), exchange.request.id);
    const auto seconds = std::chrono::seconds(Sessions::session_life).count();
    Reply reply{.status = 303};
    reply.headers = {{"Location", "./"},
                     {"Cache-Control", "no-store"},
                     {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", session_cookie,
                                                *session, seconds)}};
    return reply;
}

Reply Service::login_link(const Exchange& exchange) {
    if (exchange.principal.role < operations::Role::admin)
        return problem({ErrorCode::permission_denied, "only an admin makes login links", ""}, exchange.request.id);
    return text_reply(
        200, fmt::format(R"({{"path":"/login?token={}"}})", identity_.sessions().new_ticket(exchange.principal)));
}

Reply Service::log_out(const Exchange& exchange) {
    identity_.sessions().end(cookie_value(exchange.request.cookie, session_cookie));
    Reply reply{.status = 204};
    reply.headers = {{"Set-Cookie", fmt::format("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", session_cookie)}};
    return reply;
}

// Who is logged in, and what the console has to know of the shop before its first page.
Reply Service::session_page(const Exchange& exchange) const {
    const auto& settings = shop_.settings();
    operations::Json session = operations::Json::object_t{};
    session["name"] = exchange.principal.name;
    session["role"] = std::string(operations::name(exchange.principal.role));
    session["shop"] = settings.name;
    session["currency"] = settings.currency;
    session["time_zone"] = settings.time_zone;
    session["language"] = settings.language;
    session["today"] = format(shop_.today());
    auto reply = text_reply(200, json_dump(session));
    reply.headers = {{"Cache-Control", "no-store"}};
    return reply;
}

Reply Service::docs_page(const Exchange& exchange) const {
    auto file = exchange.request.path.substr(std::string_view("/docs").size());
    // Its assets are found beside "/docs", not below it.
    if (file == "/") return Reply{.status = 308, .headers = {{"Location", "../docs"}}};
    if (file.empty())
        if (auto page = api_page()) return *std::move(page);
    if (file.starts_with('/')) file.remove_prefix(1);
    if (file.empty()) file = "README.md";
    const auto found = std::ranges::find(docs_, file, &Page::file);
    if (found == docs_.end())
        return problem({ErrorCode::not_found, "there is no such page; /docs/README.md lists them", std::string(file)},
                       exchange.request.id);
    return text_reply(200, found->text, plain);
}

void Service::ready_page(const ExchangePtr& exchange) {
    if (!is_get(*exchange)) return finish(exchange, method_not_allowed(*exchange, "GET"));
    on_worker(exchange, [this, exchange] {
        const auto count = shop_.database().read(
            [](store::Connection& connection) { return connection.count("SELECT count(*) FROM gateway.api_key"); });
        if (!count) return problem({ErrorCode::unavailable, count.error().message, ""}, exchange->request.id);
        return text_reply(200, R"({"status":"ready"})");
    });
}

std::optional<Reply> Service::known_page(const ExchangePtr& exchange) {
    const auto path = exchange->request.path;
    const bool is_page = path == "/metrics" || path == "/v1/runs" || path == "/v1/session";
    if (is_page && !is_get(*exchange)) return method_not_allowed(*exchange, "GET");
    if (path == "/metrics") return metrics_page();
    if (path == "/login/link")
        return exchange->request.method == "POST" ? login_link(*exchange) : method_not_allowed(*exchange, "POST");
    if (path == "/v1/session") return session_page(*exchange);
    if (path == "/logout")
        return exchange->request.method == "POST" ? log_out(*exchange) : method_not_allowed(*exchange, "POST");
    if (path == "/v1/runs") return run_list(*exchange);
    if (path.starts_with(runs_prefix)) return run_page(*exchange);
    return std::nullopt;
}

// The disk may be slow, so a worker reads and writes.
void Service::picture_page(const ExchangePtr& exchange) {
    const bool writes = exchange->request.method == "POST";
    if (!writes && !is_get(*exchange)) return finish(exchange, method_not_allowed(*exchange, "GET, HEAD, POST"));
    if (writes && exchange->principal.role < operations::Role::editor)
        return finish(exchange, Error{ErrorCode::permission_denied, "pictures are kept by operators", ""});
    on_worker(exchange, [this, exchange, writes] {
        const auto& request = exchange->request;
        const auto name = request.path.substr(pictures_prefix.size());
        auto reply = writes ? keep_picture(shop_.folder(), name, request.body) : picture(shop_.folder(), name);
        return reply ? *std::move(reply) : problem(reply.error(), request.id);
    });
}

Reply Service::metrics_page() const {
    Metrics::Now state{workers_.waiting(), long_workers_.waiting(), 0, connections_()};
    state.running_runs = static_cast<std::size_t>(
        std::ranges::count_if(runs_.all(), [](const auto& run) { return !run->is_finished(); }));
    return text_reply(200, metrics_.text(state), "text/plain; version=0.0.4; charset=utf-8");
}

bool Service::may_see(const Exchange& exchange, const Run& run) const {
    return exchange.principal.role == operations::Role::admin || run.identity().principal == exchange.principal.name;
}

Reply Service::run_list(const Exchange& exchange) const {
    std::string list;
    std::size_t shown = 0;
    for (const auto& run : runs_.all()) {
        if (!may_see(exchange, *run)) continue;
        if (++shown > 50) break;
        list += (list.empty() ? "" : ",") + run->json(Run::Detail::summary);
    }
    return text_reply(200, R"({"runs":[)" + list + "]}");
}

Reply Service::run_page(const Exchange& exchange) {
    const auto rest = exchange.request.path.substr(runs_prefix.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto run = runs_.find(rest.substr(0, slash));
    const auto part = rest.substr(slash);
    if (!run || !may_see(exchange, *run) || (part != "" && part != "/events" && part != "/stop"))
        return problem({ErrorCode::not_found, "there is no such run; the server keeps the last ones until it stops",
                        std::string(rest.substr(0, 100))},
                       exchange.request.id);
    if (part == "/stop") {
        if (exchange.request.method != "POST") return method_not_allowed(exchange, "POST");
        run->stop().request_stop();
    } else if (!is_get(exchange)) {
        return method_not_allowed(exchange, "GET");
    }
    if (part == "/events") return {.content_type = "text/event-stream", .events = std::make_shared<RunEvents>(run)};
    return text_reply(200, run->json(Run::Detail::whole));
}

}  // namespace suanpan::gateway
