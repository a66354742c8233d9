#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"

namespace suanpan::data {

// A row of data.event.
struct EventRow {
    std::string event_id, event_name;
    Instant occurred_at;
    Day day;
    std::optional<std::string> customer_id, session_id, item_id, place_id, order_id;
    std::optional<std::int64_t> quantity, value;  // value in minor units of the shop's currency
    std::optional<std::string> list_id;
    std::optional<std::int64_t> position;  // from 1
    std::optional<double> propensity;
    std::int64_t load_id = 0, source_line = 0;
};

struct EventDefaults {
    std::string client_id, user_id;  // for an event that tells none
    Instant received_at;             // an event that tells no time happened now
    std::string currency;            // the shop's
    const TimeZone* time_zone = nullptr;
};

// One event in the shape of Google Analytics 4 (Measurement Protocol): name, params with value, currency,
// transaction_id, session_id and items; beside it event_id, place_id and of an item shown list, position and
// propensity. It gives a row an item, or one where it has none; the rows after the first have "#2" and so on behind the
// event's id. An event without an id has one made of its content. The error's message is the reason why it is set
// aside.
[[nodiscard]] Result<std::vector<EventRow>> parse_event(std::string_view json, const EventDefaults& defaults);

// The id that the event tells; empty where it tells none or is no JSON.
[[nodiscard]] std::string event_id_of(std::string_view json);

}  // namespace suanpan::data
