#include "platform/gateway/keys.h"

#include "platform/gateway/secrets.h"

namespace suanpan::gateway {
namespace {

constexpr std::string_view prefix = "sp_";

std::unexpected<Error> refused() {
    return fail(ErrorCode::unauthenticated, "the key is unknown or revoked; make one with: suanpan keys create SHOP");
}

}  // namespace

NewKey make_key(std::string name, operations::Role role, std::string created_by) {
    const auto id = random_hex(8);
    const auto secret = random_hex(32);
    KeyRow row{.key_id = id,
               .name = std::move(name),
               .role = std::string(operations::name(role)),
               .secret_hash = hash_hex(secret),
               .created_by = std::move(created_by),
               .created_at = now()};
    return {std::move(row), std::string(prefix) + id + "_" + secret};
}

Result<std::vector<KeyRow>> read_keys(store::Database& database) {
    return database.read([](store::Connection& connection) {
        return connection.rows<KeyRow>(
            "SELECT key_id, name, role, secret_hash, created_by, created_at, revoked_at "
            "FROM gateway.api_key ORDER BY created_at, key_id");
    });
}

bool KeyRing::is_fresh() const {
    const auto known = known_.load();
    return known && known->version == database_.version();
}

Result<> KeyRing::refresh() {
    const auto wanted = database_.version();
    const std::lock_guard lock(refreshing_);
    if (const auto known = known_.load(); known && known->version >= wanted) return {};  // another thread just did
    auto known = std::make_shared<Known>();
    known->version = database_.version();  // before the reading: a write in between makes it stale, not wrong
    for (auto& row : TRY(read_keys(database_)))
        if (!row.revoked_at) known->rows.emplace(row.key_id, row);
    known_.store(std::move(known));
    return {};
}

Result<operations::Principal> KeyRing::principal_of(std::string_view key) const {
    const auto known = known_.load();
    if (!known || !key.starts_with(prefix)) return refused();
    key.remove_prefix(prefix.size());
    const auto end = key.find('_');
    if (end == std::string_view::npos) return refused();
    const auto found = known->rows.find(key.substr(0, end));
    if (found == known->rows.end()) return refused();
    if (!equal_in_constant_time(hash_hex(key.substr(end + 1)), found->second.secret_hash)) return refused();
    return operations::Principal{"key:" + found->second.name, TRY(operations::parse_role(found->second.role))};
}

}  // namespace suanpan::gateway
