#pragma once

#include <duckdb.h>

#include <map>
#include <memory>
#include <mutex>

#include "platform/store/row_source.h"

namespace suanpan::store {

// The row sources that statements of one database may read now.
class Offers {
  public:
    [[nodiscard]] Offer add(std::shared_ptr<const RowSource> source);
    [[nodiscard]] std::shared_ptr<const RowSource> find(std::int64_t number) const;

    // Makes the table function offered_rows(number) known to the connection's database; the offers must outlive it.
    [[nodiscard]] Result<> declare(duckdb_connection connection);

  private:
    mutable std::mutex mutex_;
    std::int64_t next_ = 1;
    std::map<std::int64_t, std::shared_ptr<const RowSource>> sources_;
};

}  // namespace suanpan::store
