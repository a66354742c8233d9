#pragma once

#include <span>
#include <string>
#include <string_view>

#include "platform/gateway/exchange.h"
#include "platform/operations/request_schema.h"

namespace suanpan::gateway {

struct QueryRequest {
    std::string request;  // JSON
    std::string fields;   // of the reply, from fields=; empty: all
};

[[nodiscard]] Result<std::string> percent_decoded(std::string_view text);
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);  // empty where there is none

// `state=pending&ids=a,b&ids=c` as the JSON of a request with these fields. A comma within a list's element is written
// %2C. Errors: a parameter that is no field, one given twice that is no list, a value of another type.
[[nodiscard]] Result<QueryRequest> parse_query(std::string_view query,
                                               std::span<const operations::RequestField> fields);

// What an exchange asks of its operation: a body as it was sent, or the query of a read.
[[nodiscard]] Result<QueryRequest> wanted_by(const Exchange& exchange);

}  // namespace suanpan::gateway
