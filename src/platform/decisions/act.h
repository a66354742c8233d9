#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/decisions/ledger.h"

namespace suanpan::decisions {

struct Acted {
    std::int64_t decisions = 0;
    std::vector<std::string> files;  // written, relative to the shop's folder
};

// Carries out what is approved. An export file holds every decision of its kind and day that was ever acted on, and is
// written whole: acting again, or after a crash, writes the same lines and none twice.
[[nodiscard]] Result<Acted> act(const store::Shop& shop, const Kinds& kinds, const Actor& actor);

// Takes acted decisions back: their lines leave the export files, which are written anew.
[[nodiscard]] Result<std::vector<Outcome>> undo(const store::Shop& shop, const Kinds& kinds,
                                                std::span<const Choice> choices, const Actor& actor,
                                                const std::string& reason);

// Compares what acted decisions expected with what happened, where that is known by the given day.
[[nodiscard]] Result<std::vector<std::pair<std::string, Measurement>>> measure(const store::Shop& shop,
                                                                               const Kinds& kinds, Day as_of,
                                                                               const Actor& actor);

}  // namespace suanpan::decisions
