#pragma once

#include "platform/gateway/exchange.h"

namespace suanpan::gateway {

// RFC 9457, application/problem+json. `status` 0: the one of the error's code.
[[nodiscard]] std::string problem_json(const Error& error, std::string_view request_id, int status = 0);
[[nodiscard]] Reply problem(const Error& error, std::string_view request_id, int status = 0);

[[nodiscard]] Reply method_not_allowed(const Exchange& exchange, std::string_view allowed);  // 405

[[nodiscard]] std::string json_text(std::string_view text);  // as a JSON string
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace suanpan::gateway
