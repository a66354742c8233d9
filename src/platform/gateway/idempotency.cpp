#include "platform/gateway/idempotency.h"

#include <array>

namespace suanpan::gateway {

// Not in the unnamed namespace below: what is there cannot be reflected on by every compiler.
struct StoredReply {
    std::string request_hash;
    std::int32_t status = 0;
    std::string reply;
};

namespace {

constexpr std::int64_t begun_status = 0;
constexpr std::int64_t free_status = -1;

std::string running_name(const Idempotency::Key& key) {
    return key.principal + '\n' + key.operation + '\n' + key.key;
}

Idempotency::Begun judge(const StoredReply& row, const Idempotency::Key& key) {
    using enum Idempotency::Found;
    if (row.request_hash != key.request_hash) return {other};
    if (row.status == begun_status) return {interrupted};
    return {replay, row.status, row.reply};
}

Result<Idempotency::Begun> begin_in(store::Connection& connection, const Idempotency::Key& key) {
    const auto rows =
        TRY(connection.rows<StoredReply>("SELECT request_hash, status, reply FROM gateway.idempotency "
                                         "WHERE principal = ? AND operation = ? AND idempotency_key = ?",
                                         key.principal, key.operation, key.key));
    if (!rows.empty() && rows[0].status != free_status) return judge(rows[0], key);
    const auto* statement =
        rows.empty() ? "INSERT INTO gateway.idempotency (request_hash, status, reply, asked_at, principal, "
                       "operation, idempotency_key) VALUES (?, ?, ?, ?, ?, ?, ?)"
                     : "UPDATE gateway.idempotency SET request_hash = ?, status = ?, reply = ?, asked_at = ? "
                       "WHERE principal = ? AND operation = ? AND idempotency_key = ?";
    TRY(connection.query(statement, key.request_hash, begun_status, "", now(), key.principal, key.operation, key.key));
    return Idempotency::Begun{};
}

}  // namespace

Result<Idempotency::Begun> Idempotency::begin(const Key& key) {
    const auto name = running_name(key);
    {
        const std::lock_guard lock(mutex_);
        if (!running_.insert(name).second) return Begun{Found::running};
    }
    Begun begun;
    const auto written = database_.write([&](store::Connection& connection) -> Result<> {
        begun = TRY(begin_in(connection, key));
        return {};
    });
    if (!written || begun.found != Found::fresh) {
        const std::lock_guard lock(mutex_);
        running_.erase(name);
    }
    TRY(Result<>(written));
    return begun;
}

Result<> Idempotency::finish(const Key& key, int status, std::string_view reply) {
    const bool may_pass = status == 429 || status >= 500;
    const auto written = database_.write([&](store::Connection& connection) -> Result<> {
        TRY(
            connection.query("UPDATE gateway.idempotency SET status = ?, reply = ? "
                             "WHERE principal = ? AND operation = ? AND idempotency_key = ?",
                             may_pass ? free_status : std::int64_t{status}, may_pass ? "" : reply, key.principal,
                             key.operation, key.key));
        return {};
    });
    const std::lock_guard lock(mutex_);
    running_.erase(running_name(key));
    return written;
}

Result<> Idempotency::forget_older_than(Instant instant) {
    return database_.write([&](store::Connection& connection) -> Result<> {
        TRY(connection.query("DELETE FROM gateway.idempotency WHERE asked_at < ?", instant));
        return {};
    });
}

}  // namespace suanpan::gateway
