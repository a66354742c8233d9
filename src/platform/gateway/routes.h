#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/operations/request_schema.h"

namespace suanpan::gateway {

// One operation as HTTP sees it.
struct Route {
    const operations::Operation* operation;
    std::string path;  // "/v1/demand/forecast"
    std::vector<operations::RequestField> fields;
    std::size_t index;  // among all routes, for the metrics
};

class Routes {
  public:
    explicit Routes(const operations::Registry& registry);
    [[nodiscard]] const Route* find(std::string_view path) const;
    [[nodiscard]] const std::map<std::string, Route, std::less<>>& all() const { return routes_; }

  private:
    std::map<std::string, Route, std::less<>> routes_;
};

[[nodiscard]] std::string path_of(std::string_view operation);  // "demand.forecast": "/v1/demand/forecast"
[[nodiscard]] std::string path_of(const operations::Operation& operation);

}  // namespace suanpan::gateway
