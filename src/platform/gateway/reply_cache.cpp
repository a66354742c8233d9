#include "platform/gateway/reply_cache.h"

#include <iterator>

#include "platform/gateway/secrets.h"

namespace suanpan::gateway {

CachedReply make_cached(std::string body) {
    auto etag = '"' + hash_hex(body).substr(0, 24) + '"';
    return {std::make_shared<const std::string>(std::move(body)), std::move(etag)};
}

void ReplyCache::Shard::erase(std::list<Entry>::iterator entry) {
    bytes -= entry->bytes();
    by_key.erase(entry->key);
    entries.erase(entry);
}

std::optional<CachedReply> ReplyCache::find(std::string_view key, std::uint64_t version) {
    auto& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_key.find(key);
    if (found == shard.by_key.end()) return std::nullopt;
    const auto entry = found->second;
    if (entry->version != version || Clock::now() > entry->until) {
        shard.erase(entry);
        return std::nullopt;
    }
    shard.entries.splice(shard.entries.begin(), shard.entries, entry);
    return entry->reply;
}

void ReplyCache::put(std::string key, std::uint64_t version, CachedReply reply) {
    auto& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.by_key.find(key); found != shard.by_key.end()) shard.erase(found->second);
    shard.entries.push_front({std::move(key), version, Clock::now() + age_, std::move(reply)});
    const auto& entry = shard.entries.front();
    shard.by_key.emplace(entry.key, shard.entries.begin());
    shard.bytes += entry.bytes();
    while (shard.bytes > bytes_of_shard_ && !shard.entries.empty()) shard.erase(std::prev(shard.entries.end()));
}

}  // namespace suanpan::gateway
