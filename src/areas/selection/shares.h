#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace suanpan::selection {

// As many shares of some work as threads ever had at once. Who borrows one has it alone; together they have all of it.
template <class Share>
class Shares {
  public:
    explicit Shares(std::function<Share()> make) : make_(std::move(make)) {}

    class Lease {
      public:
        Lease(Shares& of, Share& share) : of_(of), share_(share) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() {
            const std::lock_guard lock(of_.mutex_);
            of_.free_.push_back(&share_);
        }
        Share& operator*() const { return share_; }

      private:
        Shares& of_;
        Share& share_;
    };
    [[nodiscard]] Lease borrow() {
        const std::lock_guard lock(mutex_);
        if (free_.empty()) free_.push_back(all_.emplace_back(std::make_unique<Share>(make_())).get());
        auto* const share = free_.back();
        free_.pop_back();
        return {*this, *share};
    }
    // Once nobody borrows any more.
    [[nodiscard]] std::span<const std::unique_ptr<Share>> all() const { return all_; }

  private:
    std::function<Share()> make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Share>> all_;
    std::vector<Share*> free_;
};

}  // namespace suanpan::selection
