#include "areas/data/erase/erase.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct EraseRequest {
    std::string customer_id;
    std::vector<std::string> also;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::EraseRequest> {
    static constexpr FieldWords fields[] = {
        {"customer_id", "as the shop's files number the person, or the pseudonym"},
        {"also",
         "further texts that tell the person: an e-mail address, a telephone number, a name",
         {.max_items = 20}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ErasureReport> {
    static constexpr FieldWords fields[] = {
        {"pseudonyms", "keyed hashes that are kept, so that a file loaded later cannot bring the person back"},
        {"columns_searched", "every text of every table, after the erasure"},
        {"remaining", "where the search still found one of the texts, and why it stays; empty: nowhere"},
        {"files", "files of the shop's folder that hold it or may; they were not changed"},
        {"overwritten", "whether the old bytes in the database file were overwritten too"},
        {"advice", "what is left to do; empty: nothing"},
    };
};

namespace suanpan::data {

// What features.forget takes; see areas/data/features/messages.h.
struct ForgottenPeople {
    std::vector<std::string> customer_ids;
};

namespace {

// What a running server holds in memory.
Result<> forget_online(operations::Context& context, const Person& person, const ErasureReport& report) {
    if (context.operations.find("features.forget") == nullptr) return {};
    ForgottenPeople people{person.texts};
    people.customer_ids.insert(people.customer_ids.end(), report.pseudonyms.begin(), report.pseudonyms.end());
    (void)TRY(context.operations.call(context, "features.forget", TRY(operations::to_json(people))));
    return {};
}

Result<ErasureReport> erase(operations::Context& context, const EraseRequest& request) {
    if (request.customer_id.empty())
        return fail(ErrorCode::invalid_argument, "say whom to erase, as the shop's files number the person",
                    "customer_id");
    Person person{{request.customer_id}};
    person.texts.insert(person.texts.end(), request.also.begin(), request.also.end());
    auto report = TRY(erase_person(context.shop, person));
    TRY(forget_online(context, person, report));
    return report;
}

}  // namespace

void add_erase_operation(operations::Registry& registry) {
    registry.add(operations::declare<EraseRequest, ErasureReport>(
        {.name = "data.erase_customer",
         .summary =
             {"Removes a person from every table, proves it by a search, and keeps later files from bringing the "
              "person back",
              "从所有数据表中删除某位顾客，以检索证明，并防止之后的文件再次带入"},
         .role = operations::Role::admin,
         .effect = operations::Effect::changes,
         .idempotent = true,
         .long_work = true,
         .positional = {"customer_id"},
         .required = {"customer_id"}},
        erase));
}

}  // namespace suanpan::data
