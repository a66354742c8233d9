#pragma once

#include "areas/selection/score.h"
#include "platform/store/shop.h"

namespace suanpan::selection {

// What shop.yaml says of the selection; README.md lists the settings. Errors: invalid_argument naming the setting.
[[nodiscard]] Result<ScoreOptions> score_options(const store::Settings& settings);
[[nodiscard]] Result<TrainOptions> train_options(const store::Settings& settings, int horizon);

// Minor units of the shop's currency that one major unit has, 100 for GBP.
[[nodiscard]] double minor_units(const store::Settings& settings);

}  // namespace suanpan::selection
