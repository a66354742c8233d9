#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "platform/engines/torch_network.h"

namespace suanpan::engines {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "libsuanpan_torch.so";
constexpr const char* entry_name = "suanpan_torch_network";

using Entry = Network* (*)(const NetworkShape*, const NetworkOptions*, Error*);

std::vector<fs::path> places() {
    std::vector<fs::path> places;
    if (const char* named = std::getenv("SUANPAN_ENGINES")) places.emplace_back(fs::path(named) / file_name);
    std::error_code error;
    auto folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (int up = 0; up < 5 && folder.has_relative_path(); ++up, folder = folder.parent_path())
        places.push_back(folder / "lib" / file_name);
    return places;
}

Result<Entry> open() {
    // As for LightGBM: OpenMP's threads must not wait by spinning on busy cores.
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    std::string why = "there is no " + std::string(file_name);
    for (const auto& place : places()) {
        if (!fs::exists(place)) continue;
        if (void* library = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) {
            if (void* entry = ::dlsym(library, entry_name)) return reinterpret_cast<Entry>(entry);
        }
        why = ::dlerror();
    }
    return fail(
        ErrorCode::unavailable,
        fmt::format("networks need libtorch, and it cannot be loaded: {}. Install it (Debian: libtorch-dev) and "
                    "build again with ./dev build, which puts the library into lib; or name its folder with "
                    "SUANPAN_ENGINES",
                    why),
        file_name);
}

Result<> check(const NetworkShape& shape, const NetworkOptions& options) {
    const bool good = shape.past_columns > 0 && shape.future_columns > 0 && shape.horizon > 0 && shape.channels > 0 &&
                      shape.blocks > 0 && shape.blocks <= 12 && shape.kernel > 1 && shape.hidden > 0 &&
                      shape.embedding > 0 && shape.regions >= 0 && !shape.quantiles.empty();
    if (!good)
        return fail(ErrorCode::invalid_argument,
                    "a network needs at least one column, period, channel and quantile, 1 to 12 blocks and a kernel of "
                    "2 or more");
    for (const int values : shape.categories)
        if (values < 1) return fail(ErrorCode::invalid_argument, "a category of a network needs at least one value");
    const auto regions = static_cast<std::size_t>(shape.regions);
    if (!options.adjacency.empty() && options.adjacency.size() != regions * regions)
        return fail(ErrorCode::invalid_argument, fmt::format("{} regions need an adjacency of {} numbers, not {}",
                                                             regions, regions * regions, options.adjacency.size()));
    return {};
}

}  // namespace

Result<std::unique_ptr<Network>> make_network(const NetworkShape& shape, const NetworkOptions& options) {
    static const auto entry = open();  // stays loaded until the process ends
    TRY(check(shape, options));
    if (!entry) return std::unexpected(entry.error());
    Error error;
    std::unique_ptr<Network> network((*entry)(&shape, &options, &error));
    if (!network) return std::unexpected(error);
    return network;
}

}  // namespace suanpan::engines
