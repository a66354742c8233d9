#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/operations/json.h"
#include "platform/operations/operation.h"

namespace suanpan::operations {

// A field of a request as its schema describes it.
struct RequestField {
    enum class Type { text, whole, real, boolean, list, object };
    std::string name;
    Type type = Type::text;
    Type element = Type::text;  // of a list
    std::string description;
};

[[nodiscard]] std::vector<RequestField> request_fields(const Operation& operation);

// The JSON value that a word of a command line or a query string stands for. Errors: it is not of the field's type.
[[nodiscard]] Result<Json> parse_field(const RequestField& field, const std::vector<std::string>& words);

}  // namespace suanpan::operations
