#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "platform/models/card.h"
#include "platform/store/shop.h"

// Trained versions of models: a folder each, and a row that says it counts.
namespace suanpan::models {

using Files = std::map<std::string, std::string>;  // name, "weights.safetensors", and bytes

// A version whose files are on disk beside their place, not yet registered.
struct Draft {
    Card card;
    std::filesystem::path folder;
};

// Writes the files and the card; completes the card by checksums, time and code version. Errors: invalid_argument where
// a name or version could leave the models folder; io and no_space of the disk.
[[nodiscard]] Result<Draft> write_draft(const store::Shop& shop, Card card, const Files& files);

// Within the caller's write: moves the folder to its place, then adds the row, and removes old versions and what a
// crash left behind. A version that is registered already stays as it is. The first version of a model serves at once.
// The shop's models.keep (default 5, at least 2) versions are kept, and always the one that serves, the one before it
// and those that an open decision names.
[[nodiscard]] Result<> add(store::Connection& connection, const store::Shop& shop, const Draft& draft);

struct Serving {
    std::string version;
    std::optional<std::string> previous;
};
[[nodiscard]] Result<std::optional<Serving>> serving(store::Connection& connection, const std::string& name);

[[nodiscard]] Result<bool> is_registered(store::Connection& connection, const std::string& name,
                                         const std::string& version);

struct Version {
    Card card;
    Files files;
};
// A registered version, its files checked against the card. Errors: not_found; io naming the file that is missing or
// is not what was registered.
[[nodiscard]] Result<Version> load(store::Connection& connection, const store::Shop& shop, const std::string& name,
                                   const std::string& version);
[[nodiscard]] Result<Card> card(store::Connection& connection, const std::string& name, const std::string& version);

[[nodiscard]] std::filesystem::path folder_of(const store::Shop& shop, const std::string& name,
                                              const std::string& version);

}  // namespace suanpan::models
