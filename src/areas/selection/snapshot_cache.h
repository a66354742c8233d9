#pragma once

#include <map>

#include "areas/selection/snapshot.h"

namespace suanpan::selection {

// Snapshots of mornings and what the days after them brought, each made once: lessons of neighbouring origins are the
// same.
class SnapshotCache {
  public:
    SnapshotCache(const History& history, int horizon) : history_(history), horizon_(horizon) {}

    struct Entry {
        Snapshot snapshot;
        std::vector<double> outcomes;
    };
    // Stays where it is as long as the cache lives.
    [[nodiscard]] const Entry& at(Day day) {
        const auto found = entries_.find(day);
        if (found != entries_.end()) return found->second;
        auto taken = snapshot(history_, day, horizon_);
        auto happened = outcomes(history_, taken, horizon_);
        return entries_.emplace(day, Entry{std::move(taken), std::move(happened)}).first->second;
    }

  private:
    const History& history_;
    int horizon_;
    std::map<Day, Entry> entries_;
};

}  // namespace suanpan::selection
