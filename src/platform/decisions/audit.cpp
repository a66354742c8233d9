#include "platform/decisions/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "platform/operations/json.h"

namespace suanpan::decisions {
namespace {

using operations::Json;

struct Attribute {
    std::string_view words;  // in a row in the key, "date of birth"
    std::string_view name;
};

// Personal wherever they stand in a key.
constexpr auto always = std::to_array<Attribute>({
    {"gender", "gender"},
    {"sex", "gender"},
    {"ethnicity", "ethnicity"},
    {"ethnic", "ethnicity"},
    {"religion", "religion"},
    {"religious", "religion"},
    {"nationality", "nationality"},
    {"citizenship", "nationality"},
    {"sexual orientation", "sexual orientation"},
    {"disability", "disability"},
    {"pregnant", "health"},
    {"marital", "marital status"},
    {"postcode", "postcode"},
    {"postal code", "postcode"},
    {"post code", "postcode"},
    {"zip", "postcode"},
    {"zipcode", "postcode"},
    {"email", "e-mail"},
    {"e mail", "e-mail"},
    {"phone", "phone"},
    {"telephone", "phone"},
    {"mobile number", "phone"},
    {"birthday", "birth date"},
    {"birthdate", "birth date"},
    {"birth date", "birth date"},
    {"date of birth", "birth date"},
    {"dob", "birth date"},
    {"birth year", "birth date"},
    {"surname", "name"},
    {"first name", "name"},
    {"last name", "name"},
    {"full name", "name"},
    {"given name", "name"},
    {"family name", "name"},
    {"passport", "identity number"},
    {"ssn", "identity number"},
    {"national id", "identity number"},
    {"ip address", "IP address"},
});

// Personal as a whole key, or in one that names a person: an item, a stock and a supplier have them too.
constexpr auto of_a_person = std::to_array<Attribute>({
    {"age", "age"},
    {"age group", "age"},
    {"age band", "age"},
    {"name", "name"},
    {"race", "race"},
    {"address", "address"},
    {"health", "health"},
    {"income", "income"},
});

constexpr auto persons =
    std::to_array<std::string_view>({"customer", "user", "buyer", "shopper", "person", "client", "member", "recipient",
                                     "visitor", "contact", "consumer", "household", "customers", "users", "buyers"});

constexpr auto chinese = std::to_array<Attribute>({
    {"年龄", "age"},
    {"性别", "gender"},
    {"种族", "race"},
    {"民族", "ethnicity"},
    {"宗教", "religion"},
    {"国籍", "nationality"},
    {"邮编", "postcode"},
    {"邮政编码", "postcode"},
    {"姓名", "name"},
    {"邮箱", "e-mail"},
    {"电子邮件", "e-mail"},
    {"电话", "phone"},
    {"手机", "phone"},
    {"生日", "birth date"},
    {"出生", "birth date"},
    {"身份证", "identity number"},
    {"护照", "identity number"},
    {"婚姻", "marital status"},
    {"残疾", "disability"},
    {"健康状况", "health"},
    {"收货地址", "address"},
    {"家庭住址", "address"},
});

bool is_letter(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0;
}
bool is_upper(char letter) {
    return std::isupper(static_cast<unsigned char>(letter)) != 0;
}

// "customerBirthDate", "customer_birth-date" -> " customer birth date "
std::string words_of(std::string_view key) {
    std::string words = " ";
    for (std::size_t i = 0; i < key.size(); ++i) {
        const bool after_lower = i > 0 && is_upper(key[i]) && is_letter(key[i - 1]) && !is_upper(key[i - 1]);
        const bool last_capital = i > 0 && i + 1 < key.size() && is_upper(key[i]) && is_upper(key[i - 1]) &&
                                  is_letter(key[i + 1]) && !is_upper(key[i + 1]);
        if ((after_lower || last_capital || !is_letter(key[i])) && words.back() != ' ') words += ' ';
        if (is_letter(key[i])) words += static_cast<char>(std::tolower(static_cast<unsigned char>(key[i])));
    }
    return words.back() == ' ' ? words : words + " ";
}

bool has(const std::string& words, std::string_view some) {
    return words.contains(fmt::format(" {} ", some));
}

std::optional<std::string> search(const Json& value, const std::string& path) {
    if (value.is_array())
        for (const auto& element : value.get_array())
            if (auto found = search(element, path + "[]")) return found;
    if (!value.is_object()) return std::nullopt;
    for (const auto& [key, inner] : value.get_object()) {
        const auto here = path + "." + key;
        if (const auto attribute = personal_attribute(key))
            return fmt::format("\"{}\" is a personal attribute ({}); a decision may not rest on it", here, *attribute);
        if (auto found = search(inner, here)) return found;
    }
    return std::nullopt;
}

Verdict search_text(std::string_view text, const std::string& part) {
    const auto json = operations::parse_json(text);
    if (!json) return {false, "readable", fmt::format("the {} are not JSON, so nobody can check them", part)};
    const auto found = search(*json, part);
    return {!found, "personal_attributes", found.value_or("")};
}

}  // namespace

std::optional<std::string> personal_attribute(std::string_view key) {
    for (const auto& [word, name] : chinese)
        if (key.contains(word)) return std::string(name);
    const auto words = words_of(key);
    for (const auto& [some, name] : always)
        if (has(words, some)) return std::string(name);
    const bool person = std::ranges::any_of(persons, [&](auto one) { return has(words, one); });
    for (const auto& [some, name] : of_a_person)
        if (words == fmt::format(" {} ", some) || (person && has(words, some))) return std::string(name);
    return std::nullopt;
}

std::vector<Verdict> audit(const store::Settings& settings, const Kind& kind, const Proposal& proposal) {
    std::vector<Verdict> verdicts = {search_text(proposal.arguments, "arguments"),
                                     search_text(proposal.evidence, "evidence")};
    if (kind.audit)
        for (auto& verdict : kind.audit(settings, proposal)) verdicts.push_back(std::move(verdict));
    return verdicts;
}

}  // namespace suanpan::decisions
