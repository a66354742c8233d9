#pragma once

#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <string>

#include "areas/data/sources/server.h"

// What a PostgreSQL server answers, and its rows as CSV.
namespace suanpan::data {

struct CloseServer {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};
using ServerRows = std::unique_ptr<PGresult, CloseServer>;

// One read-only session in the shop's time zone; used by one thread at a time. Errors as those of pull().
class ServerReader {
  public:
    ServerReader(const store::Shop& shop, const Source& source, const Server& server)
        : shop_(shop), source_(source), server_(server) {}

    [[nodiscard]] Result<> connect();

    // Those after the key, with all that have the last one's; from the beginning where there is none.
    [[nodiscard]] Result<ServerRows> next(const std::optional<std::string>& after);

    // All rows of one snapshot, a batch a call, until a batch is empty.
    [[nodiscard]] Result<> begin_all();
    [[nodiscard]] Result<ServerRows> next_of_all();
    [[nodiscard]] Result<> end_all();

    // The key that lies before this one by the overlap.
    [[nodiscard]] Result<std::string> step_back(const std::string& key);

  private:
    [[nodiscard]] std::string select(bool after) const;
    [[nodiscard]] std::string table_name() const;
    [[nodiscard]] Result<ServerRows> run(const std::string& sql, const char* value);

    const store::Shop& shop_;
    const Source& source_;
    const Server& server_;
    std::unique_ptr<PGconn, CloseServer> link_;
};

[[nodiscard]] std::string header_of(const PGresult* rows);
[[nodiscard]] std::string csv_of(const PGresult* rows);  // without the header

// The key of the last row as it was sent, offset and all.
[[nodiscard]] Result<std::string> last_key(const PGresult* rows, const Server& server);

}  // namespace suanpan::data
