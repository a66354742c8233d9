#include "areas/demand/demand.h"

namespace suanpan::demand {

settings::Section settings_section() {
    return {
        .options = {
            settings::choice({"demand.period",
                              "forecast",
                              {"Period", "预测周期"},
                              {"of the daily loop's forecasts; another period is another model",
                               "每日循环的预测粒度；更换周期即更换模型"}},
                             {"week", "day"}),
            settings::choice(
                {"demand.shared",
                 "forecast",
                 {"One model of all items", "全商品模型"},
                 {"boosted trees that know promotions, holidays, weather and prices, for the items that they "
                  "forecast better; auto: where the shop has one of these and not millions of series",
                  "了解促销、节假日、天气与价格的提升树模型，用于其预测更准的商品；auto：店铺有其中之一且商品"
                  "数量适中时启用"}},
                {"auto", "on", "off"}),
            settings::choice(
                {"demand.challengers",
                 "forecast",
                 {"Challengers", "挑战模型"},
                 {"models of all items that are tried beside the boosted trees, and serve the classes of items that "
                  "they forecast better; tcn and lstm are networks and take minutes to learn, prophet is fitted to "
                  "every "
                  "item each day",
                  "与提升树一同试用的全商品模型，仅用于其预测更准的商品类别；tcn 与 lstm 为神经网络，训练需数分钟；"
                  "prophet 每天对每件商品拟合"}},
                {"none", "tcn", "lstm", "prophet", "all"}),
            settings::choice(
                {"demand.by_place",
                 "forecast",
                 {"Forecasts by place", "按地点预测"},
                 {"of every item at every place that sells it, adding up to the item's forecast; auto: where "
                  "stock is counted at more than one place, and not of millions",
                  "预测每件商品在每个销售地点的需求，合计等于商品的预测；auto：库存按多个地点盘点且数量适中时启用"}},
                {"auto", "on", "off"}),
            settings::choice(
                {"demand.signals",
                 "forecast",
                 {"Signals for selection", "选品预测信号"},
                 {"each Monday, what an LSTM over all items and a Prophet-like model of each item say of the next four "
                  "weeks, which the selection learns from",
                  "每周一由全商品 LSTM 与类 Prophet 模型预测未来四周需求，供选品学习"}},
                {"off", "on"}),
            settings::number({"demand.refit_weeks",
                              "forecast",
                              {"Fitted again after", "重新拟合间隔"},
                              {"weeks after which each item's method and parameters are chosen anew; 0: at "
                               "every change",
                               "每件商品的方法与参数重新选择的间隔周数；0 表示每次变化即重选"}},
                             {4, 0, 52, "weeks"})}};
}

}  // namespace suanpan::demand
