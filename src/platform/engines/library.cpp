#include "platform/engines/library.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace suanpan::engines {
namespace {

namespace fs = std::filesystem;

// OpenMP's threads wait by spinning unless they are told otherwise as it is loaded; on busy cores they then wait for
// one another most of the time.
Library open(const char* place) {
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    void* handle = ::dlopen(place, RTLD_NOW | RTLD_LOCAL);
    return {handle, handle == nullptr ? ::dlerror() : "a function is missing in it"};
}

std::vector<fs::path> places_of(const char* file_name) {
    std::vector<fs::path> places;
    if (const char* named = std::getenv("SUANPAN_ENGINES")) places.emplace_back(fs::path(named) / file_name);
    std::error_code error;
    auto folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (int up = 0; up < 5 && folder.has_relative_path(); ++up, folder = folder.parent_path())
        places.push_back(folder / "lib" / file_name);
    return places;
}

}  // namespace

Library open_installed(const char* file_name) {
    return open(file_name);
}

Library open_shipped(const char* file_name) {
    Library library{.why = "there is no " + std::string(file_name)};
    for (const auto& place : places_of(file_name))
        if (fs::exists(place) && library.handle == nullptr) library = open(place.c_str());
    return library;
}

}  // namespace suanpan::engines
