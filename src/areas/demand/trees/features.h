#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "areas/demand/evaluate/dataset.h"

namespace suanpan::demand {

// Makes rows of features for a global model: what was known at an origin about a period some steps ahead. Everything
// that is a size is divided by the series' own level at the origin, so that series of any size share one model.
//
// Columns: steps ahead; logarithm of the level; last values; means and spread over windows; share of zeros, periods
// since the last demand; means at the same place of the cycle; the same period a year (two) before and how much the
// season rose then, of the series and of all series of its category; calendar; the known columns at the period and
// beside it; what was observed newest over its own mean; the mean of the newest values with the same known conditions;
// categories.
class FeatureMaker {
  public:
    explicit FeatureMaker(const Dataset& dataset);

    [[nodiscard]] std::size_t columns() const { return names_.size(); }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] const std::vector<int>& categorical() const { return categorical_; }

    // The level of a series seen up to `origin` (a number of periods, at least 1); above 0.
    [[nodiscard]] double level(std::size_t series, std::size_t origin) const;

    // Appends one row: series, periods seen, and which period is asked for (from `origin` on, counted from 0).
    void append(std::size_t series, std::size_t origin, std::size_t period, std::vector<float>& row) const;

  private:
    // Running sums of a series, or of all series of a category, over periods counted from the data's first.
    struct History {
        std::vector<double> values;                // NaN: not observed
        std::vector<double> sums, squares;         // of observed values before a period
        std::vector<std::uint32_t> counts, zeros;  // likewise
        std::size_t begin = 0;                     // the data's period that is its first
    };
    struct Window {
        const History& history;
        std::size_t from, to;
    };
    struct Asked {
        std::size_t series, origin, period;
        double level;
    };
    class Row;

    static History history_of(std::vector<double> values, std::size_t begin);
    static double mean(const Window& window);
    void add_groups();
    void add_codes();
    void push_recent(Row& row, const Asked& asked) const;
    void push_cycle(Row& row, const Asked& asked) const;
    void push_year(Row& row, const Asked& asked) const;
    void push_calendar(Row& row, const Asked& asked) const;
    void push_known(Row& row, const Asked& asked) const;
    void push_observed(Row& row, const Asked& asked) const;
    void push_alike(Row& row, const Asked& asked) const;
    void push_group(Row& row, const Asked& asked) const;

    const Dataset& dataset_;
    std::size_t year_ = 0, step_ = 0;           // periods in a year (0: no dates), and around it that are averaged
    std::vector<History> histories_;            // a series each
    std::vector<std::vector<History>> groups_;  // a kind of category each, then a category
    std::vector<std::size_t> group_kinds_;      // which categories have groups of more than one series
    std::vector<std::vector<int>> codes_;       // a series each: weekday and known conditions of each period
    std::vector<std::string> names_;
    std::vector<int> categorical_;
};

}  // namespace suanpan::demand
