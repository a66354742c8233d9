#pragma once

#include "platform/operations/operation.h"
#include "platform/operations/shape.h"

// Makes an Operation of a function over plain structs.
namespace suanpan::operations {

template <class T>
[[nodiscard]] Result<T> from_json(std::string_view text) {
    T value{};
    TRY(read_json(shape_of<T>(), text, &value));
    return value;
}

template <class T>
[[nodiscard]] Result<std::string> to_json(const T& value) {
    std::string text;
    append_json(shape_of<T>(), &value, text);
    return text;
}

template <class Request, class Reply>
[[nodiscard]] Operation declare(Declaration declaration,
                                std::type_identity_t<std::function<Result<Reply>(Context&, const Request&)>> function) {
    Operation operation{std::move(declaration)};
    operation.request_schema = schema_text(shape_of<Request>());
    operation.reply_schema = schema_text(shape_of<Reply>());
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
        for (std::size_t i = 0; i < places.size(); ++i) replies[places[i]] = answers[i].and_then(to_json<Reply>);
        return replies;
    };
    return operation;
}

}  // namespace suanpan::operations
