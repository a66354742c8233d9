#include "platform/decisions/state.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace suanpan::decisions {
namespace {

struct Step {
    State from;
    Event event;
    State to;
};

constexpr auto steps = std::to_array<Step>({
    {State::proposed, Event::guard_passed, State::guarded},
    {State::proposed, Event::guard_refused, State::rejected},
    {State::guarded, Event::audit_passed, State::audited},
    {State::guarded, Event::audit_refused, State::rejected},
    {State::audited, Event::approve, State::approved},
    {State::audited, Event::reject, State::rejected},
    {State::audited, Event::expire, State::expired},
    {State::approved, Event::act, State::acted},
    {State::approved, Event::fail, State::failed},
    {State::approved, Event::reject, State::rejected},
    {State::approved, Event::expire, State::expired},
    {State::failed, Event::retry, State::approved},
    {State::failed, Event::reject, State::rejected},
    {State::acted, Event::fail, State::failed},
    {State::acted, Event::measure, State::measured},
    {State::acted, Event::roll_back, State::rolled_back},
    {State::measured, Event::roll_back, State::rolled_back},
});

constexpr std::array<std::string_view, 10> state_names = {"proposed", "guarded", "audited", "approved", "rejected",
                                                          "expired",  "acted",   "failed",  "measured", "rolled_back"};
constexpr std::array<std::string_view, 12> event_names = {
    "guard_passed", "guard_refused", "audit_passed", "audit_refused", "approve", "reject",
    "expire",       "act",           "fail",         "retry",         "measure", "roll_back"};

template <class Enum, std::size_t count>
Result<Enum> parse(std::string_view text, const std::array<std::string_view, count>& names, std::string_view what) {
    std::string known;
    for (std::size_t i = 0; i < count; ++i) {
        if (names[i] == text) return static_cast<Enum>(i);
        known += (known.empty() ? "" : ", ") + std::string(names[i]);
    }
    return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not {}; there are {}", text, what, known));
}

}  // namespace

Result<State> transition(State state, Event event) {
    std::string possible;
    for (const auto& step : steps) {
        if (step.from != state) continue;
        if (step.event == event) return step.to;
        possible += (possible.empty() ? "" : ", ") + std::string(name(step.event));
    }
    return fail(ErrorCode::conflict, fmt::format("a decision that is {} cannot {}; possible: {}", name(state),
                                                 name(event), possible.empty() ? "nothing more" : possible));
}

std::string_view name(State state) {
    return state_names.at(static_cast<std::size_t>(state));
}
std::string_view name(Event event) {
    return event_names.at(static_cast<std::size_t>(event));
}
Result<State> parse_state(std::string_view text) {
    return parse<State>(text, state_names, "a state");
}
Result<Event> parse_event(std::string_view text) {
    return parse<Event>(text, event_names, "an event");
}

}  // namespace suanpan::decisions
