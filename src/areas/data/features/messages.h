#pragma once

#include <cstdint>
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
struct suanpan::operations::Described<suanpan::features::ListRequest> {
    static constexpr FieldWords fields[] = {
        {"entity", "item, customer, item_place or customer_item; empty: all"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ShowRequest> {
    static constexpr FieldWords fields[] = {
        {"feature", "its name, such as item_units_28d"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::SqlRequest> {
    static constexpr FieldWords fields[] = {
        {"entity", "item, customer, item_place or customer_item"},
        {"dialect", "duckdb, or spark over the files of data.export with its session in UTC"},
        {"moment", "a day (its beginning) or an instant; empty: now, or the end of the data if earlier"},
        {"features", "names of features; empty: all of the entity", {.max_items = 2000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::SqlReply> {
    static constexpr FieldWords fields[] = {
        {"tables", "what it reads, as data.export names them in the schema `data`"},
        {"sql", "one query: the entity's keys, moment and a column a feature"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ComputeRequest> {
    static constexpr FieldWords fields[] = {
        {"entities", "item, customer, item_place, customer_item; empty: all", {.max_items = 4}},
        {"moment", "a day (its beginning) or an instant; empty: now, or the end of the data if earlier"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::TrainingRequest> {
    static constexpr FieldWords fields[] = {
        {"entity", "what a row of the labels is about: item, customer, item_place or customer_item"},
        {"labels", "CSV or Parquet with the entity's keys and `moment`; other columns are kept", {.max_items = 100}},
        {"features", "names of features; empty: all of the entity", {.max_items = 2000}},
        {"format", "parquet or csv"},
        {"sample", "so many rows, drawn by the seed; 0: all", {.minimum = 0}},
        {"seed", "of the sample; kept in the file beside"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ReadRequest> {
    static constexpr FieldWords fields[] = {
        {"entity", "item, customer, item_place or customer_item"},
        {"ids", "first keys", {.max_items = 10000}},
        {"seconds",
         "second keys, as many as ids: place_id of an item_place, item_id of a customer_item",
         {.max_items = 10000}},
        {"features", "names of features; empty: all of the entity", {.max_items = 2000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ReadReply> {
    static constexpr FieldWords fields[] = {
        {"moment", "when the values were computed; pushed events since then are counted in"},
        {"rows", "as the ids were given; values as `features` names them, null where there is none"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::PushedEvent> {
    static constexpr FieldWords fields[] = {
        {"id", "an id that came before is not counted again"},
        {"kind", "order_line or return_line"},
        {"unit_price", "minor units of the shop's currency"},
        {"at", "when it happened: 2026-11-14T08:00:00.000000Z"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ApplyRequest> {
    static constexpr FieldWords fields[] = {
        {"events", "as they happen; the caller has stored them", {.max_items = 10000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::features::ApplyReply> {
    static constexpr FieldWords fields[] = {
        {"repeated", "events that had come before"},
        {"changed_keys", "keys whose values differ from the computed ones by now"},
    };
};
