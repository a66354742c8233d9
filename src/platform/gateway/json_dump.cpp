#include "platform/gateway/json_dump.h"

#include "platform/operations/shape.h"

namespace suanpan::gateway {

std::string json_dump(const operations::Json& json) {
    std::string text;
    operations::append_json(operations::shape_of<operations::Json>(), &json, text);
    return text;
}

}  // namespace suanpan::gateway
