#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace suanpan {

// Calls `one` for 0 to count - 1 on some threads (0: as many as the machine has), each number once, in no order.
template <class Function>
void in_parallel(std::size_t count, int threads, const Function& one) {
    const auto most =
        threads > 0 ? static_cast<std::size_t>(threads) : std::max(1U, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < count;) one(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < std::min(most, count); ++t) helpers.emplace_back(work);
    work();
}

}  // namespace suanpan
