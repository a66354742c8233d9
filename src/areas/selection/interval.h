#pragma once

#include <vector>

namespace suanpan::selection {

// Where outcomes fell beside their predictions on an earlier origin: 5 % and 95 % quantiles of the difference on a log
// scale, for groups of items by predicted profit (Mondrian split conformal prediction, Vovk et al. 2005).
class Intervals {
  public:
    // One prediction and outcome an item, in minor units; `unit` sets where the scale turns from linear to logarithmic.
    Intervals(const std::vector<double>& predicted, const std::vector<double>& outcomes, double unit);

    struct Bounds {
        double low = 0, high = 0;
    };
    [[nodiscard]] Bounds around(double predicted) const;

    struct Group {
        double up_to = 0;  // predictions of this group
        double low = 0, high = 0;
    };
    // As they were learned, to be kept in a file.
    Intervals(double unit, std::vector<Group> groups) : unit_(unit), groups_(std::move(groups)) {}
    [[nodiscard]] double unit() const { return unit_; }
    [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }

  private:
    [[nodiscard]] double scaled(double value) const;
    double unit_ = 1;
    std::vector<Group> groups_;
};

}  // namespace suanpan::selection
