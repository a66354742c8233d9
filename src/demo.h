#pragma once

#include <string>
#include <vector>

#include "command.h"

namespace suanpan {

// `suanpan demo [--shop DIR] [--port N] [--no-serve]`: simulates a shop, loads its exports by the ordinary way, runs
// the loop, prints the ten most urgent orders with their reasons, and serves the shop.
Result<> demo(const Program& program, const std::vector<std::string>& words);

}  // namespace suanpan
