#pragma once

#include <glaze/json.hpp>
#include <glaze/json/schema.hpp>

#include "platform/operations/operation.h"

// Makes an Operation of a function over plain structs. Only operations.cpp files include this: glaze is 2 s a file.
namespace suanpan::operations {

[[nodiscard]] std::unexpected<Error> bad_request(const glz::error_ctx& error, std::string_view request);

template <class T>
[[nodiscard, gnu::noinline]] Result<T> from_json(std::string_view text) {
    T value{};
    // A view may end where no zero follows, and what the library has for such takes "{" for a whole object.
    const std::string ended(text);
    if (const auto error = glz::read_json(value, ended)) return bad_request(error, text);
    return value;
}

template <class T>
[[nodiscard, gnu::noinline]] Result<std::string> to_json(const T& value) {
    auto text = glz::write<glz::opts{.skip_null_members = false}>(value);
    if (!text) return fail(ErrorCode::internal, "the reply cannot be written as JSON");
    return *std::move(text);
}

// The library's own way compiles the writing of any schema anew in every file.
[[nodiscard]] std::string schema_text(glz::schema schema);

template <class T>
[[nodiscard, gnu::cold]] std::string schema_of() {
    glz::schema schema;
    glz::detail::to_json_schema<T>::template op<glz::opts{}>(schema, schema.defs.emplace());
    schema.title = glz::name_v<T>;
    return schema_text(std::move(schema));
}

template <class Request, class Reply>
[[nodiscard]] Operation declare(Declaration declaration,
                                std::type_identity_t<std::function<Result<Reply>(Context&, const Request&)>> function) {
    Operation operation{std::move(declaration)};
    operation.request_schema = schema_of<Request>();
    operation.reply_schema = schema_of<Reply>();
    operation.call = [function = std::move(function)](Context& context, std::string_view text) -> Result<std::string> {
        const auto request = TRY(from_json<Request>(text.empty() ? "{}" : text));
        return to_json(TRY(function(context, request)));
    };
    operation.fits = [](std::string_view text) -> Result<> {
        TRY(from_json<Request>(text.empty() ? "{}" : text));
        return {};
    };
    return operation;
}

// For reads that many ask at once: the function answers all of them, with a query or two, each for itself.
template <class Request, class Reply>
[[nodiscard]] Operation declare_many(
    Declaration declaration,
    std::type_identity_t<std::function<std::vector<Result<Reply>>(Context&, std::span<const Request>)>> function) {
    auto operation = declare<Request, Reply>(std::move(declaration),
                                             [function](Context& context, const Request& request) -> Result<Reply> {
                                                 return std::move(function(context, std::span(&request, 1)).front());
                                             });
    operation.call_many = [function = std::move(function)](Context& context, std::span<const std::string> texts) {
        std::vector<Result<std::string>> replies(texts.size());
        std::vector<Request> requests;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto request = from_json<Request>(texts[i].empty() ? "{}" : texts[i]);
            if (!request) {
                replies[i] = std::unexpected(std::move(request.error()));
                continue;
            }
            requests.push_back(*std::move(request));
            places.push_back(i);
        }
        auto answers = function(context, requests);
        for (std::size_t i = 0; i < places.size(); ++i)
            replies[places[i]] = answers[i].and_then([](const Reply& reply) { return to_json(reply); });
        return replies;
    };
    return operation;
}

}  // namespace suanpan::operations
