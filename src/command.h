#pragma once

#include <functional>
#include <string>
#include <vector>

#include "platform/operations/operation.h"
#include "platform/settings/option.h"
#include "platform/store/schema.h"

namespace suanpan {

// What an area or a part of the platform brings along.
struct Part {
    store::Schema schema;
    std::function<void(operations::Registry&)> add_operations;
};

struct Program {
    std::vector<store::Schema> schemas;
    operations::Registry operations;
    settings::Sections settings;

    void add(const Part& part) {
        if (!part.schema.area.empty()) schemas.push_back(part.schema);
        if (part.add_operations) part.add_operations(operations);
    }
};

// `suanpan serve SHOP [--port N] [--address A]`: the operations over HTTP and MCP, until it is stopped.
Result<> serve(const Program& program, const std::vector<std::string>& words);

// Runs one command line and gives the exit status: 0, or that of the error, which is printed to standard error.
int run_command(const Program& program, const std::vector<std::string>& words);

}  // namespace suanpan
