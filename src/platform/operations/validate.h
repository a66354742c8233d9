#pragma once

#include <string_view>

#include "platform/operations/operation.h"

namespace suanpan::operations {

// Required fields, ranges and lengths of a request by its schema; types are checked when it is read. The error names
// the field, what it has and what it may have.
[[nodiscard]] Result<> validate(const Operation& operation, std::string_view request);

// All that can be said of a request, and of the fields that are wanted of the reply, before it is worked on: work that
// takes long or changes something is refused before it begins.
[[nodiscard]] Result<> check(const Operation& operation, std::string_view request, std::string_view fields);

// Errors: a field that no reply of the operation has, neither itself nor in the rows of its lists.
[[nodiscard]] Result<> check_fields(const Operation& operation, std::string_view comma_separated);

// Only the named fields of a reply, of each row where it holds lists of objects. Errors: a field that no row has.
[[nodiscard]] Result<std::string> select_fields(std::string_view reply, std::string_view comma_separated);

}  // namespace suanpan::operations
