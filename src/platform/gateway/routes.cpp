#include "platform/gateway/routes.h"

#include <algorithm>

namespace suanpan::gateway {

std::string path_of(std::string_view operation) {
    auto path = "/v1/" + std::string(operation);
    std::ranges::replace(path, '.', '/');
    return path;
}

std::string path_of(const operations::Operation& operation) {
    return path_of(operation.name);
}

Routes::Routes(const operations::Registry& registry) {
    for (const auto& operation : registry.all()) {
        auto path = path_of(operation);
        routes_.try_emplace(path, Route{&operation, path, operations::request_fields(operation), routes_.size()});
    }
}

const Route* Routes::find(std::string_view path) const {
    const auto found = routes_.find(path);
    return found == routes_.end() ? nullptr : &found->second;
}

}  // namespace suanpan::gateway
