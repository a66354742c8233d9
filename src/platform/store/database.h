#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/store/connection.h"

namespace suanpan::store {

// A DuckDB file, opened by one process at a time. Reads run side by side, each on a snapshot; writes are one after the
// other, and small ones that wait together are committed together.
class Database {
  public:
    struct Options {
        int threads = 0;               // 0: as many as the machine has
        std::string memory_limit;      // "4GB"; empty: DuckDB's own choice
        std::string temporary_folder;  // where large sorts spill; empty: beside the file
    };

    // Errors: unavailable where another process holds the file; io where it is not a DuckDB file or may not be opened.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                                const Options& options);
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Runs the function on a snapshot: it sees none of the writes that commit meanwhile.
    template <class Function>
    auto read(Function&& function) -> std::invoke_result_t<Function, Connection&> {
        auto lease = TRY(borrow());
        TRY(lease->run("BEGIN TRANSACTION READ ONLY"));
        auto result = function(*lease);
        (void)lease->run("ROLLBACK");
        return result;
    }

    // Runs the function in a transaction that is on disk before this returns; an error of the function undoes all of
    // it. The function may run a second time (where a neighbour in the same group failed), so its only effect is on
    // the connection it is given.
    [[nodiscard]] Result<> write(const std::function<Result<>(Connection&)>& function);

    // Rises with every committed write: a reply computed at one version holds until the next.
    [[nodiscard]] std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

    // A connection of one's own, outside the pool and outside any transaction.
    [[nodiscard]] Result<Connection> connect() const;

  private:
    struct Handle;
    struct Waiting {
        const std::function<Result<>(Connection&)>* function;
        Result<> result;
        bool done = false;
    };
    struct Returner {
        Database* database;
        void operator()(Connection* connection) const { database->give_back(connection); }
    };
    using Lease = std::unique_ptr<Connection, Returner>;

    explicit Database(std::unique_ptr<Handle> handle);
    [[nodiscard]] Result<> declare_own();
    [[nodiscard]] Result<Lease> borrow();
    void give_back(Connection* connection);
    void commit_group(std::deque<Waiting*>& group);
    [[nodiscard]] Result<> commit_one(const std::function<Result<>(Connection&)>& function);

    std::unique_ptr<Handle> handle_;
    std::unique_ptr<Connection> writer_;
    std::mutex pool_mutex_;
    std::vector<std::unique_ptr<Connection>> pool_;
    std::mutex write_mutex_;
    std::condition_variable written_;
    std::deque<Waiting*> waiting_;
    bool writing_ = false;
    std::atomic<std::uint64_t> version_{1};
};

}  // namespace suanpan::store
