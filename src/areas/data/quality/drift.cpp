#include "areas/data/quality/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "areas/data/canonical.h"
#include "areas/data/load_sql.h"

namespace suanpan::data::quality {

// With linkage, since what reflects it is a template of the library.
struct Extent {
    std::int64_t rows = 0, nulls = 0;
    std::optional<double> low, high;
};

struct BinCount {
    std::string label;
    std::int64_t earlier = 0, now = 0;
};

namespace {

using store::Connection;

constexpr std::int64_t fewest_rows = 50;
constexpr std::int64_t most_categories = 50;

constexpr std::string_view earlier_loads =
    "(SELECT load_id FROM data.load WHERE source = (SELECT source FROM data.load WHERE load_id = ?) AND load_id < ?)";

bool is_number(FieldType type) {
    return type == FieldType::whole || type == FieldType::real || type == FieldType::money;
}

struct Profiler {
    Connection& connection;
    const CanonicalTable& table;
    std::int64_t load_id;

    [[nodiscard]] std::string name() const { return "data." + std::string(table.table); }
    Result<Extent> extent(const Field& field, const std::string& where) const;
    Result<std::vector<BinCount>> number_bins(const std::string& column) const;
    Result<std::vector<BinCount>> category_bins(const std::string& column) const;
    Result<std::vector<BinCount>> bins(const Field& field) const;
    Result<FieldProfile> profile(const Field& field) const;
};

Result<Extent> Profiler::extent(const Field& field, const std::string& where) const {
    const auto column = quote_name(field.name);
    const auto value = is_number(field.type) ? fmt::format("CAST({} AS DOUBLE)", column) : "CAST(NULL AS DOUBLE)";
    return connection.row<Extent>(
        fmt::format("SELECT count(*) AS rows, count(*) - count({}) AS nulls, min({}) AS low, "
                    "max({}) AS high FROM {} WHERE {}",
                    column, value, value, name(), where));
}

// The bin of a value is how many of the edges it is above.
Result<std::vector<BinCount>> Profiler::number_bins(const std::string& column) const {
    const auto edges = TRY(connection.query(
        fmt::format(
            "SELECT list_sort(list_distinct(quantile_disc(CAST({} AS DOUBLE), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, "
            "0.9]))) FROM {} WHERE load_id IN {}",
            column, name(), earlier_loads),
        load_id, load_id));
    if (edges.rows() == 0 || edges.is_null(0, 0, 0)) return std::vector<BinCount>{};
    std::string bin = "0", label = "CASE bin";
    std::size_t number = 0;
    for (const auto edge : edges.list(0, 0, 0)) {
        bin += fmt::format(" + CAST({} > CAST({:.17g} AS DOUBLE) AS INTEGER)", column, edge);
        label += fmt::format(" WHEN {} THEN '<= {:.6g}'", number++, edge);
    }
    label += fmt::format(" ELSE '> {:.6g}' END", edges.list(0, 0, 0).back());
    return connection.rows<BinCount>(fmt::format(R"(
        SELECT {} AS label, count(*) FILTER (NOT fresh) AS earlier, count(*) FILTER (fresh) AS now
        FROM (SELECT {} AS bin, load_id = ? AS fresh FROM {} WHERE {} IS NOT NULL AND (load_id = ? OR load_id IN {}))
        GROUP BY bin ORDER BY bin)",
                                                 label, bin, name(), column, earlier_loads),
                                     load_id, load_id, load_id, load_id);
}

Result<std::vector<BinCount>> Profiler::category_bins(const std::string& column) const {
    const auto different = TRY(connection.count(
        fmt::format("SELECT approx_count_distinct({}) FROM {} WHERE load_id IN {}", column, name(), earlier_loads),
        load_id, load_id));
    if (different == 0 || different > most_categories) return std::vector<BinCount>{};
    return connection.rows<BinCount>(fmt::format(R"(
        SELECT CAST({0} AS VARCHAR) AS label, count(*) FILTER (load_id <> ?) AS earlier,
               count(*) FILTER (load_id = ?) AS now
        FROM {1} WHERE {0} IS NOT NULL AND (load_id = ? OR load_id IN {2})
        GROUP BY 1 ORDER BY earlier DESC, now DESC, label LIMIT 200)",
                                                 column, name(), earlier_loads),
                                     load_id, load_id, load_id, load_id, load_id);
}

