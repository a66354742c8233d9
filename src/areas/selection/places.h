#pragma once

#include "areas/selection/list_plan.h"

// The choosing of places by profit, within limits; list_plan.cpp says which limits.
namespace suanpan::selection {

struct Wanted {
    double value = 0;                                  // expected profit, minor units
    double cost = 0;                                   // stock that a place needs, minor units
    std::size_t category = 0, supplier = 0, look = 0;  // 0: not limited
    std::size_t item = 0;                              // its place among the candidates
};

struct Limits {
    std::size_t slots = 0;
    double budget = 0;                                 // 0: none
    std::size_t category = 0, supplier = 0, look = 0;  // places of one of them at most; 0: no limit
    double cannibalisation = 0;
};

// What is taken already, and what the limits leave.
class Taken {
  public:
    Taken(const std::vector<Wanted>& wanted, const Limits& limits);
    [[nodiscard]] bool fits(std::size_t i) const;
    [[nodiscard]] bool fits_instead(std::size_t in, std::size_t out) const;
    void add(std::size_t i);
    void remove(std::size_t i);
    [[nodiscard]] double worth(std::size_t i) const;  // what it would add now, less what its likes take from it
    [[nodiscard]] double profit() const;
    [[nodiscard]] double cost() const { return cost_; }
    [[nodiscard]] const std::vector<std::size_t>& list() const { return list_; }
    [[nodiscard]] bool has(std::size_t i) const { return in_[i]; }

  private:
    void count(std::size_t i, int by);
    const std::vector<Wanted>* wanted_;
    Limits limits_;
    std::vector<std::size_t> list_, categories_, suppliers_, looks_;
    std::vector<bool> in_;
    double cost_ = 0;
};

// Fills the places that are left, for the most profit. Returns the least bound that the relaxations gave.
[[nodiscard]] double fill(const std::vector<Wanted>& wanted, const Limits& limits, Taken& taken);

}  // namespace suanpan::selection
