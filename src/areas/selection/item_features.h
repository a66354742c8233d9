#pragma once

#include <limits>
#include <vector>

#include "areas/selection/snapshot.h"

namespace suanpan::selection {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// Puts rows' features down in their order, from a place on that has room for them; or, once, their names.
class Sink {
  public:
    explicit Sink(float* values) : next_(values) {}
    explicit Sink(std::vector<Column>& names) : names_(&names) {}
    void add(std::string_view name, Topic topic, double value) {
        if (names_ == nullptr)
            *next_++ = static_cast<float>(value);
        else
            names_->push_back({std::string(name), topic});
    }

  private:
    float* next_ = nullptr;
    std::vector<Column>* names_ = nullptr;
};

// What the features of all items together need of one.
struct Recent {
    double net28 = 0, previous28 = 0, net91 = 0;  // minor units
};

// log(1 + x), odd in x.
[[nodiscard]] double squeezed(double x);
// log of a ratio, 0 where both are nothing; `calm` is added to both.
[[nodiscard]] double log_ratio(double above, double below, double calm);

// When a snapshot is taken, and what of the whole shop is known then.
struct Moment {
    Day origin, first_day;  // first_day: of the history
    int horizon = 28;
};

// Whether the item was known before the moment: listed, sold, or with any sign.
[[nodiscard]] bool known(const Item& item, Day origin);
[[nodiscard]] Recent recent(const Item& item, Day origin);
// Sales, trend, season, steadiness, novelty, price, returns and customers of one item.
void item_features(const Item& item, const Moment& moment, Sink& sink);
// Competitors, reviews, visits, stock and forecasts of one item.
void sign_features(const Item& item, const Moment& moment, Sink& sink);

}  // namespace suanpan::selection
