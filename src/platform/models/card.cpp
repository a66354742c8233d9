#include "platform/models/card.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "platform/operations/declare.h"

namespace suanpan::models {

Result<std::string> to_json(const Card& card) {
    return operations::to_json(card);
}

Result<Card> parse_card(std::string_view text, const std::string& about) {
    auto card = operations::from_json<Card>(text);
    if (!card)
        return fail(ErrorCode::invalid_argument, "this is no model card: " + std::move(card).error().message, about);
    if (card->format != 1)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the card's format is {} and this program knows 1; use a newer program", card->format),
                    about);
    return card;
}

double relative_error(const Card& card) {
    if (card.metrics.empty() || card.metrics.front().windows == 0) return 1;
    const auto& metric = card.metrics.front();
    if (metric.baseline > 0) return metric.value / metric.baseline;
    return metric.value > 0 ? 1e9 : 1;
}

std::string checksum(std::string_view bytes) {
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       nullptr, 0);
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

}  // namespace suanpan::models
