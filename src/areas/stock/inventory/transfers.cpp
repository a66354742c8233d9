#include "areas/stock/inventory/transfers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "areas/stock/inventory/newsvendor.h"

namespace suanpan::stock {
namespace {

constexpr double none = std::numeric_limits<double>::infinity();
using Square = std::vector<std::vector<double>>;

double value(const PlaceStock& place, std::int64_t units) {
    const auto stock = static_cast<double>(units);
    const double short_of = expected_shortage(place.demand, stock);
    return -place.margin * short_of - place.holding * expected_leftover(place.demand, stock);
}

class Moves {
  public:
    Moves(const std::vector<PlaceStock>& places, const Square& cost)
        : places_(places), cost_(cost), moved_(places.size(), std::vector<std::int64_t>(places.size())) {
        for (const auto& place : places) stock_.push_back(place.on_hand);
    }

    // One unit along the best path; false where none gains.
    bool step() {
        const auto n = places_.size();
        double best = 1e-9;
        std::size_t giver = n, taker = n;
        const auto paths = shortest();
        for (std::size_t i = 0; i < n; ++i) {
            if (stock_[i] <= 0) continue;
            const double loss = value(places_[i], stock_[i]) - value(places_[i], stock_[i] - 1);
            for (std::size_t j = 0; j < n; ++j) {
                if (i == j || paths.length[i][j] == none) continue;
                const double gain = value(places_[j], stock_[j] + 1) - value(places_[j], stock_[j]);
                if (gain - loss - paths.length[i][j] <= best) continue;
                best = gain - loss - paths.length[i][j];
                giver = i;
                taker = j;
            }
        }
        if (giver == n) return false;
        send(giver, taker, paths.first);
        gain_ += best;
        return true;
    }

    [[nodiscard]] TransferPlan plan() const {
        TransferPlan result{{}, gain_};
        for (std::size_t i = 0; i < moved_.size(); ++i)
            for (std::size_t j = 0; j < moved_.size(); ++j)
                if (moved_[i][j] > 0) result.transfers.push_back({i, j, moved_[i][j]});
        return result;
    }

  private:
    struct Paths {
        Square length;
        std::vector<std::vector<std::size_t>> first;  // the next place on the way
    };

    // Floyd and Warshall over the ways and the moves that can be undone.
    [[nodiscard]] Paths shortest() const {
        const auto n = places_.size();
        Paths paths{Square(n, std::vector<double>(n, none)), std::vector(n, std::vector<std::size_t>(n, n))};
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                if (i == j) continue;
                if (cost_[i][j] >= 0) paths.length[i][j] = cost_[i][j];
                if (moved_[j][i] > 0) paths.length[i][j] = -cost_[j][i];
                paths.first[i][j] = j;
            }
            paths.length[i][i] = 0;
        }
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j < n; ++j)
                    if (paths.length[i][k] + paths.length[k][j] < paths.length[i][j] - 1e-12) {
                        paths.length[i][j] = paths.length[i][k] + paths.length[k][j];
                        paths.first[i][j] = paths.first[i][k];
                    }
        return paths;
    }

    void send(std::size_t from, std::size_t to, const std::vector<std::vector<std::size_t>>& first) {
        --stock_[from];
        ++stock_[to];
        for (std::size_t at = from; at != to;) {
            const auto next = first[at][to];
            if (moved_[next][at] > 0)
                --moved_[next][at];
            else
                ++moved_[at][next];
            at = next;
        }
    }

    const std::vector<PlaceStock>& places_;
    const Square& cost_;
    std::vector<std::vector<std::int64_t>> moved_;
    std::vector<std::int64_t> stock_;
    double gain_ = 0;
};

}  // namespace

Result<TransferPlan> plan_transfers(const std::vector<PlaceStock>& places, const Square& cost) {
    if (cost.size() != places.size() ||
        std::ranges::any_of(cost, [&](const auto& row) { return row.size() != places.size(); }))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the costs must be {0} rows of {0}, one a place", places.size()));
    for (const auto& row : cost)
        if (!std::ranges::all_of(row, [](double x) { return std::isfinite(x); }))
            return fail(ErrorCode::invalid_argument, "a cost of moving is not finite; forbid a way with -1");
    std::int64_t most = 0;
    for (const auto& place : places) {
        if (place.on_hand < 0) return fail(ErrorCode::invalid_argument, "a place has less than nothing on hand");
        most += place.on_hand;
    }
    Moves moves(places, cost);
    for (std::int64_t step = 0; step < most && moves.step(); ++step) {
    }
    return moves.plan();
}

}  // namespace suanpan::stock
