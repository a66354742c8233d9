#pragma once

#include <memory>

#include "areas/data/features/declaration.h"
#include "platform/operations/operation.h"
#include "platform/store/schema.h"
#include "platform/store/shop.h"

// The feature store: declared once, the same values in training sets and when serving.
namespace suanpan::features {

[[nodiscard]] store::Schema schema();
void add_operations(operations::Registry& registry);

// Those that the program brings along.
[[nodiscard]] Result<Declarations> ready_features();
// The same and those of the shop's own features/*.yaml.
[[nodiscard]] Result<std::shared_ptr<const Declarations>> features_of(const store::Shop& shop);

[[nodiscard]] std::string catalogue_page(const Declarations& declarations);  // Markdown

}  // namespace suanpan::features
