#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/connection.h"

namespace suanpan::demand {

// An item's days in one promotion, beside what the same weekdays of the eight weeks before had sold without one.
struct PromotionEpisode {
    std::string item_id, promotion_id;
    std::int64_t days = 0;
    double units = 0, expected = 0;  // of these days
};

// How many times the usual a promotion sells.
struct Uplift {
    std::string of;  // "item", "category", or empty: not known
    std::int64_t episodes = 0, days = 0;
    double factor = 1, low = 1, high = 1;  // low and high hold 90 %
};

// Sold over expected of all episodes together; the interval from a bootstrap over episodes. Not known where fewer than
// two episodes or `least` days, or where next to nothing was expected.
[[nodiscard]] Uplift uplift(std::span<const PromotionEpisode> episodes, std::int64_t least);

// The uplift of an item, or of its category where the item has too few promoted days. Only days before `as_of` count;
// days out of stock do not.
[[nodiscard]] Result<Uplift> read_uplift(store::Connection& connection, const std::string& item, Day as_of);

// What a forecast lacks of promotions to come. It has learned from days of which a share was promoted; what is added is
// the uplift of the promoted days that the window has more than that.
struct PlannedPromotion {
    std::int64_t days = 0;                // of the window
    double usual_share = 0;               // of the 56 days before
    double units = 0, low = 0, high = 0;  // to be added; below 0 where the window has fewer than usual
};
struct PromotionWindow {
    double units = 0;  // of the forecast
    std::int64_t days = 0, promoted = 0;
    double usual_share = 0;
};
[[nodiscard]] PlannedPromotion planned_promotion(const Uplift& uplift, const PromotionWindow& window);

}  // namespace suanpan::demand
