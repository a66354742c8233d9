#pragma once

namespace suanpan::store {

// What a shop's database keeps in memory, in MiB, before it writes to its temporary files; the rest of the program
// comes on top. The option store.memory_mib of shop.yaml says otherwise.
inline constexpr double usual_memory_mib = 2560;
inline constexpr double least_memory_mib = 256;

}  // namespace suanpan::store
