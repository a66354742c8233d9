#pragma once

#include "areas/stock/replay/panel.h"
#include "platform/store/shop.h"

namespace suanpan::stock {

struct PanelRequest {
    Day end;                          // the day after the last
    std::int64_t most_series = 2000;  // those that sell most
};

// Sales by item, place and day: units, or revenue where the shop tells no units. Drivers are promotions, holidays of
// the calendar and indicators of a place that are known ahead: those with "holiday" in their name, and those named in
// the setting stock.known_ahead, divided by spaces. Before its first sale a series is closed; so is a day without a row
// where the shop tells which days were open. Classes are items, where an item is in at least eight places, else one for
// all. Only the newest five years count. Errors: not_found where nothing was sold; invalid_argument where more than 30
// indicators are known ahead.
[[nodiscard]] Result<DailyPanel> read_panel(const store::Shop& shop, const PanelRequest& request);

}  // namespace suanpan::stock
