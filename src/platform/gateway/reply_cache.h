#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace suanpan::gateway {

struct CachedReply {
    std::shared_ptr<const std::string> body;
    std::string etag;
};

[[nodiscard]] CachedReply make_cached(std::string body);

// Replies of reads, each good for the version of the database it was computed at. The least recently used go first.
class ReplyCache {
  public:
    using Clock = std::chrono::steady_clock;
    ReplyCache(std::size_t bytes, std::chrono::seconds age) : bytes_of_shard_(bytes / shards), age_(age) {}

    [[nodiscard]] std::optional<CachedReply> find(std::string_view key, std::uint64_t version);
    void put(std::string key, std::uint64_t version, CachedReply reply);

  private:
    static constexpr std::size_t shards = 8;
    struct Entry {
        std::string key;
        std::uint64_t version;
        Clock::time_point until;
        CachedReply reply;
        [[nodiscard]] std::size_t bytes() const { return key.size() + reply.body->size() + 200; }
    };
    struct Shard {
        std::mutex mutex;
        std::list<Entry> entries;  // most recently used first
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
        std::size_t bytes = 0;
        void erase(std::list<Entry>::iterator entry);
    };
    Shard& shard_of(std::string_view key) { return shards_[std::hash<std::string_view>{}(key) % shards]; }

    std::size_t bytes_of_shard_;
    std::chrono::seconds age_;
    std::array<Shard, shards> shards_;
};

}  // namespace suanpan::gateway
