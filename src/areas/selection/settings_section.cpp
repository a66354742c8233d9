#include "areas/selection/settings.h"

namespace suanpan::selection {
namespace {

using settings::in_file_only;
using settings::number;
using settings::Option;
using settings::text;

Result<> check_places(const std::string& value) {
    TRY(supplier_places(value));
    return {};
}

std::vector<Option> list_settings() {
    const ListOptions usual;
    return {
        number({"selection.slots", "selection", {"Places", "名额"}, {"on the list", "推荐清单的名额数"}}, {50, 1, 1e7}),
        number({"selection.budget",
                "selection",
                {"Budget", "预算"},
                {"for the stock of the list; 0: no limit", "清单备货的总预算；0 表示不限"}},
               {0, 0, 1e12, "money"}),
        number({"selection.category_share",
                "selection",
                {"Most of a category", "单一品类上限"},
                {"of the places", "占名额的比例"}},
               {1, 0, 1, "share"}),
        number({"selection.supplier_share",
                "selection",
                {"Most of a supplier", "单一供应商上限"},
                {"of the places", "占名额的比例"}},
               {1, 0, 1, "share"}),
        text({"selection.supplier_least",
              "selection",
              {"Places promised to suppliers", "供应商保底名额"},
              {"supplier:places, with commas between, such as acme:3, other:1",
               "供应商:名额，以逗号分隔，如 acme:3, other:1"}},
             "", check_places),
        number({"selection.exploration_share",
                "selection",
                {"Exploration", "探索"},
                {"of the places, for items of which little is known", "留给所知不多的商品的名额比例"}},
               {0.1, 0, 1, "share"}),
        number({"selection.most_alike",
                "selection",
                {"Most alike", "相似上限"},
                {"places for items of like titles; 0: no limit", "标题相近商品的名额上限；0 表示不限"}},
               {0, 0, 1e7}),
        number({"selection.cannibalisation",
                "selection",
                {"Cannibalisation", "自相竞争"},
                {"of an item's profit, what an alike one on the list takes from it", "清单中相似商品分走的利润比例"}},
               {0, 0, 1, "share"}),
        number({"selection.quiet_days",
                "selection",
                {"Days without a sale", "无销售天数"},
                {"after which an item is cleared or dropped", "超过此天数无销售的商品清仓或下架"}},
               {91, 1, 3650, "days"}),
        number({"selection.most_leavings",
                "selection",
                {"Most leavings", "下架提案上限"},
                {"verdicts to clear or drop in one day", "每日清仓与下架提案的最多条数"}},
               {20, 0, 1e6}),
        number({"selection.first_units",
                "selection",
                {"First stock", "首批备货"},
                {"units of an item that is listed first", "新上架商品的首批件数"}},
               {12, 0, 1e6, "units"}),
        number({"selection.most_explained",
                "selection",
                {"Most explained", "理由上限"},
                {"of the best items, and of those to act on, have their reasons written every morning",
                 "每日为评分最高的及需处理的商品各写出理由的最多件数"}},
               {20'000, 0, 1e9})};
}

std::vector<Option> learning_settings() {
    return {
        number({"selection.success_share",
                "learning",
                {"Success", "成功标准"},
                {"the best share of items that counts as a success", "利润排在此比例内的商品视为成功"}},
               {0.05, 0, 1, "share"}),
        number({"selection.trials",
                "learning",
                {"Trials", "试验次数"},
                {"earlier origins on which the scorer is tried", "在多少个更早的时点上试算评分模型"}},
               {3, 1, 12}),
        number({"selection.rounds", "learning", {"Rounds", "轮数"}, {"of boosting", "提升树的轮数"}}, {150, 1, 5000}),
        number({"selection.retrain_days",
                "learning",
                {"Learn again after", "重新学习间隔"},
                {"days after which the scorer is learned anew", "评分模型超过此天数即重新学习"}},
               {28, 1, 3650, "days"})};
}

// Only in shop.yaml: whoever sets them makes the program open files of that folder.
std::vector<Option> model_settings() {
    return {in_file_only(text({"selection.text_model",
                               "models",
                               {"Text model", "文本模型"},
                               {"the folder of a model of titles, in the shop's folder or anywhere by its whole path",
                                "标题模型所在的文件夹；相对于店铺文件夹，或写完整路径"}},
                              "")),
            in_file_only(text({"selection.picture_model",
                               "models",
                               {"Picture model", "图片模型"},
                               {"the folder of a model of pictures, named likewise", "图片模型所在的文件夹，写法相同"}},
                              ""))};
}

std::vector<Option> guardrail_settings() {
    return {number({"selection.least_margin",
                    "guardrails",
                    {"Least margin on the list", "入选最低毛利率"},
                    {"of the price; an item below gets no place", "低于此毛利率的商品不得入选"}},
                   {0, -1, 1, "share"}),
            number({"selection.largest_return_share",
                    "guardrails",
                    {"Largest share of returns", "最高退货率"},
                    {"of an item's sales; one above gets no place", "退货金额占比超过此值的商品不得入选"}},
                   {0.4, 0, 1, "share"}),
            number({"selection.least_known_days",
                    "guardrails",
                    {"Time given to a new item", "新品保护期"},
                    {"days before an item may be cleared or dropped", "上架未满此天数的商品不得清仓或下架"}},
                   {28, 0, 3650, "days"})};
}

}  // namespace

settings::Section settings_section() {
    settings::Section section{.options = list_settings()};
    section.options.append_range(learning_settings());
    section.options.append_range(model_settings());
    section.options.append_range(guardrail_settings());
    return section;
}

}  // namespace suanpan::selection
