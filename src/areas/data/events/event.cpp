#include "areas/data/events/event.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <charconv>
#include <cmath>

#include "areas/data/csv/csv.h"
#include "platform/base/money.h"
#include "platform/operations/json.h"

namespace suanpan::data {
namespace {

using operations::Json;

constexpr std::size_t longest_text = 1'000, most_items = 1'000;
constexpr double largest_count = 1e12;

std::unexpected<Error> wrong(std::string reason) {
    return fail(ErrorCode::invalid_argument, std::move(reason));
}

const Json* present(const Json* object, std::string_view name) {
    const auto* value = object == nullptr ? nullptr : operations::member(*object, name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

// A text, or a number in its place, as senders mix them.
Result<std::optional<std::string>> text(const Json* object, std::string_view name) {
    const auto* value = present(object, name);
    if (value == nullptr) return std::nullopt;
    auto all = value->is_string() ? value->get_string() : value->dump().value_or("");
    if (!value->is_string() && !value->is_number()) return wrong(fmt::format("\"{}\" is not a text", name));
    if (all.size() > longest_text) return wrong(fmt::format("\"{}\" is longer than {} bytes", name, longest_text));
    if (all.contains('\0') || !csv::is_utf8(all)) return wrong(fmt::format("\"{}\" is no text in UTF-8", name));
    if (all.empty()) return std::nullopt;
    return all;
}

Result<std::optional<double>> number(const Json* object, std::string_view name) {
    const auto* value = present(object, name);
    if (value == nullptr) return std::nullopt;
    double found = 0;
    if (value->is_number()) {
        found = operations::as_number(*value);
    } else if (value->is_string()) {
        const auto& all = value->get_string();
        const auto [stop, error] = std::from_chars(all.data(), all.data() + all.size(), found);
        if (error != std::errc{} || stop != all.data() + all.size())
            return wrong(fmt::format("\"{}\" is not a number", name));
    } else {
        return wrong(fmt::format("\"{}\" is not a number", name));
    }
    if (!std::isfinite(found) || std::abs(found) > largest_count * 1e6)
        return wrong(fmt::format("\"{}\" is beyond what can be counted", name));
    return found;
}

Result<std::optional<std::int64_t>> whole(const Json* object, std::string_view name, double least) {
    const auto found = TRY(number(object, name));
    if (!found) return std::nullopt;
    if (*found != std::floor(*found) || *found < least || *found > largest_count)
        return wrong(fmt::format("\"{}\" is not a whole number from {} on", name, least));
    return static_cast<std::int64_t>(*found);
}

Result<std::optional<std::int64_t>> minor_units(std::optional<double> amount, std::string_view currency) {
    if (!amount) return std::nullopt;
    const auto scaled = *amount * std::pow(10, minor_digits(currency));
    if (std::abs(scaled) > largest_count * 1e3) return wrong("\"value\" is beyond what can be counted");
    return std::llround(scaled);
}

// The first of several names that has a text.
Result<std::optional<std::string>> text_of(std::initializer_list<std::pair<const Json*, std::string_view>> places) {
    for (const auto& [object, name] : places)
        if (auto found = TRY(text(object, name))) return found;
    return std::nullopt;
}

Result<Instant> moment(const Json& event, const Json* params, const EventDefaults& defaults) {
    const auto* object = present(&event, "timestamp_micros") != nullptr ? &event : params;
    const auto micros = TRY(number(object, "timestamp_micros"));
    if (!micros) return defaults.received_at;
    const Instant at(std::chrono::microseconds(static_cast<std::int64_t>(*micros)));
    constexpr auto earliest = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);
    if (at < earliest)
        return wrong("\"timestamp_micros\" is before the year 2000; it counts microseconds since 1970 in UTC");
    if (at > defaults.received_at + std::chrono::days(1))
        return wrong("\"timestamp_micros\" is more than a day ahead; it counts microseconds since 1970 in UTC");
    return at;
}

std::string made_id(std::string_view json, const EventDefaults& defaults) {
    std::array<unsigned char, 16> digest{};
    const auto content = fmt::format("{}\n{}\n{}", defaults.client_id, defaults.user_id, json);
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(content.data()),
                       content.size(), nullptr, 0);
    std::string id;
    for (const auto byte : digest) id += fmt::format("{:02x}", byte);
    return id;
}

Result<std::string> id_of(const Json& event, std::string_view json, const EventDefaults& defaults) {
    auto told = TRY(text(&event, "event_id"));
    if (!told) told = TRY(text(present(&event, "params"), "event_id"));
    return told ? *told : made_id(json, defaults);
}

// What an item's row tells; `params` where the item does not.
Result<> fill(EventRow& row, const Json* item, const Json* params, std::string_view currency) {
    row.item_id = TRY(text_of({{item, "item_id"}, {item, "id"}}));
    row.list_id = TRY(text_of(
        {{item, "item_list_id"}, {params, "item_list_id"}, {item, "item_list_name"}, {params, "item_list_name"}}));
    row.quantity = TRY(whole(item, "quantity", 0));
    row.position = TRY(whole(item, "position", 1));
    // The index of Google's examples counts from 0.
    if (!row.position)
        if (const auto index = TRY(whole(item, "index", 0))) row.position = *index + 1;
    row.propensity = TRY(number(item, "propensity"));
    if (row.propensity && !(*row.propensity > 0 && *row.propensity <= 1))
        return wrong("\"propensity\" is not within 0 and 1; it is how probable the showing was");
    auto worth = TRY(number(item, "price"));
    if (worth) worth = *worth * static_cast<double>(row.quantity.value_or(1));
    row.value = TRY(minor_units(worth, currency));
    return {};
}

Result<EventRow> common_row(const Json& event, std::string_view json, const EventDefaults& defaults) {
    const auto* params = present(&event, "params");
    if (params != nullptr && !params->is_object()) return wrong("\"params\" is not an object");
    auto name = TRY(text(&event, "name"));
    if (!name) name = TRY(text(&event, "event_name"));
    if (!name) return wrong("\"name\" is missing: view_item, add_to_cart, purchase and so on");
    EventRow row{.event_id = TRY(id_of(event, json, defaults)),
                 .event_name = *name,
                 .occurred_at = TRY(moment(event, params, defaults))};
    row.day = defaults.time_zone->day_of(row.occurred_at);
    row.customer_id = TRY(text_of({{&event, "user_id"}, {params, "user_id"}}));
    if (!row.customer_id && !defaults.user_id.empty()) row.customer_id = defaults.user_id;
    if (!row.customer_id) row.customer_id = TRY(text_of({{&event, "client_id"}, {params, "client_id"}}));
    if (!row.customer_id && !defaults.client_id.empty()) row.customer_id = defaults.client_id;
    row.session_id = TRY(text_of({{params, "session_id"}, {params, "ga_session_id"}}));
    row.place_id = TRY(text_of({{&event, "place_id"}, {params, "place_id"}}));
    row.order_id = TRY(text(params, "transaction_id"));
    const auto currency = TRY(text(params, "currency"));
    if (currency && *currency != defaults.currency)
        return wrong(fmt::format("\"currency\" is {}, the shop counts in {}; convert the amounts", *currency,
                                 defaults.currency));
    return row;
}

Result<Json> parse(std::string_view json) {
    auto event = operations::parse_json(json);
    if (!event || !event->is_object()) return wrong("the event is no JSON object");
    return *std::move(event);
}

}  // namespace

std::string event_id_of(std::string_view json) {
    const auto event = operations::parse_json(json);
    if (!event || !event->is_object()) return {};
    const auto id = text(&*event, "event_id");
    return id ? id->value_or("") : "";
}

Result<std::vector<EventRow>> parse_event(std::string_view json, const EventDefaults& defaults) {
    const auto event = TRY(parse(json));
    const auto common = TRY(common_row(event, json, defaults));
    const auto* params = present(&event, "params");
    const auto* items = present(params, "items");
    std::vector<EventRow> rows;
    if (items == nullptr) {
        rows.push_back(common);
        TRY(fill(rows.back(), params, nullptr, defaults.currency));
        rows.back().value = TRY(minor_units(TRY(number(params, "value")), defaults.currency));
        return rows;
    }
    if (!items->is_array() || items->get_array().size() > most_items)
        return wrong(fmt::format("\"items\" is not an array of at most {}", most_items));
    for (const auto& item : items->get_array()) {
        if (!item.is_object()) return wrong("an item is not an object");
        auto& row = rows.emplace_back(common);
        if (rows.size() > 1) row.event_id += fmt::format("#{}", rows.size());
        TRY(fill(row, &item, params, defaults.currency));
        if (!row.item_id) return wrong(fmt::format("item {} has no \"item_id\"", rows.size()));
    }
    if (rows.empty()) rows.push_back(common);
    if (rows.size() == 1 && !rows[0].value)
        rows[0].value = TRY(minor_units(TRY(number(params, "value")), defaults.currency));
    return rows;
}

}  // namespace suanpan::data
