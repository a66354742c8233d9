#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "areas/data/canonical.h"

// What a mapping may declare of a target beside its fields and rules.
namespace suanpan::data {

// Bounds of a field, both included; empty: none. Amounts in the currency's main unit.
struct Range {
    std::string field, low, high;
};

// What one unit of a currency is worth in the shop's, from a day on; an empty day: always.
struct Rate {
    std::string currency, from_day, value;
};

struct Declared {
    std::vector<Range> ranges;
    std::string currency;   // SQL over the file's columns; empty: the shop's
    std::string time_zone;  // of the file's times; empty: the shop's
    std::vector<Rate> rates;
    bool normal_texts = true;  // NFKC, but for what people wrote at length
    bool unnested = false;     // a line of the file gives several rows
};

// Fields that tell what has happened, so that none lies in the future.
[[nodiscard]] bool tells_the_past(std::string_view table, const Field& field);

// SQL over a typed row: the value of one unit of its currency, NULL where it is unknown. `day` is SQL of its day, NULL
// where it has none; `currency` of its currency as the file says it.
struct RateSql {
    std::string_view currency, day, shop_currency;
};
[[nodiscard]] std::string rate_sql(const std::vector<Rate>& rates, const RateSql& of);

}  // namespace suanpan::data
