#include "areas/data/merge_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "areas/data/load_sql.h"
#include "areas/data/route.h"

namespace suanpan::data {
namespace {

std::string or_default(const Target& target, std::string_view field, std::string_view otherwise) {
    return target.expression(field) == nullptr ? std::string(otherwise)
                                               : fmt::format("coalesce({}, {})", quote_name(field), otherwise);
}

std::string mapped_or_null(const Target& target, const Field& field) {
    if (target.expression(field.name) != nullptr) return quote_name(field.name);
    return fmt::format("CAST(NULL AS {})", field.type == FieldType::instant ? "TIMESTAMPTZ" : sql_type(field.type));
}

std::string line_number(const Target& target) {
    return numbers_lines(target) ? "source_place" : "line";
}

std::string order_line_rows(const Target& target, const std::string& day) {
    return fmt::format(R"(
        SELECT order_id, {} AS line, item_id, {} AS customer_id, {} AS place_id, ordered_at,
               {} AS day, quantity, CASE WHEN {} THEN quantity ELSE 0 END AS cancelled_quantity, unit_price)",
                       line_number(target), target.expression("customer_id") ? "customer_id" : "NULL",
                       target.expression("place_id") ? "place_id" : "NULL", day,
                       or_default(target, "cancelled", "false"));
}

std::string return_rows(const Target& target, const std::string& day) {
    return fmt::format(R"(
        SELECT return_id, {} AS line, {} AS order_id, CAST(NULL AS BIGINT) AS order_line, item_id,
               {} AS customer_id, {} AS place_id, returned_at, {} AS day, quantity, {} AS unit_price)",
                       line_number(target), target.expression("order_id") ? "order_id" : "NULL",
                       target.expression("customer_id") ? "customer_id" : "NULL",
                       target.expression("place_id") ? "place_id" : "NULL", day,
                       target.expression("unit_price") ? "unit_price" : "NULL");
}

// The same event told twice has the same content; the same content twice in one file is two events.
std::string event_number(const Target& target) {
    std::string content;
    for (const auto& field : target.table->fields)
        if (field.name != "event_id" && target.expression(field.name) != nullptr)
            content += fmt::format("{}coalesce(CAST({} AS VARCHAR), '')", content.empty() ? "" : " || '|' || ",
                                   quote_name(field.name));
    return fmt::format("md5({0}) || '#' || row_number() OVER (PARTITION BY {0} ORDER BY {1})", content,
                       row_name(target));
}

// What a computed field is where neither mapping nor row tells it.
std::string otherwise(const Target& target, std::string_view field) {
    if (field == "product") return "true";
    if (field == "days") return "1";
    if (field == "event_id") return event_number(target);
    return "'all'";
}

std::string field_value(const Target& target, const Field& field) {
    if (field.name == "line") return line_number(target);
    if (field.need == Need::computed) return or_default(target, field.name, otherwise(target, field.name));
    return mapped_or_null(target, field);
}

std::string plain_rows(const Target& target) {
    std::string sql = "SELECT ";
    for (const auto& field : target.table->fields) {
        sql += fmt::format("{} AS {}, ", field_value(target, field), quote_name(field.name));
        if (field.type == FieldType::instant)
            sql += fmt::format("{} AS day, ",
                               target.expression(field.name) == nullptr ? "CAST(NULL AS DATE)" : day_name(field.name));
    }
    sql.resize(sql.size() - 2);
    return sql;
}

}  // namespace

std::string canonical_select(const Target& target) {
    if (target.table->name == "order_lines") return order_line_rows(target, day_name("ordered_at"));
    if (target.table->name == "returns") return return_rows(target, day_name("returned_at"));
    return plain_rows(target);
}

bool numbered_by_load(const Target& target) {
    return numbers_lines(target) ||
           (std::ranges::contains(target.table->key, "event_id") && target.expression("event_id") == nullptr);
}

std::string store_name(const Target& target) {
    return "data." + std::string(target.table->table);
}

std::string key_of(const Target& target) {
    return fmt::format("{}", fmt::join(target.table->key, ", "));
}

Result<bool> is_empty(store::Connection& connection, const Target& target) {
    return TRY(connection.count(fmt::format("SELECT count(*) FROM (FROM {} LIMIT 1)", store_name(target)))) == 0;
}

}  // namespace suanpan::data
