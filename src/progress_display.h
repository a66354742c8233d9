#pragma once

#include <chrono>
#include <string>

#include "platform/operations/progress.h"

namespace suanpan {

// Where a person watches standard error, one line that is written over and gone at the end; where nobody does, nothing.
class ProgressDisplay {
  public:
    ProgressDisplay();
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay&) = delete;
    ProgressDisplay& operator=(const ProgressDisplay&) = delete;

    void show(const operations::Progress& progress);

  private:
    bool watched_;
    operations::Pacer pacer_;
    operations::Pacer::Time drawn_at_{};
    std::string drawn_;
};

}  // namespace suanpan
