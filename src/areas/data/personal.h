#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

// Who a person is, kept out of the shop's tables: pseudonyms instead of what the files say, and people who are erased.
namespace suanpan::data {

// The shop's secret, 64 hexadecimal digits, in a file of its own, personal.key: readable by its owner alone, apart from
// the database, in no backup. Made where there is none. Without it the same person gets another pseudonym, and nobody
// can compute whose a pseudonym is. Errors: io; invalid_argument where the file holds no key.
[[nodiscard]] Result<std::string> personal_key(const std::filesystem::path& shop_folder);

// SQL of a text's pseudonym: "person-" and 26 letters, of the text in NFKC without spaces at its ends; a pseudonym is
// its own. Within a transaction that began with use_key().
[[nodiscard]] std::string pseudonym_sql(std::string_view text);
[[nodiscard]] Result<> use_key(store::Connection& connection, const std::string& key);

// SQL of what may be kept of a personal text: its pseudonym, or the text itself where the mapping keeps it; NULL for
// people who are erased.
[[nodiscard]] std::string guarded_sql(std::string_view text, Personal::Mode mode);

// The file's columns that tell who a person is: those that the mapping lists, and those that fill customer_id or
// session_id. Errors: invalid_argument where a listed one is not in the file.
[[nodiscard]] Result<std::vector<std::string>> personal_columns(const Source& source,
                                                                const std::vector<std::string>& columns);

// What of these columns goes through guarded_sql() in this transaction: none where the mapping keeps them and nobody is
// erased.
struct Guarding {
    const Source& source;
    const std::filesystem::path& shop_folder;
};
[[nodiscard]] Result<std::vector<std::string>> guarded_columns(store::Connection& connection, const Guarding& guarding,
                                                               const std::vector<std::string>& columns);

}  // namespace suanpan::data
