#include "platform/gateway/openapi_parts.h"

namespace suanpan::gateway {
namespace {

Json text_content(std::string_view type) {
    return object({{std::string_view(type), object({{"schema", object({{"type", "string"}})}})}});
}

struct PageText {
    std::string_view id, summary, method;
    Json content;
    bool open = false;  // needs no key
};

Json page_path(const PageText& page) {
    auto replies = problem_replies();
    replies["200"] = object({{"description", "the page"}, {"content", page.content}});
    auto text = object({{"operationId", std::string(page.id)},
                        {"summary", std::string(page.summary)},
                        {"tags", list({"server"})},
                        {"responses", replies}});
    if (page.open) text["security"] = Json(Json::array_t{});
    return object({{page.method, text}});
}

Json picture_path() {
    const auto bytes = object({{"schema", object({{"type", "string"}, {"format", "binary"}})}});
    const auto name =
        object({{"name", "name"}, {"in", "path"}, {"required", true}, {"schema", object({{"type", "string"}})}});
    Json content = Json::object_t{};
    for (const auto* type : {"image/png", "image/jpeg", "image/gif", "image/webp"}) content[type] = bytes;
    auto path = page_path({"gateway.picture", "Gives a picture of the shop's folder pictures/", "get", content});
    path["get"]["parameters"] = list({name});
    auto replies = problem_replies();
    replies["200"] = object(
        {{"description", "the path that a task names it by"}, {"content", json_content(object({{"type", "object"}}))}});
    path["post"] = object({{"operationId", "gateway.keep_picture"},
                           {"summary", "Keeps a picture in the shop's folder pictures/, for operators"},
                           {"tags", list({"server"})},
                           {"parameters", list({name})},
                           {"requestBody", object({{"content", content}})},
                           {"responses", replies}});
    return path;
}

// The Model Context Protocol says what its messages are; none comes back for a notice.
Json mcp_path() {
    const auto any = json_content(object({{"type", "object"}}));
    auto replies = problem_replies();
    replies["200"] = object(
        {{"description", "the answer; a stream of messages where the call asks for its progress"},
         {"content", object({{"application/json", object({{"schema", object({{"type", list({"object", "array"})}})}})},
                             {"text/event-stream", Json(Json::object_t{})}})}});
    replies["202"] = object({{"description", "a notice was taken"}});
    replies["400"] = object(
        {{"description", "what is wrong with the message, or with the request that brought it"},
         {"content", object({{"application/json", Json(Json::object_t{})},
                             {"application/problem+json", object({{"schema", reference("schemas/problem")}})}})}});
    return object({{"post", object({{"operationId", "gateway.mcp"},
                                    {"summary", "Takes one message of the Model Context Protocol"},
                                    {"tags", list({"server"})},
                                    {"requestBody", object({{"content", any}})},
                                    {"responses", replies}})}});
}

Json run_paths() {
    const auto id =
        object({{"name", "id"}, {"in", "path"}, {"required", true}, {"schema", object({{"type", "string"}})}});
    auto replies = problem_replies();
    replies["200"] = object({{"description", "the run"}, {"content", json_content(reference("schemas/run"))}});
    auto events = problem_replies();
    events["200"] = object({{"description", "progress, then done or failed"},
                            {"content", object({{"text/event-stream", Json(Json::object_t{})}})}});
    const auto one = [&](std::string_view name, const Json& answers) {
        return object({{"operationId", std::string(name)},
                       {"summary", "Watches work that takes long"},
                       {"tags", list({"runs"})},
                       {"parameters", list({id})},
                       {"responses", answers}});
    };
    return object({{"/v1/runs/{id}", object({{"get", one("gateway.run", replies)}})},
                   {"/v1/runs/{id}/events", object({{"get", one("gateway.run_events", events)}})},
                   {"/v1/runs/{id}/stop", object({{"post", one("gateway.run_stop", replies)}})}});
}

}  // namespace

Json object(std::initializer_list<std::pair<std::string_view, Json>> members) {
    Json result = Json::object_t{};
    for (const auto& [key, value] : members) result[key] = value;
    return result;
}

Json list(std::initializer_list<Json> elements) {
    Json result = Json::array_t{};
    for (const auto& element : elements) result.get_array().push_back(element);
    return result;
}

Json reference(const std::string& component) {
    return object({{"$ref", "#/components/" + component}});
}

Json json_content(const Json& schema) {
    return object({{"application/json", object({{"schema", schema}})}});
}

Json problem_replies() {
    Json replies = Json::object_t{};
    for (const auto* status :
         {"400", "401", "403", "404", "405", "409", "410", "413", "422", "429", "431", "500", "503", "507"})
        replies[status] = reference("responses/problem");
    return replies;
}

Json run_schema() {
    const auto text = object({{"type", "string"}});
    return object({{"type", "object"},
                   {"properties", object({{"id", text},
                                          {"operation", text},
                                          {"state", object({{"enum", list({"waiting", "running", "done", "failed"})}})},
                                          {"progress", object({{"type", "object"}})},
                                          {"reply", object({{"type", "object"}})},
                                          {"error", reference("schemas/problem")}})}});
}

Json page_paths() {
    const auto json = json_content(object({{"type", "object"}}));
    auto paths = run_paths();
    paths["/health"] = page_path({"gateway.health", "Says that the process lives", "get", json, true});
    paths["/ready"] = page_path({"gateway.ready", "Says that the shop's database answers", "get", json, true});
    paths["/metrics"] = page_path(
        {"gateway.metrics", "Counts and times in Prometheus' text format", "get", text_content("text/plain")});
    paths["/v1/session"] = page_path({"gateway.session", "Says who asks, and of which shop", "get", json});
    paths["/v1/runs"] = page_path({"gateway.runs", "Lists the last runs of work that takes long", "get", json});
    paths["/v1/pictures/{name}"] = picture_path();
    paths["/mcp"] = mcp_path();
    return paths;
}

}  // namespace suanpan::gateway
