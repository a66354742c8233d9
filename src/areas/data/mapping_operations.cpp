#include <fmt/format.h>

#include <algorithm>

#include "areas/data/mapping_check.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data {

struct MappingRequest {};

struct MappingReply {
    std::string text;
    std::vector<std::string> sources;
};

struct ReplaceMappingRequest {
    std::string text;
    std::string file;
    bool check_only = false;
};

struct ReplaceMappingReply {
    bool replaced = false;
    std::vector<std::string> sources;
    std::vector<std::string> sources_gone;
};

}  // namespace suanpan::data

template <>
struct suanpan::operations::Described<suanpan::data::ReplaceMappingRequest> {
    static constexpr FieldWords fields[] = {
        {"text", "the new mapping as YAML"},
        {"file", "or a file of the machine that holds it"},
        {"check_only", "only say whether it could be put in place"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::ReplaceMappingReply> {
    static constexpr FieldWords fields[] = {
        {"sources_gone", "sources of the mapping before that this one has no longer"},
    };
};

namespace suanpan::data {
namespace {

using operations::Context;

std::vector<std::string> names_of(const Mapping& mapping) {
    std::vector<std::string> names;
    for (const auto& source : mapping.sources) names.push_back(source.name);
    return names;
}

Result<MappingReply> show(Context& context, const MappingRequest&) {
    const auto mapping = TRY(shop_mapping(context.shop));
    return MappingReply{mapping.text, names_of(mapping)};
}

Result<ReplaceMappingReply> replace(Context& context, const ReplaceMappingRequest& request) {
    if (request.text.empty() == request.file.empty())
        return fail(ErrorCode::invalid_argument, "give the mapping as text, or a file that holds it", "text");
    const auto text = request.file.empty() ? request.text : TRY(store::read_file(request.file));
    const auto mapping = TRY(parse_mapping(text, request.file.empty() ? "mapping" : request.file));
    auto connection = TRY(context.shop.database().connect());
    TRY(refuse_problems(TRY(check_mapping(connection, mapping)), "cannot be computed", "; nothing was changed"));
    ReplaceMappingReply reply{.sources = names_of(mapping)};
    if (const auto old = shop_mapping(context.shop))
        for (const auto& source : old->sources)
            if (!std::ranges::contains(reply.sources, source.name)) reply.sources_gone.push_back(source.name);
    if (request.check_only) return reply;
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        TRY(connection.query("INSERT INTO data.mapping_version VALUES (?, ?, ?)", now(), context.principal.name, text));
        return {};
    }));
    TRY(store::write_file(context.shop.folder() / "mapping.yaml", text));
    reply.replaced = true;
    return reply;
}

}  // namespace

void add_mapping_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<MappingRequest, MappingReply>(
        {.name = "data.mapping",
         .summary = {"Shows how the shop's files become its tables", "查看店铺文件到数据表的映射"},
         .role = operations::Role::editor},
        show));
    registry.add(declare<ReplaceMappingRequest, ReplaceMappingReply>(
        {.name = "data.replace_mapping",
         .summary = {"Checks a mapping and puts it in the place of the shop's; the rows set aside come again with "
                     "data.replay",
                     "检查新映射并替换店铺的映射；之后可用 data.replay 重新处理被隔离的行"},
         .role = operations::Role::admin,  // its expressions are run by the store
         .effect = operations::Effect::changes,
         .idempotent = true,
         .positional = {"file"}},
        replace));
}

}  // namespace suanpan::data
