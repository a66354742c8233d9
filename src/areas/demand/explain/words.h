#pragma once

#include <optional>
#include <string>
#include <vector>

#include "areas/demand/explain/promotions.h"

namespace suanpan::demand {

// A part of a window's forecast; the units of all parts add up to the forecast.
struct ForecastPart {
    std::string name;  // base, trend, season, cut, alike, shared, promotion, places, override
    double units = 0;
    std::string en, zh;
};

struct SeasonPeriod {
    std::string from;
    double units = 0;
};

// What is said of a forecast.
struct Explained {
    std::string title, method, from, to;
    double units = 0;
    std::vector<ForecastPart> parts;
    std::vector<SeasonPeriod> season;
    std::optional<double> last_year, last_weeks;  // units, at the window's length
    std::vector<std::string> neighbours;          // titles, the likest first
    Uplift uplift;
    PlannedPromotion planned;
};

// Fills in the words of the parts.
void name_parts(Explained& explained);
[[nodiscard]] std::string sentence_en(const Explained& explained);
[[nodiscard]] std::string sentence_zh(const Explained& explained);

}  // namespace suanpan::demand
