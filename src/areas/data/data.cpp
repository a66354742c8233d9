#include "areas/data/data.h"

namespace suanpan::data {

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/data/schema.sql.inc"
        ;
    return {"data", sql};
}

}  // namespace suanpan::data
