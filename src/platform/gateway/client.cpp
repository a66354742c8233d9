#include "platform/gateway/client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <thread>

#include "platform/gateway/json_dump.h"
#include "platform/operations/json.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;

constexpr std::chrono::milliseconds watch_interval{150};

struct Answer {
    long status = 0;
    std::string body;
};

struct Sending {
    std::string path, body, person;  // an empty body: GET
    long timeout_milliseconds = 0;   // 0: none
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

using Curl = std::unique_ptr<CURL, void (*)(CURL*)>;
using Headers = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

Headers headers_of(const Server& server, const Sending& sending) {
    curl_slist* list = nullptr;
    list = curl_slist_append(list, ("Authorization: Bearer " + server.token).c_str());
    list = curl_slist_append(list, ("X-Suanpan-User: " + sending.person).c_str());
    list = curl_slist_append(list, "Content-Type: application/json");
    list = curl_slist_append(list, "Expect:");
    return {list, curl_slist_free_all};
}

Result<Answer> send(const Server& server, const Sending& sending) {
    const Curl curl(curl_easy_init(), curl_easy_cleanup);
    const auto headers = headers_of(server, sending);
    const auto url = fmt::format("http://{}:{}{}", server.address, server.port, sending.path);
    Answer answer;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, sending.timeout_milliseconds);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    if (!sending.body.empty()) {
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(sending.body.size()));
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, sending.body.c_str());
    }
    if (const auto code = curl_easy_perform(curl.get()); code != CURLE_OK)
        return fail(
            ErrorCode::unavailable,
            fmt::format("the running server does not answer ({}); see whether it still runs", curl_easy_strerror(code)),
            url);
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

std::string text_of(const Json& json, std::string_view key) {
    const auto* value = member(json, key);
    return value != nullptr && value->is_string() ? value->get_string() : std::string();
}

double number_of(const Json& json, std::string_view key) {
    const auto* value = member(json, key);
    return value == nullptr ? 0 : operations::as_number(*value);
}

std::unexpected<Error> as_error(const Json& problem) {
    return fail(error_code_from_name(text_of(problem, "code")), text_of(problem, "detail"), text_of(problem, "about"));
}

Result<Json> read_answer(const Answer& answer) {
    auto json = operations::parse_json(answer.body);
    if (!json)
        return fail(ErrorCode::unavailable, fmt::format("the server answered {} without a reply", answer.status));
    if (answer.status >= 400) return as_error(*json);
    return *std::move(json);
}

// Nothing where the run has not ended.
Result<std::optional<std::string>> step(const Json& run,
                                        const std::function<void(const operations::Progress&)>& on_progress) {
    if (const auto* progress = member(run, "progress"); progress && on_progress)
        on_progress({text_of(*progress, "step"), number_of(*progress, "done"), number_of(*progress, "total"),
                     text_of(*progress, "unit")});
    const auto* error = member(run, "error");
    if (error != nullptr) return as_error(*error);
    const auto* reply = member(run, "reply");
    if (reply == nullptr) return std::nullopt;
    return json_dump(*reply);
}

}  // namespace

std::optional<Server> running_server(const std::filesystem::path& shop) {
    std::error_code ignored;
    if (!std::filesystem::exists(server_file(shop), ignored)) return std::nullopt;
    auto server = read_server_file(shop);
    if (!server || (::kill(static_cast<pid_t>(server->pid), 0) != 0 && errno != EPERM)) return std::nullopt;
    const auto answer = send(*server, {.path = "/health", .timeout_milliseconds = 2'000});
    if (!answer) return std::nullopt;
    // Another program may have the port by now, and another process the number.
    const auto health = operations::parse_json(answer->body);
    if (!health || static_cast<std::int64_t>(number_of(*health, "pid")) != server->pid) return std::nullopt;
    return *std::move(server);
}

Result<std::string> call_server(const Server& server, const ServerCall& call,
                                const std::function<void(const operations::Progress&)>& on_progress) {
    auto path = "/v1/" + call.operation;
    std::ranges::replace(path, '.', '/');
    const auto answer = TRY(send(server, {path, call.request.empty() ? "{}" : call.request, call.person}));
    auto run = TRY(read_answer(answer));
    if (answer.status != 202) return answer.body;
    const auto run_path = "/v1/runs/" + text_of(run, "id");
    for (;;) {
        std::this_thread::sleep_for(watch_interval);
        run = TRY(read_answer(TRY(send(server, {.path = run_path, .person = call.person}))));
        if (auto reply = TRY(step(run, on_progress))) return *std::move(reply);
    }
}

Result<std::string> login_url(const Server& server, const std::string& person) {
    const auto answer = TRY(read_answer(TRY(send(server, {"/login/link", "{}", person}))));
    return fmt::format("http://{}:{}{}", server.address, server.port, text_of(answer, "path"));
}

}  // namespace suanpan::gateway
