#pragma once

#include <cstdint>
#include <glaze/json/schema.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// Requests and replies of this folder's operations.
namespace suanpan::features {

struct ListRequest {
    std::string entity;
};

struct Listed {
    std::string name, entity, type, unit, owner, en, zh;
    std::optional<std::int64_t> window_days;
    std::int64_t freshness_minutes = 0;
    bool from_events = false;
};

struct ListReply {
    std::vector<Listed> features;
};

struct ShowRequest {
    std::string feature;
};

struct ShowReply {
    Listed feature;
    std::string declared_at, hash, stream, aggregate, sql, stream_sql;
    std::vector<std::string> uses, used_by;
};

struct SqlRequest {
    std::string entity, dialect = "duckdb", moment;
    std::vector<std::string> features;
};

struct SqlReply {
    std::string entity, dialect, moment;
    std::vector<std::string> tables;
    std::string sql;
};

struct ComputeRequest {
    std::vector<std::string> entities;
    std::string moment;
};

struct ComputedBlock {
    std::string block;
    std::int64_t computed = 0, kept = 0, rows = 0;
    double seconds = 0;
};

struct ComputeReply {
    std::string moment;
    std::int64_t computed = 0, kept = 0;
    double seconds = 0;
    std::vector<ComputedBlock> blocks;
};

struct TrainingRequest {
    std::string entity;
    std::vector<std::string> labels, features;
    std::string format = "parquet";
    std::int64_t sample = 0, seed = 0;
};

struct TrainingReply {
    std::string file, sidecar;
    std::int64_t rows = 0, features = 0;
    std::string first_moment, last_moment;
};

struct ReadRequest {
    std::string entity;
    std::vector<std::string> ids, seconds, features;
};

using Value = std::optional<std::variant<bool, std::int64_t, double, std::string>>;

struct ReadRow {
    std::string id, second;
    bool found = false;
    std::vector<Value> values;
};

struct ReadReply {
    std::string entity, moment;
    std::vector<std::string> features;
    std::vector<ReadRow> rows;
};

struct PushedEvent {
    std::string id, kind = "order_line", item_id;
    std::optional<std::string> customer_id, place_id, order_id;
    std::int64_t quantity = 1, unit_price = 0;
    std::string at;
};

struct ApplyRequest {
    std::vector<PushedEvent> events;
};

struct ApplyReply {
    std::int64_t events = 0, repeated = 0, changed_keys = 0;
};

struct ForgetRequest {
    std::vector<std::string> customer_ids;
};

struct ForgetReply {
    std::int64_t customers = 0;
};

struct StatusRequest {};

struct EntityStatus {
    std::string entity;
    std::int64_t declared = 0, keys = 0;
    std::optional<std::string> moment, computed_at;
    std::optional<std::int64_t> age_minutes;
    std::int64_t freshness_minutes = 0;
    bool fresh = false;
};

struct StatusReply {
    std::vector<EntityStatus> entities;
    std::int64_t changed_keys = 0;
};

}  // namespace suanpan::features

template <>
struct glz::json_schema<suanpan::features::ListRequest> {
    schema entity{.description = "item, customer, item_place or customer_item; empty: all"};
};
template <>
struct glz::json_schema<suanpan::features::ShowRequest> {
    schema feature{.description = "its name, such as item_units_28d"};
};
template <>
struct glz::json_schema<suanpan::features::SqlRequest> {
    schema entity{.description = "item, customer, item_place or customer_item"};
    schema dialect{.description = "duckdb, or spark over the files of data.export with its session in UTC"};
    schema moment{.description = "a day (its beginning) or an instant; empty: now, or the end of the data if earlier"};
    schema features{.description = "names of features; empty: all of the entity", .maxItems = 2000};
};
template <>
struct glz::json_schema<suanpan::features::SqlReply> {
    schema tables{.description = "what it reads, as data.export names them in the schema `data`"};
    schema sql{.description = "one query: the entity's keys, moment and a column a feature"};
};
template <>
struct glz::json_schema<suanpan::features::ComputeRequest> {
    schema entities{.description = "item, customer, item_place, customer_item; empty: all", .maxItems = 4};
    schema moment{.description = "a day (its beginning) or an instant; empty: now, or the end of the data if earlier"};
};
template <>
struct glz::json_schema<suanpan::features::TrainingRequest> {
    schema entity{.description = "what a row of the labels is about: item, customer, item_place or customer_item"};
    schema labels{.description = "CSV or Parquet with the entity's keys and `moment`; other columns are kept",
                  .maxItems = 100};
    schema features{.description = "names of features; empty: all of the entity", .maxItems = 2000};
    schema format{.description = "parquet or csv"};
    schema sample{.description = "so many rows, drawn by the seed; 0: all", .minimum = 0L};
    schema seed{.description = "of the sample; kept in the file beside"};
};
template <>
struct glz::json_schema<suanpan::features::ReadRequest> {
    schema entity{.description = "item, customer, item_place or customer_item"};
    schema ids{.description = "first keys", .maxItems = 10000};
    schema seconds{.description = "second keys, as many as ids: place_id of an item_place, item_id of a customer_item",
                   .maxItems = 10000};
    schema features{.description = "names of features; empty: all of the entity", .maxItems = 2000};
};
template <>
struct glz::json_schema<suanpan::features::ReadReply> {
    schema moment{.description = "when the values were computed; pushed events since then are counted in"};
    schema rows{.description = "as the ids were given; values as `features` names them, null where there is none"};
};
template <>
struct glz::json_schema<suanpan::features::PushedEvent> {
    schema id{.description = "an id that came before is not counted again"};
    schema kind{.description = "order_line or return_line"};
    schema unit_price{.description = "minor units of the shop's currency"};
    schema at{.description = "when it happened: 2026-11-14T08:00:00.000000Z"};
};
template <>
struct glz::json_schema<suanpan::features::ApplyRequest> {
    schema events{.description = "as they happen; the caller has stored them", .maxItems = 10000};
};
template <>
struct glz::json_schema<suanpan::features::ApplyReply> {
    schema repeated{.description = "events that had come before"};
    schema changed_keys{.description = "keys whose values differ from the computed ones by now"};
};
