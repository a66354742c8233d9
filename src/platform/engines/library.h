#pragma once

#include <dlfcn.h>

#include <string>

// Libraries that are opened when they are first needed, and stay open until the process ends.
namespace suanpan::engines {

struct Library {
    void* handle = nullptr;
    std::string why;  // it is not open

    // Sets `function` to the one of this name; false where there is none, or no library.
    template <class Function>
    bool find(const char* name, Function& function) const {
        function = handle == nullptr ? nullptr : reinterpret_cast<Function>(::dlsym(handle, name));
        return function != nullptr;
    }
};

// By the system's search, or from a folder lib beside the program's or above it, or from the one that SUANPAN_ENGINES
// names.
[[nodiscard]] Library open_installed(const char* file_name);
[[nodiscard]] Library open_shipped(const char* file_name);

}  // namespace suanpan::engines
