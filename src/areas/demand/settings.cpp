#include "areas/demand/demand.h"

namespace suanpan::demand {

settings::Section settings_section() {
    return {.options = {settings::choice({"demand.period",
                                          "forecast",
                                          {"Period", "预测周期"},
                                          {"of the daily loop's forecasts; another period is another model",
                                           "每日循环的预测粒度；更换周期即更换模型"}},
                                         {"week", "day"})}};
}

}  // namespace suanpan::demand
