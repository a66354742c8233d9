#include "areas/data/faults.h"

#include <fmt/format.h>

namespace suanpan::data {

Result<> quarantine_faults(store::Connection& connection, const Judged& judged) {
    const auto found = TRY(connection.query("SELECT DISTINCT fault FROM typed WHERE fault IS NOT NULL ORDER BY fault"));
    for (std::size_t chunk = 0; chunk < found.chunks(); ++chunk) {
        for (const auto number : found.values<std::int32_t>(chunk, 0)) {
            const auto& fault = judged.sql.faults.at(static_cast<std::size_t>(number) - 1);
            const auto* expression = fault.column.empty() ? nullptr : judged.target.expression(fault.column);
            TRY(connection.query(R"(
                INSERT INTO data.quarantine
                SELECT ?, source_line, ?, ?, coalesce('"' || fault_value || '" ', '') || ?, raw
                FROM typed WHERE fault = ?)",
                                 judged.load_id, expression == nullptr ? fault.column : *expression, fault.rule,
                                 fault.reason, number));
        }
    }
    return {};
}

Result<std::int64_t> count_mends(store::Connection& connection, const Judged& judged) {
    const auto& mends = judged.sql.mends;
    if (mends.empty()) return 0;
    std::string counts, any;
    for (std::size_t i = 0; i < mends.size(); ++i) {
        counts += fmt::format("count(*) FILTER (fault IS NULL AND mend_{}), ", i);
        any += fmt::format("{}mend_{}", any.empty() ? "" : " OR ", i);
    }
    const auto table = TRY(
        connection.query(fmt::format("SELECT {} count(*) FILTER (fault IS NULL AND ({})) FROM typed", counts, any)));
    for (std::size_t i = 0; i < mends.size(); ++i)
        if (const auto rows = table.values<std::int64_t>(0, i)[0]; rows > 0)
            TRY(connection.query("INSERT INTO data.mend VALUES (?, ?, ?)", judged.load_id, mends[i], rows));
    return table.values<std::int64_t>(0, mends.size())[0];
}

}  // namespace suanpan::data
