#include "areas/demand/demand.h"

namespace suanpan::demand {

settings::Section settings_section() {
    return {.options = {settings::choice({"demand.period",
                                          "forecast",
                                          {"Period", "预测周期"},
                                          {"of the daily loop's forecasts; another period is another model",
                                           "每日循环的预测粒度；更换周期即更换模型"}},
                                         {"week", "day"}),
                        settings::number({"demand.refit_weeks",
                                          "forecast",
                                          {"Fitted again after", "重新拟合间隔"},
                                          {"weeks after which each item's method and parameters are chosen anew; 0: at "
                                           "every change",
                                           "每件商品的方法与参数重新选择的间隔周数；0 表示每次变化即重选"}},
                                         {4, 0, 52, "weeks"})}};
}

}  // namespace suanpan::demand
