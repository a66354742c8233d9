#include "platform/store/database.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <thread>

#include "platform/store/functions.h"
#include "platform/store/handles.h"
#include "platform/store/interrupt.h"
#include "platform/store/text_functions.h"

namespace suanpan::store {

struct Database::Handle {
    Offers offers;
    RowFilters filters;
    duckdb_database database = nullptr;
    std::filesystem::path file;
    struct stat opened{};  // st_ino 0: it is in memory

    [[nodiscard]] Result<> must_be_in_place() const;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { duckdb_close(&database); }
};

namespace {

std::unexpected<Error> cannot_open(const std::filesystem::path& file, std::string_view reason) {
    const auto about = file.string();
    if (reason.contains("lock"))
        return fail(ErrorCode::unavailable, "another program has the shop open; wait for it, or stop it", about);
    if (reason.contains("No space left"))
        return fail(ErrorCode::no_space, "the disk is full; free some space and run the command again", about);
    if (reason.contains("Permission denied") || reason.contains("Read-only file system"))
        return fail(ErrorCode::io,
                    "no permission to read and write the shop's database; check the owner and the permissions of the "
                    "folder and its files",
                    about);
    if (reason.contains("not a valid DuckDB") || reason.contains("orrupt") || reason.contains("enough bytes"))
        return fail(ErrorCode::io,
                    fmt::format("the shop's database is damaged; restore a backup with: suanpan restore BACKUP NEWSHOP "
                                "({})",
                                reason),
                    about);
    return fail(ErrorCode::io, fmt::format("the shop's database cannot be opened: {}", reason), about);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file) {
    return open(file, Options{});
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const Options& options) {
    duckdb_config config = nullptr;
    duckdb_create_config(&config);
    const auto threads = options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
    duckdb_set_config(config, "threads", std::to_string(threads).c_str());
    duckdb_set_config(config, "TimeZone", "UTC");
    if (!options.memory_limit.empty()) duckdb_set_config(config, "memory_limit", options.memory_limit.c_str());
    if (!options.temporary_folder.empty())
        duckdb_set_config(config, "temp_directory", options.temporary_folder.c_str());
    auto handle = std::make_unique<Handle>();
    char* reason = nullptr;
    const auto state = duckdb_open_ext(file.c_str(), &handle->database, config, &reason);
    duckdb_destroy_config(&config);
    if (state == DuckDBError) {
        const std::string text = reason == nullptr ? "no reason given" : reason;
        duckdb_free(reason);
        return cannot_open(file, text);
    }
    handle->file = file;
    if (::stat(file.c_str(), &handle->opened) != 0) handle->opened.st_ino = 0;
    std::unique_ptr<Database> database(new Database(std::move(handle)));
    database->writer_ = std::make_unique<Connection>(TRY(database->connect()));
    TRY(database->declare_own());
    return database;
}

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}

Database::~Database() {
    pool_.clear();
    writer_.reset();
}

Result<Connection> Database::connect() const {
    auto state = std::make_unique<Connection::State>();
    if (duckdb_connect(handle_->database, &state->connection) == DuckDBError)
        return fail(ErrorCode::unavailable, "no further connection to the shop's database can be made");
    state->offers = &handle_->offers;
    state->filters = &handle_->filters;
    return Connection(std::move(state));
}

Result<> Database::declare_own() {
    Connection::State state;
    if (duckdb_connect(handle_->database, &state.connection) == DuckDBError)
        return fail(ErrorCode::unavailable, "no connection to the shop's database can be made");
    TRY(declare_functions(state.connection));
    TRY(declare_text_functions(state.connection));
    TRY(handle_->offers.declare(state.connection));
    return handle_->filters.declare(state.connection);
}

Result<Database::Lease> Database::borrow() {
    {
        const std::lock_guard lock(pool_mutex_);
        if (!pool_.empty()) {
            Lease lease(pool_.back().release(), Returner{this});
            pool_.pop_back();
            return lease;
        }
    }
    return Lease(new Connection(TRY(connect())), Returner{this});
}

void Database::give_back(Connection* connection) {
    const std::lock_guard lock(pool_mutex_);
    pool_.emplace_back(connection);
}

Result<> Database::write(const std::function<Result<>(Connection&)>& function) {
    // Whoever leads runs it, but only the thread that asked for it may stop it.
    const std::function bound = [&function, stop = stop_of_thread()](Connection& connection) {
        const StopScope scope(stop);
        return function(connection);
    };
    const StopScope unstoppable{std::stop_token()};
    Waiting mine{&bound, {}, false};
    std::unique_lock lock(write_mutex_);
    waiting_.push_back(&mine);
    written_.wait(lock, [&] { return mine.done || !writing_; });
    if (mine.done) return mine.result;
    // Nobody writes: this thread leads, and takes along everyone who waits by now.
    writing_ = true;
    auto group = std::exchange(waiting_, {});
    lock.unlock();
    commit_group(group);
    lock.lock();
    writing_ = false;
    for (auto* member : group) member->done = true;
    lock.unlock();
    written_.notify_all();
    return mine.result;
}

void Database::commit_group(std::deque<Waiting*>& group) {
    if (group.size() > 1) {
        const auto all = [&](Connection& connection) -> Result<> {
            for (auto* member : group) TRY((*member->function)(connection));
            return {};
        };
        if (commit_one(all)) return;
    }
    // DuckDB has no savepoints, so a group in which one fails is undone and run one by one.
    for (auto* member : group) member->result = commit_one(*member->function);
}

// A file that was deleted or replaced is written to all the same, until it is closed.
Result<> Database::Handle::must_be_in_place() const {
    if (opened.st_ino == 0) return {};
    struct stat state{};
    if (::stat(file.c_str(), &state) == 0 && state.st_dev == opened.st_dev && state.st_ino == opened.st_ino) return {};
    return fail(ErrorCode::io,
                "the shop's database is gone from its place, and nothing was changed; put it back, or stop the program "
                "and restore a backup with: suanpan restore BACKUP NEWSHOP",
                file.string());
}

Result<> Database::commit_one(const std::function<Result<>(Connection&)>& function) {
    TRY(handle_->must_be_in_place());
    TRY(writer_->run("BEGIN TRANSACTION"));
    auto result = function(*writer_);
    if (result) result = handle_->must_be_in_place();
    if (result) result = writer_->run("COMMIT");
    if (!result) {
        (void)writer_->run("ROLLBACK");
        return result;
    }
    version_.fetch_add(1, std::memory_order_acq_rel);
    return {};
}

}  // namespace suanpan::store
