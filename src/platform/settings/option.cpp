#include "platform/settings/option.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace suanpan::settings {
namespace {

constexpr std::size_t longest_text = 2000;

Result<> check_number(const Option& option, const std::string& value) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size() && std::isfinite(number) && number >= option.least &&
        number <= option.most)
        return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" does not do; give a number from {:.15g} to {:.15g}{}", value, option.least,
                            option.most, option.unit.empty() ? "" : " (" + option.unit + ")"),
                option.name);
}

Result<> check_choice(const Option& option, const std::string& value) {
    if (std::ranges::contains(option.choices, value)) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is no choice; there are \"{}\"", value, fmt::join(option.choices, "\", \"")),
                option.name);
}

Result<> check_text(const Option& option, const std::string& value) {
    if (value.size() > longest_text)
        return fail(ErrorCode::invalid_argument, fmt::format("the text is longer than {} bytes", longest_text),
                    option.name);
    if (!option.check) return {};
    const auto fits = option.check(value);
    if (!fits) return fail(fits.error().code, fits.error().message, option.name);
    return {};
}

bool is_of_a_family(const Sections& sections, std::string_view name) {
    return std::ranges::any_of(
        sections, [&](const Section& section) { return !section.family.empty() && name.starts_with(section.family); });
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::number:
            return "number";
        case Kind::yes_no:
            return "yes or no";
        case Kind::choice:
            return "choice";
        case Kind::text:
            return "text";
    }
    return "";
}

Result<> check_value(const Option& option, const std::string& value) {
    switch (option.kind) {
        case Kind::number:
            return check_number(option, value);
        case Kind::yes_no:
        case Kind::choice:
            return check_choice(option, value);
        case Kind::text:
            return check_text(option, value);
    }
    return {};
}

const Option* find_option(const Sections& sections, std::string_view name) {
    for (const auto& section : sections)
        if (const auto found = std::ranges::find(section.options, name, &Option::name); found != section.options.end())
            return &*found;
    return nullptr;
}

std::vector<std::string> problems_of(const Sections& sections, const store::Settings& settings) {
    std::vector<std::string> problems;
    for (const auto& [name, value] : settings.options) {
        const auto* option = find_option(sections, name);
        if (option == nullptr && !is_of_a_family(sections, name))
            problems.push_back(fmt::format("{}: there is no such option; settings.list has those there are", name));
        else if (const auto fits = option == nullptr ? Result<>{} : check_value(*option, value); !fits)
            problems.push_back(fits.error().text());
    }
    for (const auto& section : sections)
        if (section.check)
            if (const auto fits = section.check(settings); !fits) problems.push_back(fits.error().text());
    return problems;
}

Option number(Words words, Span span) {
    return {.name = std::move(words.name),
            .group = std::move(words.group),
            .kind = Kind::number,
            .title = std::move(words.title),
            .about = std::move(words.about),
            .otherwise = fmt::format("{:.15g}", span.otherwise),
            .least = span.least,
            .most = span.most,
            .unit = std::move(span.unit)};
}

// As a number, since shop.yaml has it so: 0 or 1.
Option yes_no(Words words, bool otherwise) {
    auto option = choice(std::move(words), {"0", "1"});
    option.kind = Kind::yes_no;
    option.otherwise = otherwise ? "1" : "0";
    return option;
}

Option choice(Words words, std::vector<std::string> choices) {
    return {.name = std::move(words.name),
            .group = std::move(words.group),
            .kind = Kind::choice,
            .title = std::move(words.title),
            .about = std::move(words.about),
            .otherwise = choices.front(),
            .choices = std::move(choices)};
}

Option text(Words words, std::string otherwise, std::function<Result<>(const std::string&)> check) {
    return {.name = std::move(words.name),
            .group = std::move(words.group),
            .kind = Kind::text,
            .title = std::move(words.title),
            .about = std::move(words.about),
            .otherwise = std::move(otherwise),
            .check = std::move(check)};
}

Option in_file_only(Option option) {
    option.in_file_only = true;
    return option;
}

}  // namespace suanpan::settings
