#include "platform/store/rows.h"

#include <fmt/format.h>

namespace suanpan::store::detail {

std::unexpected<Error> no_column(std::string_view name) {
    return fail(ErrorCode::internal, fmt::format("the statement has no column \"{}\"", name));
}

std::unexpected<Error> does_not_fit(std::string_view name, std::string_view type) {
    return fail(ErrorCode::internal,
                fmt::format("column \"{}\" is {} and does not fit its field; cast it", name, type));
}

std::unexpected<Error> unexpected_null(std::string_view name) {
    return fail(ErrorCode::internal, fmt::format("column \"{}\" has a NULL where none is expected", name));
}

}  // namespace suanpan::store::detail
