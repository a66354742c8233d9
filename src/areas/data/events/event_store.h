#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "areas/data/events/event.h"
#include "platform/store/shop.h"

namespace suanpan::data {

// Hashes of ids, by open addressing: 16 to 32 bytes an id.
class IdSet {
  public:
    [[nodiscard]] bool contains(std::string_view id) const;
    void insert(std::string_view id);
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const;
    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024);  // 0: free
    std::size_t size_ = 0;
};

// Events that came together, and those of them that were set aside.
struct EventBatch {
    std::vector<std::vector<EventRow>> events;  // the rows of each
    struct Refused {
        std::int64_t index = 0;  // among the events as they were sent, from 0
        std::string event_id, reason, raw;
    };
    std::vector<Refused> refused;
};

struct StoredEvents {
    std::int64_t stored = 0, repeated = 0;
};

// Writes pushed events. They are loads of their own, one a minute, so that each row can be traced; an event whose id
// the shop has already is not written again. The ids are held in memory as hashes; a hash that is met again is looked
// up.
class EventStore {
  public:
    // All batches in one transaction, which is on disk before this returns. A reply each, in their order.
    [[nodiscard]] Result<std::vector<StoredEvents>> add(const store::Shop& shop, std::span<EventBatch> batches);

  private:
    struct Load {
        std::int64_t id = 0, rows = 0, minute = -1;
    };
    [[nodiscard]] Result<> learn(store::Connection& connection);
    [[nodiscard]] Result<std::vector<StoredEvents>> drop_repeated(store::Connection& connection,
                                                                  std::span<EventBatch> batches,
                                                                  std::vector<EventRow>& fresh) const;
    [[nodiscard]] static Result<Load> write(store::Connection& connection, Load load, std::span<EventRow> rows,
                                            std::span<const EventBatch> batches);

    std::mutex mutex_;
    IdSet seen_;
    std::int64_t known_load_ = -1;  // ids of all loads up to this one are in seen_
    Load load_;
};

}  // namespace suanpan::data
