#pragma once

#include <string>
#include <vector>

#include "platform/operations/json.h"
#include "platform/operations/operation.h"

// What the schemas of operations say, for OpenAPI, MCP and the reference.
namespace suanpan::gateway {

// The schema of a request with what the declaration knows besides: fields that must be there.
[[nodiscard]] operations::Json request_schema(const operations::Operation& operation);
[[nodiscard]] operations::Json reply_schema(const operations::Operation& operation);

struct FieldText {
    std::string name;
    std::string type;   // "list of text"
    std::string range;  // "1 to 10", "at most 3"; empty: any
    std::string default_value, description;
    bool required = false;
};
[[nodiscard]] std::vector<FieldText> field_texts(const operations::Json& schema);

}  // namespace suanpan::gateway
