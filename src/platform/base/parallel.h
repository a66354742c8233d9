#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace suanpan {

// As many as are asked for; 0: as many as the machine has.
inline std::size_t thread_count(int threads) {
    return threads > 0 ? static_cast<std::size_t>(threads) : std::max(1U, std::thread::hardware_concurrency());
}

// Calls `one` for 0 to count - 1 on some threads (0: as many as the machine has), each number once, in no order.
template <class Function>
void in_parallel(std::size_t count, int threads, const Function& one) {
    const auto most = thread_count(threads);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < count;) one(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < std::min(most, count); ++t) helpers.emplace_back(work);
    work();
}

// Calls `one` at the same time for slices of 0 to count - 1 that follow one another, some of which may be empty: with
// the slice's number, its first and one past its last.
template <class Function>
void in_slices(std::size_t count, std::size_t slices, const Function& one) {
    in_parallel(slices, 0,
                [&](std::size_t slice) { one(slice, slice * count / slices, (slice + 1) * count / slices); });
}

}  // namespace suanpan
