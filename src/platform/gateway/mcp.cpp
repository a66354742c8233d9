#include "platform/gateway/mcp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <istream>
#include <mutex>
#include <ostream>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/mcp_tools.h"
#include "platform/gateway/problem.h"
#include "platform/operations/json.h"
#include "platform/operations/validate.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;

constexpr std::array<std::string_view, 3> versions = {"2025-11-25", "2025-06-18", "2025-03-26"};  // newest first
constexpr std::string_view version_with_batches = "2025-03-26";

std::string failure(std::string_view id, int code, std::string_view message, std::string_view data = {}) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"error":{{"code":{},"message":{}{}{}}}}})", id, code,
                       json_text(message), data.empty() ? "" : R"(,"data":)", data);
}

std::string success(std::string_view id, std::string_view result) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{}}})", id, result);
}

struct Message {
    std::string id;  // as JSON; empty: a notification
    std::string_view method;
    const Json* parameters;
};

constexpr std::string_view server_info = R"({"name":"suanpan","title":"Suanpan","version":"0.1.0"})";
constexpr std::string_view capabilities = R"({"tools":{"listChanged":false}})";
constexpr std::string_view instructions =
    R"("Operations of one online shop: forecasts, orders, prices and the decisions that people approve. Reading tools change nothing; proposing tools make decisions that wait for approval. Give \"fields\" to keep replies small.")";

std::string initialize(Session& session, const Json* parameters) {
    const auto wanted = parameters ? text_of(member(*parameters, "protocolVersion")) : std::string_view();
    session.protocol_version = speaks_protocol(wanted) ? wanted : versions.front();
    return fmt::format(R"({{"protocolVersion":"{}","capabilities":{},"serverInfo":{},"instructions":{}}})",
                       session.protocol_version, capabilities, server_info, instructions);
}

// What takes the place of the handshake where each message stands for itself.
std::string discovered() {
    return fmt::format(
        R"({{"resultType":"complete","supportedVersions":["{}"],"capabilities":{},"instructions":{},"cacheScope":"private","ttlMs":60000,"_meta":{{"io.modelcontextprotocol/serverInfo":{}}}}})",
        stateless_version, capabilities, instructions, server_info);
}

// Progress has to rise with each notice. Steps that are worked on side by side report out of order, and the next piece
// of the work counts from zero again: it is put on top.
class Rising {
  public:
    bool admits(operations::Progress& progress) {
        const std::lock_guard lock(mutex_);
        if (progress.total != total_) base_ = std::max(last_, 0.0);
        total_ = progress.total;
        progress.done += base_;
        if (progress.total > 0) progress.total += base_;
        if (progress.done <= last_) return false;
        last_ = progress.done;
        return true;
    }

  private:
    std::mutex mutex_;
    double total_ = 0, base_ = 0, last_ = -1;
};

// Empty where nobody wants to know.
OnProgress on_progress_of(const Session& session, const Json& parameters) {
    const auto* meta = member(parameters, "_meta");
    const auto* token = meta ? member(*meta, "progressToken") : nullptr;
    if (!session.notify || token == nullptr || (!token->is_string() && !token->is_number())) return {};
    return [notify = session.notify, text = json_dump(*token),
            rising = std::make_shared<Rising>()](operations::Progress progress) {
        if (!rising->admits(progress)) return;
        const auto total = progress.total > 0 ? fmt::format(R"(,"total":{})", progress.total) : std::string();
        notify(fmt::format(
            R"({{"jsonrpc":"2.0","method":"notifications/progress","params":{{"progressToken":{},"progress":{}{},"message":{}}}}})",
            text, progress.done, total, json_text(progress.step)));
    };
}

Result<std::string> selected_reply(const Caller& caller, const operations::Operation& operation, const Json* arguments,
                                   const OnProgress& on_progress) {
    auto request = arguments ? *arguments : Json(Json::object_t{});
    const std::string fields(text_of(member(request, "fields")));
    request.get_object().erase("fields");
    TRY(operations::check_fields(operation, fields));
    // An agent decides on what it has seen, and nothing else.
    for (const auto& field : operation.seen)
        if (caller.role >= operation.role && member(request, field) == nullptr)
            return fail(ErrorCode::invalid_argument, operation.name + " needs this field from an agent", field);
    auto reply = TRY(caller.call(operation, json_dump(request), on_progress));
    if (fields.empty()) return reply;
    return operations::select_fields(reply, fields);
}

std::string call_tool(const Session& session, const Caller& caller, const operations::Registry& registry,
                      const Message& message) {
    const auto tool = message.parameters ? text_of(member(*message.parameters, "name")) : std::string_view();
    const auto* operation = find_tool(registry, tool);
    if (operation == nullptr)
        return failure(message.id, rpc::invalid_params, fmt::format("there is no tool \"{}\"; see tools/list", tool));
    const auto* arguments = member(*message.parameters, "arguments");
    if (arguments != nullptr && !arguments->is_object())
        return failure(message.id, rpc::invalid_params, "arguments is a JSON object");
    const auto on_progress = on_progress_of(session, *message.parameters);
    return success(message.id, tool_result(selected_reply(caller, *operation, arguments, on_progress)));
}

