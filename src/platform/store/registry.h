#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "platform/store/row_source.h"

namespace suanpan::store {

// What statements of one database may name by its number now.
template <class T>
class Registry {
  public:
    [[nodiscard]] Offer add(std::shared_ptr<T> entry) {
        const std::lock_guard lock(mutex_);
        const auto number = next_++;
        entries_.emplace(number, std::move(entry));
        return {number, [this, number] {
                    const std::lock_guard withdrawing(mutex_);
                    entries_.erase(number);
                }};
    }
    [[nodiscard]] std::shared_ptr<T> find(std::int64_t number) const {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(number);
        return found == entries_.end() ? nullptr : found->second;
    }

  private:
    mutable std::mutex mutex_;
    std::int64_t next_ = 1;
    std::map<std::int64_t, std::shared_ptr<T>> entries_;
};

}  // namespace suanpan::store
