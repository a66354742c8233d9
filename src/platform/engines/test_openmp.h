#pragma once

#include <fstream>
#include <set>
#include <string>

namespace suanpan::engines {

// The files of OpenMP runtimes that are loaded into this process.
inline std::set<std::string> openmp_runtimes() {
    std::set<std::string> runtimes;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        for (const auto* name : {"libgomp", "libomp", "libiomp"})
            if (line.contains(name)) runtimes.insert(line.substr(line.find('/')));
    return runtimes;
}

}  // namespace suanpan::engines
