#include "platform/decisions/audit.h"

#include <gmock/gmock.h>

#include "platform/decisions/test_shop.h"

namespace suanpan::decisions {
namespace {

TEST(PersonalAttribute, IsFoundInEverySpelling) {
    for (const auto* key : {"age",
                            "Age",
                            "customer_age",
                            "customerAge",
                            "user-age-band",
                            "gender",
                            "buyerSex",
                            "race",
                            "religion",
                            "postcode",
                            "ship_to_postal_code",
                            "zipCode",
                            "ZIP",
                            "e-mail",
                            "customerEmail",
                            "phone_number",
                            "BirthDate",
                            "date_of_birth",
                            "DOB",
                            "customer_name",
                            "first name",
                            "name",
                            "userIPAddress",
                            "年龄",
                            "客户年龄",
                            "性别",
                            "邮编",
                            "手机号",
                            "收货地址",
                            "姓名"})
        EXPECT_TRUE(personal_attribute(key)) << key;
}

TEST(PersonalAttribute, IsNotSeenInWhatShopsWriteAnyway) {
    for (const auto* key : {"item",         "title",      "supplier",   "item_name", "stock_age_days",
                            "average",      "percentage", "pack",       "page",      "image",
                            "package_size", "sexton",     "racecourse", "trace",     "storage_address",
                            "unit_cost",    "order_on",   "message",    "zipped",    "库存",
                            "标题",         "供应商",     "价格"})
        EXPECT_FALSE(personal_attribute(key)) << key << " is " << *personal_attribute(key);
}

std::string refusal(const Proposal& proposal, const Kind& kind = {}) {
    for (const auto& verdict : audit({}, kind, proposal))
        if (!verdict.passed) return verdict.guardrail + ": " + verdict.message;
    return "";
}

TEST(Audit, SearchesArgumentsAndEvidenceAtEveryDepth) {
    EXPECT_EQ(refusal({.arguments = R"({"units":1})", .evidence = R"({"model":{"features":["price"]}})"}), "");
    EXPECT_EQ(refusal({.arguments = "{}", .evidence = R"({"segments":[{"size":3},{"customer":{"age":30}}]})"}),
              "personal_attributes: \"evidence.segments[].customer.age\" is a personal attribute (age); a decision may "
              "not rest on it");
    EXPECT_THAT(refusal({.arguments = R"({"gender":"f"})", .evidence = "{}"}), testing::HasSubstr("arguments.gender"));
    EXPECT_THAT(refusal({.arguments = "units=1", .evidence = "{}"}), testing::HasSubstr("readable"));
}

TEST_F(DecisionsTest, TheAuditRefusesWithItsReason) {
    auto personal = proposal("a");
    personal.evidence = R"({"postcode":"SW1A"})";
    kinds[0].audit = [](const store::Settings&, const Proposal& p) -> std::vector<Verdict> {
        return {{p.subject != "item:b", "exposure", "one seller has all the places"}};
    };
    const auto filed = file({personal, proposal("b"), proposal("c")});
    EXPECT_EQ(filed.refused, 2);
    EXPECT_EQ(filed.pending, 1);
    EXPECT_EQ(state_of("a"), "rejected");
    const auto reason = shop->database().read([&](store::Connection& connection) {
        return connection.row<CurrentDecision>("FROM decisions.current WHERE id = ?", decision_id(proposal("b")));
    });
    EXPECT_EQ(reason->last_reason, "exposure: one seller has all the places");
    EXPECT_EQ(reason->last_actor, "audit");
    EXPECT_TRUE(sound());
}

}  // namespace
}  // namespace suanpan::decisions
