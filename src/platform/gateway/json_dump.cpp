#include "platform/gateway/json_dump.h"

#include <glaze/json.hpp>

namespace suanpan::gateway {
namespace {

struct Escaped : glz::opts {
    bool escape_control_characters = true;
};

}  // namespace

std::string json_dump(const operations::Json& json) {
    return glz::write<Escaped{}>(json).value_or("null");
}

}  // namespace suanpan::gateway