Result<std::vector<BinCount>> Profiler::bins(const Field& field) const {
    if (is_number(field.type)) return number_bins(quote_name(field.name));
    if (field.type == FieldType::text || field.type == FieldType::boolean) return category_bins(quote_name(field.name));
    return std::vector<BinCount>{};
}

void add_histogram(FieldProfile& profile, const std::vector<BinCount>& bins) {
    Counts counts;
    for (const auto& bin : bins) {
        counts.earlier.push_back(bin.earlier);
        counts.now.push_back(bin.now);
    }
    const auto earlier = std::accumulate(counts.earlier.begin(), counts.earlier.end(), std::int64_t{0});
    const auto now = std::accumulate(counts.now.begin(), counts.now.end(), std::int64_t{0});
    if (earlier < fewest_rows || now < fewest_rows) return;
    for (const auto& bin : bins) {
        profile.histogram.labels.push_back(bin.label);
        profile.histogram.earlier.push_back(double(bin.earlier) / double(earlier));
        profile.histogram.now.push_back(double(bin.now) / double(now));
    }
    profile.psi = stability_index(counts);
    profile.psi_by_chance = double(bins.size() - 1) * (1 / double(earlier) + 1 / double(now));
}

Result<FieldProfile> Profiler::profile(const Field& field) const {
    FieldProfile profile{.table = std::string(table.name), .field = std::string(field.name)};
    const auto now = TRY(extent(field, fmt::format("load_id = {}", load_id)));
    const auto loads = fmt::format(
        "load_id IN (SELECT load_id FROM data.load WHERE source = (SELECT source FROM data.load "
        "WHERE load_id = {0}) AND load_id < {0})",
        load_id);
    const auto earlier = TRY(extent(field, loads));
    profile.rows = now.rows;
    profile.earlier_rows = earlier.rows;
    profile.null_share = double(now.nulls) / double(std::max<std::int64_t>(now.rows, 1));
    profile.earlier_null_share = double(earlier.nulls) / double(std::max<std::int64_t>(earlier.rows, 1));
    profile.low = now.low;
    profile.high = now.high;
    profile.earlier_low = earlier.low;
    profile.earlier_high = earlier.high;
    if (earlier.rows >= fewest_rows && now.rows >= fewest_rows) add_histogram(profile, TRY(bins(field)));
    return profile;
}

}  // namespace

double stability_index(const Counts& counts) {
    const auto total = [](const std::vector<std::int64_t>& all) {
        return std::max(1.0, double(std::accumulate(all.begin(), all.end(), std::int64_t{0})));
    };
    const auto earlier = total(counts.earlier), now = total(counts.now);
    double sum = 0;
    for (std::size_t i = 0; i < counts.now.size(); ++i) {
        const auto q = std::max(double(counts.earlier[i]), 0.5) / earlier,
                   p = std::max(double(counts.now[i]), 0.5) / now;
        sum += (p - q) * std::log(p / q);
    }
    return sum;
}

Result<std::vector<FieldProfile>> profile_load(Connection& connection, std::int64_t load_id) {
    std::vector<FieldProfile> profiles;
    for (const auto& table : canonical_tables()) {
        const auto store_name = "data." + std::string(table.table);
        if (TRY(connection.count(fmt::format("SELECT count(*) FROM {} WHERE load_id = ?", store_name), load_id)) == 0)
            continue;
        const auto columns = TRY(connection.query(fmt::format("FROM {} LIMIT 0", store_name)));
        const Profiler profiler{connection, table, load_id};
        for (const auto& field : table.fields)
            if (columns.find(field.name)) profiles.push_back(TRY(profiler.profile(field)));
    }
    return profiles;
}

}  // namespace suanpan::data::quality
