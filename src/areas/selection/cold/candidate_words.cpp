#include "areas/selection/cold/candidate_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace suanpan::selection {
namespace {

constexpr double hardly_alike = 0.5;  // cosine: below it even the likest shares few words

void say_price(const CandidateKnown& known, Reasons& said) {
    const double apart = known.price_to_alike - 1;
    if (known.price_to_alike <= 0 || std::abs(apart) < 0.1) return;
    const auto percent = std::lround(100 * std::abs(apart));
    said.en += apart > 0 && known.price_to_alike >= 3
                   ? fmt::format(" It costs {:.1f} times what they mostly cost.", known.price_to_alike)
                   : fmt::format(" It is {} % {} than they mostly are.", percent, apart > 0 ? "dearer" : "cheaper");
    said.zh += apart > 0 && known.price_to_alike >= 3
                   ? fmt::format("价格为其中位数的 {:.1f} 倍。", known.price_to_alike)
                   : fmt::format("价格比其中位数{} {} %。", apart > 0 ? "高" : "低", percent);
}

}  // namespace

Reasons words_of(const CandidateKnown& known, double low, double median, double high) {
    const auto share = std::lround(100 * known.rank);
    Reasons said{fmt::format("Expected above {} % of the shop's own beginnings.", share),
                 fmt::format("预期高于本店 {} % 的新品。", share)};
    if (known.alike == 0) {
        said.en += " Nothing in the shop is like it: the rank stands on its price alone.";
        said.zh += "店内没有相似商品：名次仅依据价格。";
        return said;
    }
    said.en += fmt::format(
        " Of the {} items most like it the middle one brought {:.2f} in its first {} days, 80 % of them "
        "{:.2f} to {:.2f}.",
        known.alike, median, known.horizon, low, high);
    said.zh += fmt::format("最相似的 {} 件商品在头 {} 天的利润中位数为 {:.2f}，其中 80 % 在 {:.2f} 至 {:.2f} 之间。",
                           known.alike, known.horizon, median, low, high);
    say_price(known, said);
    if (known.likeness < hardly_alike) {
        said.en += " Weak: even the likest is hardly like it.";
        said.zh += "依据不足：最相似的商品也相差较远。";
    }
    return said;
}

Reasons words_of_flag(std::string_view flag) {
    if (flag == "nothing known") return {"It has neither title nor category.", "没有标题，也没有类目。"};
    if (flag == "title too long") return {"Its title or category is out of all proportion.", "标题或类目的长度异常。"};
    return {"Its price is zero or no number.", "价格为零或不是数字。"};
}

double price_to_alike(const Candidate& candidate, const Alike& alike, const std::vector<FirstDays>& known) {
    std::vector<double> prices;
    for (const auto& one : alike.ones)
        if (const double price = known[one.known].candidate.price; price > 0) prices.push_back(price);
    if (prices.empty() || !(candidate.price > 0)) return 0;
    const auto middle = prices.begin() + std::ssize(prices) / 2;
    std::ranges::nth_element(prices, middle);
    return candidate.price / *middle;
}

}  // namespace suanpan::selection
