#include "platform/operations/declare.h"

namespace suanpan::operations {
namespace {

struct Plain : glz::opts {
    bool write_type_info = false;
};

// A definition that is used in one place stands there.
void inline_definitions(glz::schema& schema) {
    std::map<std::string_view, std::size_t> uses;
    glz::detail::count_schema_refs(schema, uses);
    for (auto& [name, definition] : *schema.defs) glz::detail::inline_single_use_refs(definition, *schema.defs, uses);
    glz::detail::inline_single_use_refs(schema, *schema.defs, uses);
    glz::detail::prune_inlined_defs(schema, uses);
}

}  // namespace

std::string schema_text(glz::schema schema) {
    inline_definitions(schema);
    return glz::write<Plain{}>(schema).value_or("{}");
}

}  // namespace suanpan::operations
