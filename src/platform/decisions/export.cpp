#include "platform/decisions/export.h"

#include <format>

#include "platform/operations/json.h"

namespace suanpan::decisions {
namespace {

using operations::Json;
using store::Connection;

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    return quoted + "\"";
}

std::string plain(const Json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get_string();
    return value.dump().value_or("");
}

std::string major_units(const CurrentDecision& decision) {
    const auto text = format(Money{decision.value, decision.currency});
    return text.substr(0, text.find(' '));
}

// The arguments' members are the columns, in the order of the first decision.
Result<std::string> export_text(const std::vector<CurrentDecision>& decisions) {
    std::vector<std::string> columns;
    std::string text;
    for (const auto& decision : decisions) {
        const auto arguments = TRY(operations::parse_json(decision.arguments));
        if (columns.empty()) {
            text = "decision";
            for (const auto& [key, value] : arguments.get_object()) {
                columns.push_back(key);
                text += "," + csv_cell(key);
            }
            text += ",value,currency,reason\n";
        }
        text += decision.id;
        for (const auto& column : columns) {
            const auto* value = operations::member(arguments, column);
            text += "," + csv_cell(value == nullptr ? "" : plain(*value));
        }
        text += std::format(",{},{},{}\n", major_units(decision), decision.currency, csv_cell(decision.summary_en));
    }
    return text;
}

}  // namespace

Result<std::string> write_export(Connection& connection, const store::Shop& shop, const Kind& kind,
                                 const Group& group) {
    if (kind.export_prefix.empty()) return std::string();
    const auto acted = TRY(connection.rows<CurrentDecision>(R"(
        SELECT * FROM decisions.current
        WHERE kind = ? AND as_of = ? AND state IN ('acted', 'measured')
        ORDER BY subject, id)",
                                                            group.kind, group.as_of));
    auto file = std::format("exports/{}-{}.csv", kind.export_prefix, format(group.as_of));
    TRY(store::write_file(shop.folder() / file, TRY(export_text(acted))));
    return file;
}

}  // namespace suanpan::decisions
