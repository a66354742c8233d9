#pragma once

#include <optional>

#include "platform/gateway/exchange.h"
#include "platform/gateway/gateway.h"
#include "platform/gateway/keys.h"
#include "platform/gateway/sessions.h"

namespace suanpan::gateway {

// Who asks, and whether the request may come from where it says it comes from.
class Identity {
  public:
    Identity(store::Database& database, const ServeOptions& options);

    // A page elsewhere that was made to resolve to this machine sends its own Host and Origin: both are refused.
    [[nodiscard]] Result<> check_source(const Request& request) const;

    // Empty where the keys must be refreshed first, which waits for the database.
    [[nodiscard]] Result<std::optional<operations::Principal>> identify(const Request& request);
    // By the keys as they were when the request came, or later. Waits for the database.
    [[nodiscard]] Result<operations::Principal> identify_waiting(const Request& request);

    [[nodiscard]] const std::string& local_token() const { return local_token_; }
    [[nodiscard]] Sessions& sessions() { return sessions_; }

  private:
    [[nodiscard]] Result<std::optional<operations::Principal>> by_session(const Request& request);

    KeyRing keys_;
    Sessions sessions_;
    std::string local_token_;
    bool loopback_;
    std::vector<std::string> host_names_;
};

[[nodiscard]] std::string_view cookie_value(std::string_view cookies, std::string_view name);
[[nodiscard]] std::string_view host_name(std::string_view host);  // without the port
[[nodiscard]] bool is_loopback(std::string_view address);

inline constexpr std::string_view session_cookie = "suanpan_session";

}  // namespace suanpan::gateway
