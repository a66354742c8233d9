#include "areas/selection/what_if.h"

#include <algorithm>
#include <cmath>

namespace suanpan::selection {
namespace {

using Row = std::vector<float>;

constexpr int steps = 10;

// What the row says after the lever moved by one of its steps; nothing where it cannot.
class Moved {
  public:
    Moved(Row row, Lever lever) : row_(std::move(row)), lever_(lever) {}

    [[nodiscard]] bool known() const { return std::isfinite(at(feature())); }
    [[nodiscard]] double value() const { return lever_ == Lever::price ? std::expm1(at("price")) : at(feature()); }
    // `step`: 1 to 10; a price goes down by negative ones.
    [[nodiscard]] bool move(double step) {
        if (lever_ == Lever::price) return move_price(1 + step / 20);
        if (lever_ == Lever::margin) return set(feature(), std::min(0.95, at(feature()) + step / 20));
        return at(feature()) > 0 && set(feature(), at(feature()) * (1 - step / steps));
    }
    [[nodiscard]] const Row& row() const { return row_; }

  private:
    [[nodiscard]] std::string_view feature() const {
        return lever_ == Lever::price ? "price" : lever_ == Lever::margin ? "margin_share" : "return_share";
    }
    [[nodiscard]] double at(std::string_view name) const { return double(row_[column(name)]); }
    bool set(std::string_view name, double value) {
        row_[column(name)] = static_cast<float>(value);
        return true;
    }
    bool move_price(double times) {
        const double price = std::expm1(at("price")), margin = at("margin_share");
        if (price <= 0) return false;
        set("price", std::log1p(price * times));
        for (const auto* gap : {"price_to_usual", "price_to_rival"})
            if (std::isfinite(at(gap))) set(gap, at(gap) + std::log(times));
        if (std::isfinite(margin)) set("margin_share", 1 - (1 - margin) / times);
        return true;
    }
    Row row_;
    Lever lever_;
};

class Asking {
  public:
    Asking(const Scoring& scoring, std::size_t row, const Scorer& scorer, const ScoreOptions& options)
        : scoring_(scoring), row_(row), scorer_(scorer), options_(options) {}

    Result<> prepare() {
        said_ = TRY(scorer_.learners.predict(scoring_.now));
        return {};
    }
    [[nodiscard]] Row row() const {
        const auto width = static_cast<std::ptrdiff_t>(columns().size());
        const auto begin = scoring_.now.values.begin() + static_cast<std::ptrdiff_t>(row_) * width;
        return {begin, begin + width};
    }
    // The verdict of the list as it would be planned with this row in place of the item's.
    Result<Change> verdict(const Row& row) {
        const Snapshot one{scoring_.now.origin, {scoring_.now.items[row_]}, row};
        const auto said = TRY(scorer_.learners.predict(one));
        auto all = said_;
        for (std::size_t m = 0; m < members; ++m) all[m][row_] = said[m][0];
        const auto scores = blended(all, scorer_.weights);
        auto candidates = scoring_.candidates;
        for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].score = scores[i];
        auto& own = candidates[row_];
        own.expected = expected_profit(said, scorer_.learners.unit)[0];
        const auto bounds = scorer_.intervals.around(own.expected);
        own.low = bounds.low;
        own.high = bounds.high;
        return Change{.verdict = plan_list(candidates, options_.list).items[row_].action, .expected = own.expected};
    }

  private:
    const Scoring& scoring_;
    std::size_t row_;
    const Scorer& scorer_;
    const ScoreOptions& options_;
    MemberScores said_;
};

std::vector<double> steps_of(Lever lever) {
    std::vector<double> all;
    for (int step = 1; step <= steps; ++step) {
        if (lever == Lever::price) all.push_back(-step);
        all.push_back(step);
    }
    return all;
}

Result<std::optional<Change>> smallest(Asking& asking, Lever lever, Action now) {
    const Moved still(asking.row(), lever);
    if (!still.known()) return std::nullopt;
    std::optional<Change> last;
    for (const double step : steps_of(lever)) {
        auto moved = still;
        if (!moved.move(step)) continue;
        last = TRY(asking.verdict(moved.row()));
        last->lever = lever;
        last->from = still.value();
        last->to = moved.value();
        last->found = last->verdict != now;
        if (last->found) break;
    }
    return last;
}

}  // namespace

std::string_view name(Lever lever) {
    constexpr std::string_view names[] = {"price", "margin", "returns"};
    return names[static_cast<std::size_t>(lever)];
}

Result<std::vector<Change>> smallest_changes(const Scoring& scoring, std::size_t row, const Scorer& scorer,
                                             const ScoreOptions& options) {
    Asking asking(scoring, row, scorer, options);
    TRY(asking.prepare());
    std::vector<Change> found;
    for (const auto lever : {Lever::price, Lever::margin, Lever::returns})
        if (const auto change = TRY(smallest(asking, lever, scoring.plan.items[row].action))) found.push_back(*change);
    return found;
}

std::vector<Neighbour> nearest(const Snapshot& now, std::size_t row, const Linear& scale, std::size_t count) {
    const auto standard = [&](std::size_t r, std::size_t c) {
        const double x = double(now.at(r, c));
        return std::isfinite(x) ? (x - scale.mean[c]) * scale.scale[c] : 0;
    };
    std::vector<Neighbour> all;
    for (std::size_t other = 0; other < now.count(); ++other) {
        if (other == row) continue;
        double square = 0;
        for (std::size_t c = 0; c < columns().size(); ++c) {
            const double off = standard(other, c) - standard(row, c);
            square += off * off;
        }
        all.push_back({other, std::sqrt(square)});
    }
    const auto kept = std::min(count, all.size());
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(kept), {}, &Neighbour::distance);
    all.resize(kept);
    return all;
}

}  // namespace suanpan::selection
