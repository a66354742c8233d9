#pragma once

#include <string>
#include <vector>

#include "platform/operations/operation.h"

namespace suanpan::gateway {

struct Page {
    std::string file;  // "demand.md", within docs/reference
    std::string text;  // Markdown
};

// One page an area and README.md, which lists them. The same registry gives the same bytes.
[[nodiscard]] std::vector<Page> reference(const operations::Registry& registry);

}  // namespace suanpan::gateway
