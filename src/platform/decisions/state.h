#pragma once

#include <span>
#include <string_view>

#include "platform/base/result.h"

namespace suanpan::decisions {

// proposed -> guarded -> audited -> (approved | rejected | expired) -> acted | failed -> measured, and rolled back.
enum class State { proposed, guarded, audited, approved, rejected, expired, acted, failed, measured, rolled_back };

enum class Event {
    guard_passed,
    guard_refused,
    audit_passed,
    audit_refused,
    approve,
    reject,
    expire,
    act,
    fail,
    retry,
    measure,
    roll_back,
};

// The only place that says what may follow what. Errors: conflict, naming the state and what is possible from it.
[[nodiscard]] Result<State> transition(State state, Event event);

[[nodiscard]] std::string_view name(State state);
[[nodiscard]] std::string_view name(Event event);
[[nodiscard]] Result<State> parse_state(std::string_view name);
[[nodiscard]] Result<Event> parse_event(std::string_view name);

}  // namespace suanpan::decisions
