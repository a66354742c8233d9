#include "areas/data/personal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "areas/data/load_sql.h"
#include "platform/store/shop.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;
using store::Connection;

Result<> make_key(const fs::path& file) {
    std::array<unsigned char, 32> key{};
    randombytes_buf(key.data(), key.size());
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 && errno == EEXIST) return {};  // another made it meanwhile
    const bool written = descriptor >= 0 && ::write(descriptor, hex.data(), 64) == 64 && ::fsync(descriptor) == 0;
    const bool full = !written && errno == ENOSPC;
    if (descriptor >= 0) ::close(descriptor);
    if (written) return {};
    if (descriptor >= 0) ::unlink(file.c_str());
    if (full) return fail(ErrorCode::no_space, "the disk is full; free some space and do it again", file.string());
    return fail(ErrorCode::io, "the key of pseudonyms cannot be written; check the folder's permissions and its disk",
                file.string());
}

bool same_name(std::string_view one, std::string_view other) {
    return one.size() == other.size() && ::strncasecmp(one.data(), other.data(), one.size()) == 0;
}

bool is_name_letter(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' ||
           static_cast<unsigned char>(letter) >= 0x80;
}

// Whether SQL names the column, in quotes or as a word of its own.
bool names(std::string_view sql, std::string_view column) {
    for (std::size_t at = 0; at + column.size() <= sql.size(); ++at) {
        if (!same_name(sql.substr(at, column.size()), column)) continue;
        const bool begins = at == 0 || !is_name_letter(sql[at - 1]);
        const auto end = at + column.size();
        if (begins && (end == sql.size() || !is_name_letter(sql[end]))) return true;
    }
    return false;
}

}  // namespace

Result<std::string> personal_key(const fs::path& shop_folder) {
    const auto file = shop_folder / "personal.key";
    std::error_code unknown;
    if (!fs::exists(file, unknown)) TRY(make_key(file));
    auto hex = TRY(store::read_file(file));
    while (hex.ends_with('\n') || hex.ends_with('\r')) hex.pop_back();
    if (hex.size() == 64 && hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos) return hex;
    return fail(ErrorCode::invalid_argument,
                "this is no key of pseudonyms (64 hexadecimal digits); put the shop's own back from where you keep it",
                file.string());
}

Result<> use_key(Connection& connection, const std::string& key) {
    TRY(connection.query("CREATE OR REPLACE TEMP TABLE personal_key AS SELECT CAST(? AS VARCHAR) AS key", key));
    return {};
}

std::string pseudonym_sql(std::string_view text) {
    return fmt::format(
        "CASE WHEN regexp_full_match({0}, 'person-[a-z2-7]{{26}}') THEN {0} ELSE 'person-' || "
        "keyed_hash((SELECT key FROM personal_key), trim(normal_text({0}))) END",
        text);
}

std::string guarded_sql(std::string_view text, Personal::Mode mode) {
    const auto pseudonym = pseudonym_sql(text);
    return fmt::format("CASE WHEN ({}) IN (SELECT pseudonym FROM data.erased) THEN NULL ELSE {} END", pseudonym,
                       mode == Personal::Mode::pseudonymise ? pseudonym : std::string(text));
}

Result<std::vector<std::string>> personal_columns(const Source& source, const std::vector<std::string>& columns) {
    std::vector<std::string> found;
    for (const auto& listed : source.personal.columns) {
        const auto column = std::ranges::find_if(columns, [&](const auto& name) { return same_name(name, listed); });
        if (column == columns.end()) {
            std::string known;
            for (const auto& name : columns) known += (known.empty() ? "" : ", ") + name;
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("`personal` names the column \"{}\", which the file has not; it has {}", listed, known),
                "source " + source.name);
        }
        found.push_back(*column);
    }
    for (const auto& column : columns)
        for (const auto& target : source.targets)
            for (const auto* field : {"customer_id", "session_id"})
                if (const auto* sql = target.expression(field);
                    sql != nullptr && names(*sql, column) && !std::ranges::contains(found, column))
                    found.push_back(column);
    return found;
}

Result<std::vector<std::string>> guarded_columns(Connection& connection, const Guarding& guarding,
                                                 const std::vector<std::string>& columns) {
    const bool keeps = guarding.source.personal.mode == Personal::Mode::keep;
    if (keeps && TRY(connection.count("SELECT count(*) FROM data.erased")) == 0) return std::vector<std::string>{};
    TRY(use_key(connection, TRY(personal_key(guarding.shop_folder))));
    return personal_columns(guarding.source, columns);
}

}  // namespace suanpan::data
