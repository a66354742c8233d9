#include "platform/gateway/openapi.h"

#include <fmt/format.h>

#include "platform/gateway/json_dump.h"
#include "platform/gateway/openapi_parts.h"
#include "platform/gateway/routes.h"
#include "platform/gateway/schema_text.h"

namespace suanpan::gateway {
namespace {

using operations::Json;
using operations::member;
using operations::Operation;

std::string schema_name(const Operation& operation, std::string_view part) {
    return fmt::format("schemas/{}.{}", operation.name, part);
}

Json reply_or_replies(const Operation& operation) {
    const auto one = reference(schema_name(operation, "reply"));
    if (operation.long_work) return one;
    const auto properties =
        object({{"status", object({{"type", "integer"}})}, {"reply", one}, {"problem", reference("schemas/problem")}});
    const auto of_batch = object({{"type", "object"}, {"properties", properties}, {"required", list({"status"})}});
    return object({{"oneOf", list({one, object({{"type", "array"}, {"items", of_batch}})})}});
}

Json replies_of(const Operation& operation) {
    auto replies = problem_replies();
    replies["200"] =
        object({{"description", operation.long_work ? "the reply" : "the reply, or one for each request of a batch"},
                {"content", json_content(reply_or_replies(operation))}});
    if (operation.reads()) replies["304"] = object({{"description", "what If-None-Match names is still so"}});
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
    auto text =
        object({{"summary", operation.summary.en},
                {"description", fmt::format("{}\n\nRole: {}. Effect: {}.", operation.summary.zh,
                                            operations::name(operation.role), operations::name(operation.effect))},
                {"tags", list({operation.name.substr(0, operation.name.find('.'))})},
                {"x-role", std::string(operations::name(operation.role))},
                {"x-effect", std::string(operations::name(operation.effect))},
                {"responses", replies_of(operation)}});
    if (operation.deprecated) text["deprecated"] = true;
    return text;
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

}  // namespace

std::string openapi(const operations::Registry& registry) {
    auto paths = page_paths();
    auto schemas = object({{"problem", problem_schema()}, {"run", run_schema()}});
    for (const auto& operation : registry.all()) {
        auto request = request_schema(operation);
        auto reply = reply_schema(operation);
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
