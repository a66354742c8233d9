#include "areas/selection/guardrails.h"

#include <gmock/gmock.h>

#include "areas/selection/evidence.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

VerdictEvidence sound() {
    return {.expected_profit = 10,
            .low = 1,
            .high = 20,
            .stock = 5,
            .units_28 = 0,
            .known_days = 200,
            .return_share = 0.1,
            .margin_share = 0.3};
}

// The guardrails that refuse it.
std::vector<std::string> refusals(const VerdictEvidence& evidence, const std::string& kind,
                                  const store::Settings& settings = {}) {
    const decisions::Proposal proposal{.kind = kind, .evidence = operations::to_json(evidence).value()};
    std::vector<std::string> names;
    for (const auto& said : guard_verdict(settings, proposal))
        if (!said.passed) names.push_back(said.guardrail);
    return names;
}

TEST(Guardrails, LetSoundVerdictsThrough) {
    for (const char* kind : {"selection.list", "selection.push", "selection.clear", "selection.drop"})
        EXPECT_THAT(refusals(sound(), kind), IsEmpty()) << kind;
}

TEST(Guardrails, RefuseWhatNothingIsKnownOf) {
    auto odd = sound();
    odd.flags = "new category, price of zero";
    EXPECT_THAT(refusals(odd, "selection.push"), ElementsAre("known"));
    odd.flags = "new category";
    EXPECT_THAT(refusals(odd, "selection.push"), IsEmpty());
    odd.low = 11;
    EXPECT_THAT(refusals(odd, "selection.drop"), ElementsAre("interval"));
    EXPECT_FALSE(guard_verdict({}, {.kind = "selection.push", .evidence = "[]"})[0].passed);
}

TEST(Guardrails, RefusePlacesThatCostTheShop) {
    auto poor = sound();
    poor.margin_share = -0.1;
    poor.return_share = 0.5;
    EXPECT_THAT(refusals(poor, "selection.list"), ElementsAre("margin", "returns"));
    EXPECT_THAT(refusals(poor, "selection.list",
                         {.options = {{"selection.least_margin", "-1"}, {"selection.largest_return_share", "0.6"}}}),
                IsEmpty());
    auto empty = sound();
    empty.stock = 0;
    EXPECT_THAT(refusals(empty, "selection.push"), ElementsAre("stock"));
    EXPECT_THAT(refusals(empty, "selection.list"), IsEmpty()) << "what is new is ordered first";
    empty.stock.reset();
    EXPECT_THAT(refusals(empty, "selection.push"), IsEmpty()) << "where nobody counts, nothing is known";
}

TEST(Guardrails, RefuseToDropWhatSellsOrIsNew) {
    auto selling = sound();
    selling.units_28 = 3;
    EXPECT_THAT(refusals(selling, "selection.drop"), ElementsAre("sales"));
    EXPECT_THAT(refusals(selling, "selection.push"), IsEmpty());
    auto fresh = sound();
    fresh.known_days = 10;
    EXPECT_THAT(refusals(fresh, "selection.clear"), ElementsAre("newness"));
}

}  // namespace
}  // namespace suanpan::selection
