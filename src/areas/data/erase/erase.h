#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/operations/operation.h"
#include "platform/store/shop.h"

namespace suanpan::data {

// What a person is known by: a number or pseudonym, and further texts such as an e-mail address or a name.
struct Person {
    std::vector<std::string> texts;
};

struct ErasedColumn {
    std::string table, column;
    std::string how;  // "row removed", "emptied", "blacked out"
    std::int64_t rows = 0;
};

struct RemainingColumn {
    std::string table, column;
    std::int64_t rows = 0;
    std::string why;
};

struct RemainingFile {
    std::string file, why;  // "holds it", or "packed: may hold it"
};

struct ErasureReport {
    std::vector<std::string> pseudonyms;  // kept, so that the same file cannot bring the person back
    std::vector<ErasedColumn> erased;
    std::int64_t columns_searched = 0;
    std::vector<RemainingColumn> remaining;  // found by the search afterwards; empty: nothing
    std::vector<RemainingFile> files;        // of the shop's folder; nothing of them was changed
    bool overwritten = false;                // the old bytes in the database file
    std::string advice;                      // what is left to do; empty: nothing
};

// Removes a person from every table of the shop, then searches every text of every table. Facts of sales stay without
// the person: customer_id and session_id become NULL; rows that are only about the person go; reviews lose headline and
// text; tasks of labelling that the person wrote go with all their labels; in raw rows and other free texts what the
// person is known by is blacked out. Files loaded later leave the person out, by the keyed hashes that are kept.
// All of it is one transaction. After it the old bytes in the database file are overwritten, see store::scrub(); where
// that cannot be done the report says why, and the same call does it later.
// Errors: invalid_argument for texts shorter than 2 letters; no_space, and nothing is erased.
// Others that read what is to go are waited for, `patience` at most.
[[nodiscard]] Result<ErasureReport> erase_person(store::Shop& shop, const Person& person,
                                                 std::chrono::milliseconds patience = std::chrono::seconds(30));

// Files of exports/, inbox/, backups/ and models/ that hold one of the texts, or are packed so that they may.
[[nodiscard]] std::vector<RemainingFile> files_with(const std::filesystem::path& shop_folder,
                                                    const std::vector<std::string>& texts);

// Removes the tasks of labelling that are the person's: the record names one of the texts of the temporary table
// `needle`, or a review of the person, or the task's text is that of such a review. Returns the rows removed by table.
// Nothing where the shop labels nothing. Before the reviews are emptied.
struct ErasedTasks {
    std::vector<ErasedColumn> erased;
    std::vector<std::string> task_ids;
};
[[nodiscard]] Result<ErasedTasks> erase_tasks(store::Connection& connection);

// data.erase_customer
void add_erase_operation(operations::Registry& registry);

}  // namespace suanpan::data
