#include "areas/data/data.h"

namespace suanpan::data {

store::Schema schema() {
    static constexpr char sql[] =
#include "areas/data/schema.sql.inc"
        ;
    return {"data", sql};
}

Result<std::string> version(const store::Shop& shop) {
    const auto load = TRY(shop.database().read([](store::Connection& connection) {
        return connection.count("SELECT coalesce(max(load_id), 0) FROM data.load WHERE loaded > 0");
    }));
    return "load " + std::to_string(load);
}

}  // namespace suanpan::data
