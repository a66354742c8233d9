#include "platform/gateway/openapi.h"

#include <fmt/format.h>

#include <array>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/routes.h"
#include "platform/gateway/schema_text.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;
using operations::Operation;

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

std::string schema_name(const Operation& operation, std::string_view part) {
    return fmt::format("schemas/{}.{}", operation.name, part);
}

// The statuses that any operation may answer with, all as problems.
Json problem_replies() {
    Json replies = Json::object_t{};
    for (const auto* status : {"400", "401", "403", "404", "409", "413", "422", "429", "503"})
        replies[status] = reference("responses/problem");
    return replies;
}

Json replies_of(const Operation& operation) {
    auto replies = problem_replies();
    replies["200"] =
        object({{"description", "the reply"}, {"content", json_content(reference(schema_name(operation, "reply")))}});
    if (operation.long_work)
        replies["202"] = object({{"description", "it runs; watch it at the Location, or wait with Prefer: wait=N"},
                                 {"content", json_content(reference("schemas/run"))}});
    return replies;
}

Json header(std::string_view name, std::string_view description) {
    return object({{"name", std::string(name)},
                   {"in", "header"},
                   {"required", false},
                   {"description", std::string(description)},
                   {"schema", object({{"type", "string"}})}});
}

Json fields_parameter() {
    return object({{"name", "fields"},
                   {"in", "query"},
                   {"required", false},
                   {"description", "only these fields of the reply, separated by commas"},
                   {"schema", object({{"type", "string"}})}});
}

Json query_parameters(const Json& schema) {
    auto parameters = list({fields_parameter()});
    const auto* properties = member(schema, "properties");
    if (properties == nullptr) return parameters;
    for (const auto& field : field_texts(schema))
        parameters.get_array().push_back(object({{"name", field.name},
                                                 {"in", "query"},
                                                 {"required", field.required},
                                                 {"description", field.description},
                                                 {"explode", false},
                                                 {"schema", *member(*properties, field.name)}}));
    return parameters;
}

Json described(const Operation& operation) {
    return object({{"summary", operation.summary.en},
                   {"description", fmt::format("{}\n\nRole: {}. Effect: {}.", operation.summary.zh,
                                               operations::name(operation.role), operations::name(operation.effect))},
                   {"tags", list({operation.name.substr(0, operation.name.find('.'))})},
                   {"x-role", std::string(operations::name(operation.role))},
                   {"x-effect", std::string(operations::name(operation.effect))},
                   {"responses", replies_of(operation)}});
}

Json post_of(const Operation& operation) {
    auto post = described(operation);
    post["operationId"] = operation.name;
    const auto one = reference(schema_name(operation, "request"));
    const auto either =
        object({{"oneOf", list({one, object({{"type", "array"}, {"maxItems", std::int64_t{1000}}, {"items", one}})})}});
    post["requestBody"] = object({{"content", json_content(operation.long_work ? one : either)}});
    post["parameters"] = list({fields_parameter()});
    if (!operation.reads())
        post["parameters"].get_array().push_back(
            header("Idempotency-Key", "the same key with the same request gives the first reply again"));
    return post;
}

Json get_of(const Operation& operation, const Json& request) {
    auto get = described(operation);
    get["operationId"] = operation.name + ".get";
    get["parameters"] = query_parameters(request);
    return get;
}

Json problem_schema() {
    const auto text = object({{"type", "string"}});
    return object({{"type", "object"},
                   {"properties", object({{"type", text},
                                          {"title", text},
                                          {"status", object({{"type", "integer"}})},
                                          {"detail", text},
                                          {"instance", text},
                                          {"code", text},
                                          {"about", text}})}});
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

Json run_paths() {
    const auto id =
        object({{"name", "id"}, {"in", "path"}, {"required", true}, {"schema", object({{"type", "string"}})}});
    auto replies = problem_replies();
    replies["200"] = object({{"description", "the run"}, {"content", json_content(reference("schemas/run"))}});
    auto events = problem_replies();
    events["200"] =
        object({{"description", "progress, then done or failed"},
                {"content", object({{"text/event-stream", object({{"schema", object({{"type", "string"}})}})}})}});
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

std::string openapi(const operations::Registry& registry) {
    auto paths = run_paths();
    auto schemas = object({{"problem", problem_schema()}, {"run", run_schema()}});
    for (const auto& operation : registry.all()) {
        auto request = request_schema(operation);
        auto reply = reply_schema(operation);
        relocate(request, operation.name + ".request", schemas);
        relocate(reply, operation.name + ".reply", schemas);
        Json methods = object({{"post", post_of(operation)}});
        if (operation.reads()) methods["get"] = get_of(operation, request);
        paths[path_of(operation)] = std::move(methods);
        schemas[operation.name + ".request"] = std::move(request);
        schemas[operation.name + ".reply"] = std::move(reply);
    }
    const auto problem = object(
        {{"description", "what went wrong and what to do next"},
         {"content", object({{"application/problem+json", object({{"schema", reference("schemas/problem")}})}})}});
    const auto document = object(
        {{"openapi", "3.1.0"},
         {"info", object({{"title", "Suanpan"},
                          {"version", "0.1.0"},
                          {"description", "Operations of one online shop. Send a key as Authorization: Bearer KEY."}})},
         {"paths", paths},
         {"components",
          object({{"schemas", schemas},
                  {"responses", object({{"problem", problem}})},
                  {"securitySchemes", object({{"key", object({{"type", "http"}, {"scheme", "bearer"}})}})}})},
         {"security", list({object({{"key", Json(Json::array_t{})}})})}});
    return json_dump(document);
}

}  // namespace suanpan::gateway
