#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/decisions/ledger.h"

namespace suanpan::decisions {

struct Acted {
    std::int64_t decisions = 0;
    std::int64_t failed = 0;         // what was approved is not what the store holds now
    std::vector<std::string> files;  // written, relative to the shop's folder
};

// Carries out what is approved. An export file holds every decision of its kind and day that stands as acted on, and is
// written whole: acting again, or after a crash, writes the same lines and none twice. Where the kind has a webhook,
// its letters are filed in the same transaction; deliver_due (outbox.h) sends them. Errors: those of the shop's
// webhooks and their secrets, before anything is acted on.
[[nodiscard]] Result<Acted> act(const store::Shop& shop, const Kinds& kinds, const Actor& actor);

// Takes acted decisions back: their lines leave the export files, which are written anew, and a letter says so to the
// receiver.
[[nodiscard]] Result<std::vector<Outcome>> undo(const store::Shop& shop, const Kinds& kinds,
                                                std::span<const Choice> choices, const Actor& actor,
                                                const std::string& reason);

}  // namespace suanpan::decisions
