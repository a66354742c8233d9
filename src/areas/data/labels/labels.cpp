#include "areas/data/labels/labels.h"

#include "areas/data/labels/operations.h"

namespace suanpan::data::labels {

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/data/labels/schema.sql.inc"
        ;
    return {"labels", sql};
}

void add_operations(operations::Registry& registry) {
    add_set_operations(registry);
    add_import_operation(registry);
    add_work_operations(registry);
    add_quality_operations(registry);
}

}  // namespace suanpan::data::labels
