#pragma once

#include "areas/stock/exceptions.h"
#include "areas/stock/projection.h"
#include "platform/operations/operation.h"

namespace suanpan::stock {

// The day, or that of the newest forecast. Errors: not_found where there is none.
[[nodiscard]] Result<Day> forecast_day(store::Connection& connection, std::optional<Day> as_of);

struct ExceptionReport {
    Day as_of;  // of the forecast
    std::vector<StockException> found;
    std::int64_t counted = 0;  // items with counted stock
};

// On the newest forecast, or that of the day. Errors: not_found where there is none.
[[nodiscard]] Result<ExceptionReport> look_for_exceptions(operations::Context& context, std::optional<Day> as_of);

struct OnTheWay {
    Day day;
    std::int64_t units = 0;
    std::string source;  // "counted": said by the count of stock; "ordered": ordered by this program since
};

struct ItemProjection {
    Day as_of;
    Planned planned;  // without its item, which is the next
    Candidate item;
    std::vector<ProjectedDay> days;
    std::vector<OnTheWay> on_the_way;
};

// Errors: not_found where the item has no forecast.
[[nodiscard]] Result<ItemProjection> project_item(operations::Context& context, const std::string& item,
                                                  std::optional<Day> as_of);

}  // namespace suanpan::stock
