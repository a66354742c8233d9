#include "platform/decisions/export.h"

#include <fmt/format.h>

#include <filesystem>

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

// A spreadsheet program would run what begins so.
std::string harmless(const std::string& text) {
    return text.find_first_of("=+-@\t\r\n") == 0 ? "'" + text : text;
}

std::string plain(const Json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return harmless(value.get_string());
    return operations::to_text(value);
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
        text += fmt::format(",{},{},{}\n", major_units(decision), decision.currency, csv_cell(decision.summary_en));
    }
    return text;
}

// Holds the space of a file until that file is written.
constexpr std::string_view reserved = ".reserved";

std::string file_of(const Kind& kind, const Group& group) {
    return fmt::format("exports/{}-{}.csv", kind.export_prefix, format(group.as_of));
}

Result<std::string> text_of(Connection& connection, const Group& group) {
    return export_text(TRY(connection.rows<CurrentDecision>(R"(
        SELECT * FROM decisions.current
        WHERE kind = ? AND as_of = ? AND state IN ('acted', 'measured')
        ORDER BY subject, id)",
                                                            group.kind, group.as_of)));
}

void remove_reserved(const store::Shop& shop) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(shop.folder() / "exports", ignored))
        if (entry.path().extension() == reserved) std::filesystem::remove(entry.path(), ignored);
}

Result<> place_awaited(Connection& connection, const store::Shop& shop, const Kinds& kinds) {
    for (const auto& group : TRY(connection.rows<Group>("SELECT DISTINCT kind, as_of FROM decisions.awaited_export")))
        for (const auto& kind : kinds)
            if (kind.name == group.kind)
                TRY(store::write_file(shop.folder() / file_of(kind, group), TRY(text_of(connection, group))));
    return {};
}

// In the store's one line of writes, so that a file never steps back to an older state.
Result<> place_exports(const store::Shop& shop, const Kinds& kinds) {
    if (TRY(shop.database().read([](Connection& connection) {
            return connection.count("SELECT count(*) FROM decisions.awaited_export");
        })) == 0)
        return {};
    remove_reserved(shop);
    Result<> placed;
    const auto noted = shop.database().write([&](Connection& connection) -> Result<> {
        placed = place_awaited(connection, shop, kinds);
        TRY(placed);
        return connection.run("DELETE FROM decisions.awaited_export");
    });
    // Where only the note of it could not be written, the files are written once more next time.
    return placed ? Result<>() : noted;
}

}  // namespace

Result<> write_with_exports(const store::Shop& shop, const Kinds& kinds,
                            const std::function<Result<>(Connection&)>& function) {
    TRY(place_exports(shop, kinds));
    if (auto written = shop.database().write(function); !written) {
        remove_reserved(shop);
        return written;
    }
    return place_exports(shop, kinds);
}

Result<std::string> reserve_export(Connection& connection, const store::Shop& shop, const Kind& kind,
                                   const Group& group) {
    if (kind.export_prefix.empty()) return std::string();
    auto file = file_of(kind, group);
    TRY(store::write_file(shop.folder() / (file + std::string(reserved)), TRY(text_of(connection, group))));
    TRY(connection.query("INSERT INTO decisions.awaited_export VALUES (?, ?)", group.kind, group.as_of));
    return file;
}

}  // namespace suanpan::decisions
