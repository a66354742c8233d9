#include "platform/decisions/decision.h"

#include <sodium.h>

#include <array>

namespace suanpan::decisions {
namespace {

// Each part with its length before it, so that no two lists of parts give the same bytes.
std::string digest(std::initializer_list<std::string> parts, std::size_t bytes) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, bytes);
    for (const auto& part : parts) {
        const auto length = std::to_string(part.size()) + ":";
        for (const std::string_view text : {std::string_view(length), std::string_view(part)})
            crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    std::array<unsigned char, 64> hash{};
    crypto_generichash_final(&state, hash.data(), bytes);
    std::array<char, 129> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), bytes);
    return hex.data();
}

}  // namespace

std::string decision_id(const Proposal& proposal) {
    return "d" + digest({proposal.kind, proposal.subject, format(proposal.as_of)}, 16).substr(0, 15);
}

std::string decision_hash(const Proposal& proposal) {
    return digest(
        {proposal.kind, proposal.subject, format(proposal.as_of), proposal.arguments, proposal.evidence,
         proposal.expected, std::to_string(proposal.value.minor), proposal.value.currency, format(proposal.deadline)},
        32);
}

std::string decision_hash(const CurrentDecision& decision) {
    return decision_hash(Proposal{.kind = decision.kind,
                                  .subject = decision.subject,
                                  .as_of = decision.as_of,
                                  .arguments = decision.arguments,
                                  .evidence = decision.evidence,
                                  .expected = decision.expected,
                                  .value = {decision.value, decision.currency},
                                  .deadline = decision.deadline});
}

}  // namespace suanpan::decisions
