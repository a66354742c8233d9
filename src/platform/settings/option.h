#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/operations/operation.h"
#include "platform/store/shop.h"

// What a shop may set. Each part of the program declares its own options, with their ranges and defaults; lists,
// checks, the console's page and the reference are made from these.
namespace suanpan::settings {

enum class Kind { number, yes_no, choice, text };
[[nodiscard]] std::string_view name(Kind kind);

struct Option {
    std::string name;   // as under `options` of shop.yaml: "stock.lead_time_days"
    std::string group;  // what a person looks for it under: "guardrails", "orders", "connectors"
    Kind kind = Kind::number;
    operations::Text title, about;
    std::string otherwise;             // where nobody says anything
    double least = 0, most = 0;        // of a number
    std::string unit;                  // "days", "share", "money" (the shop's currency, major units), or empty
    std::vector<std::string> choices;  // of a choice
    bool confidential = false;         // no more than its beginning is ever shown again
    bool in_file_only = false;         // shown, but not set while the shop runs
    std::function<Result<>(const std::string&)> check = {};       // of a text, beyond its kind
    std::function<Result<>(store::Connection&)> may_change = {};  // whether what the shop holds allows another value
};

// What one part of the program lets a shop set.
struct Section {
    std::vector<Option> options;
    std::function<Result<>(const store::Settings&)> check = {};  // of all settings together
    std::string family = {};  // "schedule.": what begins so is an option of this part, and set by its own operations
};
using Sections = std::vector<Section>;

// Errors: invalid_argument naming the option, with what it takes.
[[nodiscard]] Result<> check_value(const Option& option, const std::string& value);
// Null where there is none of the name.
[[nodiscard]] const Option* find_option(const Sections& sections, std::string_view name);
// Whatever would not do in these settings: options nobody knows, values that do not fit. A sentence each.
[[nodiscard]] std::vector<std::string> problems_of(const Sections& sections, const store::Settings& settings);

struct Span {
    double otherwise, least, most;
    std::string unit = {};
};
struct Words {
    std::string name, group;
    operations::Text title, about;
};
[[nodiscard]] Option number(Words words, Span span);
[[nodiscard]] Option yes_no(Words words, bool otherwise);
[[nodiscard]] Option choice(Words words, std::vector<std::string> choices);  // the first is the default
[[nodiscard]] Option text(Words words, std::string otherwise, std::function<Result<>(const std::string&)> check = {});
[[nodiscard]] Option in_file_only(Option option);  // shown, but set in shop.yaml alone

// docs/reference/settings.md
[[nodiscard]] std::string settings_page(const Sections& sections);

}  // namespace suanpan::settings
