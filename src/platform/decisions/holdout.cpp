#include "platform/decisions/holdout.h"

#include <sodium.h>

#include <array>

namespace suanpan::decisions {

bool is_held_out(const store::Settings& settings, const Decision& decision) {
    const double share = settings.number("holdout." + decision.kind, 0);
    if (share <= 0) return false;
    const auto text = settings.text("holdout_seed", "0") + "\n" + decision.id;
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    double draw = 0, weight = 1;  // 48 bits are a uniform number from 0 to below 1
    for (std::size_t i = 0; i < 6; ++i) draw += hash[i] * (weight /= 256);
    return draw < share;
}

}  // namespace suanpan::decisions
