#include <fmt/format.h>

#include "platform/engines/library.h"
#include "platform/engines/torch_network.h"

namespace suanpan::engines {
namespace {

using Entry = Network* (*)(const NetworkShape*, const NetworkOptions*, Error*);

Result<Entry> open_torch() {
    constexpr const char* file_name = "libsuanpan_torch.so";
    const auto library = open_shipped(file_name);
    Entry entry = nullptr;
    if (library.find("suanpan_torch_network", entry)) return entry;
    return fail(
        ErrorCode::unavailable,
        fmt::format("networks need libtorch, and it cannot be loaded: {}. Install it (Debian: libtorch-dev) and "
                    "build again with ./dev build, which puts the library into lib; or name its folder with "
                    "SUANPAN_ENGINES",
                    library.why),
        file_name);
}

Result<> check_shape(const NetworkShape& shape, const NetworkOptions& options) {
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
    static const auto entry = open_torch();  // stays loaded until the process ends
    TRY(check_shape(shape, options));
    if (!entry) return std::unexpected(entry.error());
    Error error;
    std::unique_ptr<Network> network((*entry)(&shape, &options, &error));
    if (!network) return std::unexpected(error);
    return network;
}

}  // namespace suanpan::engines
