#pragma once

#include <utility>
#include <vector>

#include "areas/world/export.h"

namespace suanpan::world {

// Gathers what the shop cannot see while it is simulated, and writes it as JSON: an item's parameters, its expected
// demand a day, and the days it lost sales. Tests and trials read it; the loop never does.
class Truth {
  public:
    explicit Truth(const World& world) : world_(world), lost_(world.items.size()) {}
    void add(const DayResult& day);
    [[nodiscard]] Result<> write(const std::filesystem::path& file, const ExportReport& report) const;

  private:
    [[nodiscard]] std::string item(const TrueItem& item) const;

    const World& world_;
    std::vector<std::vector<std::pair<int, std::int64_t>>> lost_;  // of each item: day, units
};

}  // namespace suanpan::world
