#pragma once

#include <duckdb.h>

#include "platform/store/registry.h"
#include "platform/store/row_filter.h"

namespace suanpan::store {

// The row filters that statements of one database may ask now.
class RowFilters : public Registry<RowFilter> {
  public:
    // Makes the function passes(number, values…) known to the connection's database; the filters must outlive it.
    [[nodiscard]] Result<> declare(duckdb_connection connection);
};

}  // namespace suanpan::store
