#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/operations/operation.h"

namespace suanpan::operations {

enum class Format { table, json, csv };

// One command of a person, read by the declarations: `suanpan decisions list SHOP --state pending --json`.
struct Invocation {
    const Operation* operation = nullptr;  // null: `text` is to be printed instead
    std::string shop;
    std::string request;  // JSON
    std::string fields;   // of the reply; empty: all
    Format format = Format::table;
    std::string text;  // help or version
};

// A command that is not an operation, since it makes a shop, serves one or needs none: `suanpan init`.
struct Command {
    std::string name;
    Text summary;
};

struct CommandLineOptions {
    std::string version;
    std::vector<Command> commands;  // listed in the help; the caller runs them
};

// Errors: invalid_argument with what is wrong and how to get help.
[[nodiscard]] Result<Invocation> parse_command_line(const Registry& registry, const CommandLineOptions& options,
                                                    const std::vector<std::string>& arguments);

// A reply for a person or a spreadsheet: lists of objects as aligned tables or CSV rows, the rest as `name: value`.
// `language` ("en", "zh") chooses among texts that have both.
[[nodiscard]] Result<std::string> render(std::string_view reply, Format format, std::string_view language);

}  // namespace suanpan::operations
