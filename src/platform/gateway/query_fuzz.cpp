#include <array>
#include <cstdlib>

#include "platform/gateway/query.h"
#include "platform/operations/json.h"

// Whatever stands behind the question mark, it is refused or becomes a JSON object.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan;
    using Type = operations::RequestField::Type;
    static const std::array<operations::RequestField, 6> fields = {{
        {.name = "t", .type = Type::text},
        {.name = "w", .type = Type::whole},
        {.name = "r", .type = Type::real},
        {.name = "b", .type = Type::boolean},
        {.name = "l", .type = Type::list, .element = Type::text},
        {.name = "o", .type = Type::object},
    }};
    const auto parsed = gateway::parse_query({reinterpret_cast<const char*>(data), size}, fields);
    if (!parsed) return 0;
    const auto json = operations::parse_json(parsed->request);
    if (!json || !json->is_object()) std::abort();
    return 0;
}
