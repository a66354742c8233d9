#include "areas/selection/embeddings/shop_models.h"
#include "areas/selection/selection.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ModelsRequest {};
struct InstalledModel {
    std::string kind, setting, folder, form;
    bool works = false;
    std::string problem, checksum;
    std::int64_t width = 0, dimensions = 0;
    bool in_vectors = false;
    std::int64_t items = 0, contents = 0, unread = 0;
    std::string unread_because;
};
struct ModelsReply {
    std::vector<InstalledModel> models;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::InstalledModel> {
    static constexpr FieldWords fields[] = {
        {"kind", "what it reads: text (titles) or picture"},
        {"setting", "what names its folder in shop.yaml"},
        {"folder", "its folder; empty: none is installed, and the title counts by its hashed words alone"},
        {"form", "onnx, or static: a matrix of tokens' vectors"},
        {"works", "it was read and gave a vector"},
        {"problem", "why it does not work, with what to do"},
        {"checksum", "of its files"},
        {"width", "numbers that it gives"},
        {"dimensions", "of an item's vector that are made of them"},
        {"in_vectors", "the newest vectors were made with this very model"},
        {"items", "that have it in the newest vectors"},
        {"contents", "different titles or pictures that are kept"},
        {"unread", "items whose picture could not be read"},
        {"unread_because", "why one of them could not"},
    };
};

namespace suanpan::selection {
namespace {

Result<InstalledModel> describe_model(const store::Shop& shop, ContentKind kind) {
    InstalledModel found;
    found.kind = name(kind);
    found.setting = "selection." + found.kind + "_model";
    found.folder = model_folder(shop, kind).string();
    std::string made_with;
    TRY(shop.database().read([&](store::Connection& connection) -> Result<> {
        const auto counts = TRY(count_cache(connection, kind));
        found.items = counts.items;
        found.contents = counts.contents;
        found.unread = counts.unread;
        found.unread_because = counts.problem;
        made_with = TRY(read_cached_model(connection, kind)).checksum;
        return {};
    }));
    if (found.folder.empty()) return found;
    const auto model = read_model(shop, kind);
    if (!model) {
        found.problem = model.error().text();
        return found;
    }
    found.works = true;
    found.form = (*model)->form();
    found.checksum = (*model)->checksum();
    found.width = static_cast<std::int64_t>((*model)->width());
    found.dimensions = embedded_dimensions;
    found.in_vectors = found.checksum == made_with;
    return found;
}

Result<ModelsReply> list_models(operations::Context& context, const ModelsRequest&) {
    ModelsReply reply;
    for (const auto kind : content_kinds) reply.models.push_back(TRY(describe_model(context.shop, kind)));
    return reply;
}

}  // namespace

void add_models_operation(operations::Registry& registry) {
    registry.add(operations::declare<ModelsRequest, ModelsReply>(
        {.name = "selection.models",
         .summary =
             {"The models of titles and pictures that the shop installed: whether they work, and which items have them",
              "店铺安装的标题与图片模型：能否运行，以及哪些商品已有其向量"}},
        list_models));
}

}  // namespace suanpan::selection
