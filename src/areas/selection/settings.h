#pragma once

#include <map>
#include <string>

#include "areas/selection/score.h"
#include "platform/settings/option.h"
#include "platform/store/shop.h"

namespace suanpan::selection {

// What shop.yaml says of the selection; README.md lists the settings. Errors: invalid_argument naming the setting.
[[nodiscard]] Result<ScoreOptions> score_options(const store::Settings& settings);
[[nodiscard]] Result<TrainOptions> train_options(const store::Settings& settings, int horizon);

// "acme:3, other:1": places on the list promised to suppliers. Errors: invalid_argument.
[[nodiscard]] Result<std::map<std::string, std::size_t>> supplier_places(const std::string& text);

// What a shop may set of the selection.
[[nodiscard]] settings::Section settings_section();

// Minor units of the shop's currency that one major unit has, 100 for GBP.
[[nodiscard]] double minor_units(const store::Settings& settings);

}  // namespace suanpan::selection
