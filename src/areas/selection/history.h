#pragma once

#include <string>
#include <vector>

#include "platform/store/connection.h"

namespace suanpan::selection {

// One item's day. Amounts are minor units. What came back counts on the day it came back, so that the rows before a
// day hold nothing that was not known on its morning; `settled_*` are for labels and know better. A million items have
// tens of millions of days, so they are kept small: amounts are exact up to 16 million.
struct ItemDay {
    Day day;
    float units = 0, revenue = 0;  // ordered; not yet less what was cancelled later
    float orders = 0, customers = 0;
    float basket = 0;                              // lines of these orders, mean
    float returned_units = 0, returned_value = 0;  // that came back on this day, cancellations too
    float settled_units = 0, settled_revenue = 0;  // ordered on this day and not cancelled within two days
    float settled_profit = 0;                      // settled revenue less cost, where the cost is known
    [[nodiscard]] double net() const { return double(revenue) - double(returned_value); }
};

enum class Sign { competitor_price, rating, view, cart, stock, own_price, forecast, prophet, lstm };

// Something else known of an item on a day: the lowest competitor's price, the mean of ratings, views, and so on. What
// was forecast on a morning (units of four weeks: as planned, by a Prophet-like model, by an LSTM) counts as known on
// the day before.
struct SignDay {
    Day day;
    Sign sign = Sign::view;
    double value = 0, count = 0;
};

struct Item {
    std::string id, title, category;
    std::string supplier = {};
    double unit_cost = 0;        // minor units; 0: unknown
    double attribute_bytes = 0;  // of all its attributes' values
    bool listed = false;         // whether listed_on is known
    Day listed_on;
    std::vector<ItemDay> days;   // by day
    std::vector<SignDay> signs;  // by day
};

struct History {
    Day first, last;          // with orders or sums of sales
    std::vector<Item> items;  // by id
};

// Everything the store knows, of products only. Errors: not_found where nothing was ever sold.
[[nodiscard]] Result<History> read_history(store::Connection& connection);

}  // namespace suanpan::selection
