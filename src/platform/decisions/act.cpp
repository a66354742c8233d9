#include "platform/decisions/act.h"

#include <format>

#include "platform/operations/declare.h"
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

struct Group {
    std::string kind;
    Day as_of;
};

// Every decision of its kind and day that was acted on, and the name of the file, relative to the shop's folder.
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

Result<> act_on_group(Connection& connection, const store::Shop& shop, const Kind& kind, const Group& group,
                      const Actor& actor, Acted& acted) {
    std::vector<EventRow> rows;
    for (const auto& approved : TRY(connection.rows<CurrentDecision>(
             "FROM decisions.current WHERE kind = ? AND as_of = ? AND state = 'approved'", group.kind, group.as_of))) {
        if (kind.act) TRY(kind.act(connection, approved, actor.now));
        rows.push_back({approved.id, "act", "acted", actor.name, "", "{}", actor.now});
    }
    TRY(record(connection, rows));
    // After the events and within their transaction: where the file cannot be written, nothing has been acted on.
    if (auto file = TRY(write_export(connection, shop, kind, group)); !file.empty())
        acted.files.push_back(std::move(file));
    acted.decisions += std::ssize(rows);
    return {};
}

}  // namespace

Result<Acted> act(const store::Shop& shop, const Kinds& kinds, const Actor& actor) {
    Acted acted;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        acted = {};
        for (const auto& group : TRY(connection.rows<Group>(
                 "SELECT DISTINCT kind, as_of FROM decisions.current WHERE state = 'approved' ORDER BY ALL")))
            for (const auto& kind : kinds)
                if (kind.name == group.kind) TRY(act_on_group(connection, shop, kind, group, actor, acted));
        return {};
    }));
    return acted;
}

Result<std::vector<Outcome>> undo(const store::Shop& shop, const Kinds& kinds, std::span<const Choice> choices,
                                  const Actor& actor, const std::string& reason) {
    std::vector<Outcome> outcomes;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        outcomes = TRY(roll_back(connection, choices, actor, reason));
        std::string ids;
        for (const auto& outcome : outcomes)
            if (!outcome.error) ids += outcome.id + "\n";
        for (const auto& group : TRY(connection.rows<Group>("SELECT DISTINCT kind, as_of FROM decisions.decision WHERE "
                                                            "id IN (SELECT unnest(string_split(?, chr(10))))",
                                                            ids)))
            for (const auto& kind : kinds)
                if (kind.name == group.kind) TRY(write_export(connection, shop, kind, group));
        return {};
    }));
    return outcomes;
}

Result<std::vector<std::pair<std::string, Measurement>>> measure(const store::Shop& shop, const Kinds& kinds, Day as_of,
                                                                 const Actor& actor) {
    std::vector<std::pair<std::string, Measurement>> measured;
    TRY(shop.database().write([&](Connection& connection) -> Result<> {
        measured.clear();
        std::vector<EventRow> rows;
        for (const auto& decision : TRY(connection.rows<CurrentDecision>(
                 "FROM decisions.current WHERE state = 'acted' AND as_of < ?", as_of))) {
            for (const auto& kind : kinds) {
                if (kind.name != decision.kind || !kind.measure) continue;
                const auto found = TRY(kind.measure(connection, decision, as_of));
                if (!found) continue;
                rows.push_back(
                    {decision.id, "measure", "measured", actor.name, "", TRY(operations::to_json(*found)), actor.now});
                measured.emplace_back(decision.id, *found);
            }
        }
        return record(connection, rows);
    }));
    return measured;
}

}  // namespace suanpan::decisions
