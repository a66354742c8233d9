#include "areas/demand/name_list.h"

#include <fmt/format.h>

#include "platform/operations/json.h"

namespace suanpan::demand {

using operations::Json;

std::string names_text(const std::vector<std::string>& names) {
    Json::array_t list;
    for (const auto& name : names) list.emplace_back(name);
    return operations::to_text(Json(std::move(list)));
}

Result<std::vector<std::string>> names_of(const models::Tensors& all, const std::string& key, const std::string& file) {
    const auto broken = [&](std::string_view what) {
        return fail(ErrorCode::invalid_argument,
                    fmt::format("its metadata's \"{}\" {}; restore the file from a backup or train again", key, what),
                    file);
    };
    const auto text = all.metadata.find(key);
    if (text == all.metadata.end()) return broken("is missing");
    const auto list = operations::parse_json(text->second);
    if (!list || !list->is_array()) return broken("is no list");
    std::vector<std::string> names;
    for (const auto& name : list->get_array()) {
        if (!name.is_string()) return broken("holds what is no text");
        names.push_back(name.get_string());
    }
    return names;
}

}  // namespace suanpan::demand
