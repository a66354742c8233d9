#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "areas/data/features/calls.h"
#include "areas/data/features/compute.h"

namespace suanpan::features {
namespace {

constexpr std::string_view prefix = "block_";

struct Script {
    const Declarations& declared;
    Entity entity;
    std::vector<const Feature*> wanted;
    Frame frame;
};

std::string query(const Script& script) {
    const auto blocks = blocks_of(with_uses(script.declared, script.wanted), script.declared);
    auto frame = script.frame;
    frame.keys = key_list(script.entity);
    std::vector<std::string> counted;
    for (const auto& block : blocks)
        counted.push_back(fmt::format("{}{} AS (\n{}\n)", prefix, block.name(), block_sql(block, frame)));
    auto keep = frame.keys;
    keep.emplace_back("moment");
    const auto assembled = assemble_sql(script.declared, script.wanted,
                                        {.base = population_sql(script.entity, blocks, frame.moment, prefix),
                                         .keep = keep,
                                         .join_keys = frame.keys,
                                         .block_prefix = std::string(prefix),
                                         .dialect = frame.dialect});
    return counted.empty() ? assembled : fmt::format("WITH {}\n{}", join(counted, ", "), assembled);
}

std::vector<std::string> tables_of(const Script& script) {
    std::set<std::string> tables;
    if (script.entity == Entity::item) tables.insert("data.product");
    if (script.entity == Entity::customer) tables.insert("data.customer");
    if (!script.frame.late.empty()) tables.insert(script.frame.late);
    for (const auto& block : blocks_of(with_uses(script.declared, script.wanted), script.declared))
        tables.insert(block.stream->tables.begin(), block.stream->tables.end());
    return {tables.begin(), tables.end()};
}

// A declaration in words of one engine alone would fail there, or worse, mean something else.
Result<> only_shared(const Declarations& declared, const std::vector<const Feature*>& wanted) {
    for (const auto* feature : with_uses(declared, wanted)) {
        auto foreign = unshared_functions(feature->sql);
        if (!feature->derived())
            foreign.append_range(unshared_functions(declared.streams.find(feature->stream)->second.sql));
        if (!foreign.empty())
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("{} calls {}, which DuckDB and Spark do not share; leave the feature out, or declare "
                            "it without",
                            feature->name, fmt::join(foreign, ", ")),
                feature->about);
    }
    return {};
}

}  // namespace

Result<SqlReply> sql(Shelf& shelf, Context& context, const SqlRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    const auto entity = TRY(parse_entity(request.entity));
    const auto dialect = TRY(parse_dialect(request.dialect));
    const auto wanted = TRY(chosen(*declared, entity, request.features));
    if (dialect == Dialect::spark) TRY(only_shared(*declared, wanted));
    auto connection = TRY(context.shop.database().connect());
    const auto asked = TRY(asked_moment(context.shop, request.moment));
    const auto moment = asked ? *asked : TRY(default_moment(connection, context.shop));
    const auto arrival = TRY(arrivals(connection, context.shop, moment, moment));
    const auto live_since = arrival.live_since ? instant_literal(*arrival.live_since, dialect)
                                               : fmt::format("CAST(NULL AS {})", sql_type(ValueType::instant, dialect));
    const Script script{*declared,
                        entity,
                        wanted,
                        {.moment = instant_literal(moment, dialect),
                         .late = arrival.any_late ? "data.load" : "",
                         .live_from = live_since,
                         .time_zone = context.shop.time_zone().name(),
                         .dialect = dialect}};
    return SqlReply{request.entity, request.dialect, format(moment), tables_of(script), query(script)};
}

}  // namespace suanpan::features
