#pragma once

#include <duckdb.h>

#include "platform/store/registry.h"

namespace suanpan::store {

// The row sources that statements of one database may read now.
class Offers : public Registry<const RowSource> {
  public:
    // Makes the table function offered_rows(number) known to the connection's database; the offers must outlive it.
    [[nodiscard]] Result<> declare(duckdb_connection connection);
};

}  // namespace suanpan::store