std::optional<std::string> answer(Session& session, const Caller& caller, const operations::Registry& registry,
                                  const Message& message) {
    if (message.id.empty()) {
        if (message.method == "notifications/initialized") session.initialized = true;
        return std::nullopt;
    }
    if (has_envelope(message.parameters)) {
        const auto* headers = session.headers ? &*session.headers : nullptr;
        if (const auto refusal = envelope_refusal(headers, message.method, *message.parameters)) {
            session.http_status = 400;
            return failure(message.id, refusal->code, refusal->message, refusal->data);
        }
    }
    if (message.method == "server/discover") return success(message.id, discovered());
    if (message.method == "initialize") return success(message.id, initialize(session, message.parameters));
    if (message.method == "ping") return success(message.id, "{}");
    if (message.method == "tools/list") return success(message.id, tool_list(registry, caller.role));
    if (message.method == "tools/call") return call_tool(session, caller, registry, message);
    return failure(message.id, rpc::method_not_found, fmt::format("there is no method \"{}\"", message.method));
}

std::optional<std::string> handle_one(Session& session, const Caller& caller, const operations::Registry& registry,
                                      const Json& json) {
    if (!json.is_object()) return failure("null", rpc::invalid_request, "a message is a JSON object");
    const auto* id = member(json, "id");
    const bool usable_id = id != nullptr && (id->is_string() || id->is_number());
    if (id != nullptr && !usable_id) return failure("null", rpc::invalid_request, "an id is a text or a number");
    const Message message{usable_id ? json_dump(*id) : "", text_of(member(json, "method")), member(json, "params")};
    const auto shown_id = usable_id ? std::string_view(message.id) : std::string_view("null");
    if (text_of(member(json, "jsonrpc")) != "2.0")
        return failure(shown_id, rpc::invalid_request, "jsonrpc must be \"2.0\"");
    if (message.method.empty()) {
        // A response to a request of ours; we send none.
        if (member(json, "result") || member(json, "error")) return std::nullopt;
        return failure(shown_id, rpc::invalid_request, "the message has no method");
    }
    if (message.parameters != nullptr && !message.parameters->is_object() && usable_id)
        return failure(shown_id, rpc::invalid_params, "params is a JSON object");
    return answer(session, caller, registry, message);
}

std::optional<std::string> handle_batch(Session& session, const Caller& caller, const operations::Registry& registry,
                                        const Json::array_t& batch) {
    if (batch.empty() || (!session.protocol_version.empty() && session.protocol_version != version_with_batches))
        return failure("null", rpc::invalid_request, "send one message at a time");
    std::string all;
    for (const auto& json : batch)
        if (const auto one = handle_one(session, caller, registry, json)) all += (all.empty() ? "" : ",") + *one;
    if (all.empty()) return std::nullopt;
    return "[" + all + "]";
}

}  // namespace

Caller caller_here(store::Shop& shop, const operations::Registry& registry, operations::Principal principal) {
    const auto role = principal.role;
    return {role,
            [&shop, &registry, principal = std::move(principal)](
                const operations::Operation& operation, const std::string& request, const OnProgress& on_progress) {
                operations::Context context{shop, registry, principal};
                if (on_progress) context.progress = on_progress;
                return registry.call(context, operation.name, request);
            }};
}

bool speaks_protocol(std::string_view version) {
    return std::ranges::find(versions, version) != versions.end();
}

bool is_long_call(const operations::Registry& registry, std::string_view json_rpc) {
    const auto json = operations::parse_json(std::string(json_rpc));
    const auto* parameters = json && json->is_object() ? member(*json, "params") : nullptr;
    const auto* operation = parameters ? find_tool(registry, text_of(member(*parameters, "name"))) : nullptr;
    return operation != nullptr && operation->long_work;
}

std::optional<std::string> handle_mcp(Session& session, const Caller& caller, const operations::Registry& registry,
                                      std::string_view json_rpc) {
    // The reader looks for the end of a text at its terminating zero, which a view need not have.
    const auto json = operations::parse_json(std::string(json_rpc));
    if (!json || !(json->is_object() || json->is_array())) session.http_status = 400;
    if (!json) return failure("null", rpc::parse_error, "the message is not JSON");
    if (json->is_array()) return handle_batch(session, caller, registry, json->get_array());
    return handle_one(session, caller, registry, *json);
}

Result<> serve_stdio(const Caller& caller, const operations::Registry& registry, Streams streams) {
    std::mutex mutex;
    const auto send = [&](const std::string& message) {
        const std::lock_guard lock(mutex);
        streams.out << message << '\n' << std::flush;
    };
    Session session{.notify = send};
    for (std::string line; std::getline(streams.in, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (const auto reply = handle_mcp(session, caller, registry, line)) send(*reply);
        if (!streams.out) return fail(ErrorCode::io, "the client no longer reads the answers");
    }
    return {};
}

}  // namespace suanpan::gateway
