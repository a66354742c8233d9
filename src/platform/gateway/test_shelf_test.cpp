#include <algorithm>
#include <thread>

#include "platform/gateway/test_server.h"
#include "platform/operations/declare.h"

namespace suanpan::gateway {

struct ListItems {
    std::vector<std::string> names;
    std::int64_t least_units = 0;
    bool sold_out = false;
};
struct Item {
    std::string name;
    std::int64_t units = 0;
};
struct Items {
    std::vector<Item> items;
};
struct PutItem {
    std::string name;
    std::int64_t units = 0;
};
struct Written {
    std::int64_t rows = 0;
};
struct FindItem {
    std::string name;
};
struct Found {
    std::string name, asked_by;
};
struct Steps {
    std::int64_t steps = 5;
    std::int64_t milliseconds = 60;
};
struct Stepped {
    std::int64_t steps = 0;
};

}  // namespace suanpan::gateway

template <>
struct suanpan::operations::Described<suanpan::gateway::PutItem> {
    static constexpr FieldWords fields[] = {
        {"name", "of the item", {.max_length = 20}},
        {"units", "on the shelf", {.default_value = "0", .minimum = 0, .maximum = 1000}},
    };
};

namespace suanpan::gateway {
namespace {

using operations::Context;

Result<Items> list_items(Context& context, const ListItems& request) {
    Items reply;
    reply.items = TRY(context.shop.database().read([&](store::Connection& connection) {
        return connection.rows<Item>("SELECT name, units FROM shelf.item WHERE units >= ? ORDER BY name",
                                     request.least_units);
    }));
    if (!request.names.empty())
        std::erase_if(reply.items, [&](const Item& item) { return !std::ranges::contains(request.names, item.name); });
    return reply;
}

Result<Written> put_item(Context& context, const PutItem& request) {
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        TRY(connection.query("INSERT INTO shelf.item VALUES (?, ?)", request.name, request.units));
        return {};
    }));
    return Written{TRY(context.shop.database().read(
        [](store::Connection& connection) { return connection.count("SELECT count(*) FROM shelf.item"); }))};
}

// Slow enough that others come meanwhile; they are to be answered together.
std::vector<Result<Found>> find_items(Context& context, std::span<const FindItem> requests) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::vector<Result<Found>> replies;
    for (const auto& [name] : requests) {
        if (name.starts_with("no"))
            replies.emplace_back(fail(ErrorCode::not_found, "there is no such item", name));
        else
            replies.emplace_back(Found{name, context.principal.name});
    }
    return replies;
}

Result<Stepped> work_slowly(Context& context, const Steps& request) {
    for (std::int64_t step = 1; step <= request.steps; ++step) {
        if (context.stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped");
        std::this_thread::sleep_for(std::chrono::milliseconds(request.milliseconds));
        context.progress({"counting", static_cast<double>(step), static_cast<double>(request.steps), "steps"});
    }
    if (request.steps == 13) return fail(ErrorCode::conflict, "thirteen is not counted", "steps");
    return Stepped{request.steps};
}

}  // namespace

store::Schema shelf_schema() {
    return {"shelf", "-- version 1\nCREATE SCHEMA shelf;\nCREATE TABLE shelf.item (name VARCHAR, units BIGINT);\n"};
}

void add_shelf(operations::Registry& registry, ShelfCounts& counts) {
    registry.add(operations::declare<ListItems, Items>({.name = "shelf.list", .summary = {"Lists items", "列出商品"}},
                                                       [&counts](Context& context, const ListItems& request) {
                                                           ++counts.lists;
                                                           return list_items(context, request);
                                                       }));
    registry.add(operations::declare<PutItem, Written>({.name = "shelf.put",
                                                        .summary = {"Puts an item on the shelf", "上架商品"},
                                                        .role = operations::Role::editor,
                                                        .effect = operations::Effect::changes,
                                                        .required = {"name"}},
                                                       [&counts](Context& context, const PutItem& request) {
                                                           ++counts.puts;
                                                           return put_item(context, request);
                                                       }));
    registry.add(operations::declare_many<FindItem, Found>(
        {.name = "shelf.find", .summary = {"Finds an item", "查找商品"}, .required = {"name"}},
        [&counts](Context& context, std::span<const FindItem> requests) {
            ++counts.finds;
            return find_items(context, requests);
        }));
    registry.add(
        operations::declare_many<FindItem, Found>({.name = "shelf.take",
                                                   .summary = {"Takes an item", "取走商品"},
                                                   .role = operations::Role::editor,
                                                   .effect = operations::Effect::changes,
                                                   .seen = {"name"}},
                                                  [&counts](Context& context, std::span<const FindItem> requests) {
                                                      ++counts.takes;
                                                      return find_items(context, requests);
                                                  }));
    registry.add(operations::declare<Steps, Stepped>({.name = "shelf.count_slowly",
                                                      .summary = {"Counts slowly", "慢慢清点"},
                                                      .effect = operations::Effect::proposes,
                                                      .long_work = true},
                                                     work_slowly));
    registry.add(operations::declare<ListItems, Items>(
        {.name = "shelf.items",
         .summary = {"Lists items", "列出商品"},
         .deprecated =
             operations::Deprecation{parse_day("2026-01-02").value(), parse_day("2027-01-02").value(), "shelf.list"}},
        list_items));
    registry.add(
        operations::declare<Steps, Stepped>({.name = "shelf.wait", .summary = {"Waits", "等待"}}, work_slowly));
}

}  // namespace suanpan::gateway
