#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "platform/operations/operation.h"
#include "platform/store/database.h"

namespace suanpan::gateway {

struct KeyRow {
    std::string key_id, name, role, secret_hash, created_by;
    Instant created_at;
    std::optional<Instant> revoked_at;
};

struct NewKey {
    KeyRow row;
    std::string text;  // "sp_<id>_<secret>", shown once
};

[[nodiscard]] NewKey make_key(std::string name, operations::Role role, std::string created_by);
[[nodiscard]] Result<std::vector<KeyRow>> read_keys(store::Database& database);

// The keys as of one version of the database, so that most requests are identified without asking it.
class KeyRing {
  public:
    explicit KeyRing(store::Database& database) : database_(database) {}

    [[nodiscard]] bool is_fresh() const;
    // To what was committed before the call; asks the database: never on a thread that must not wait.
    [[nodiscard]] Result<> refresh();

    // Errors: unauthenticated, for an unknown, a revoked and a malformed key alike.
    [[nodiscard]] Result<operations::Principal> principal_of(std::string_view key) const;

  private:
    struct Known {
        std::uint64_t version = 0;
        std::map<std::string, KeyRow, std::less<>> rows;  // by id, revoked ones left out
    };
    store::Database& database_;
    std::mutex refreshing_;
    std::atomic<std::shared_ptr<const Known>> known_;
};

}  // namespace suanpan::gateway
