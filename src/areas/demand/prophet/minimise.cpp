#include "areas/demand/prophet/minimise.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace suanpan::demand {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

double sign(double value) {
    return double(value > 0) - double(value < 0);
}

struct Step {
    Vector moved, turned;  // x and the gradient after, less those before
    double inverse;        // of their product
};

class Search {
  public:
    Search(const Penalised& problem, Vector start, const MinimiseOptions& options)
        : problem_(problem), options_(options), x_(std::move(start)), gradient_(x_.size()) {
        value_ = at(x_, gradient_);
    }

    Minimum run() {
        for (int iteration = 0; iteration < options_.most; ++iteration) {
            const auto slope = pseudo_gradient();
            const double largest = std::ranges::max(slope, {}, [](double part) { return std::abs(part); });
            if (!(std::abs(largest) > options_.tolerance)) return {x_, value_, iteration, true};
            if (move(slope)) continue;
            if (steps_.empty()) return {x_, value_, iteration, false};
            steps_.clear();  // what was learned of the curvature misleads: begin again from the steepest descent
        }
        return {x_, value_, options_.most, false};
    }

  private:
    double at(const Vector& x, Vector& gradient) const {
        double value = problem_.smooth(x, gradient);
        for (std::size_t i = 0; i < x.size(); ++i) value += problem_.penalty[i] * std::abs(x[i]);
        return value;
    }

    // The steepest of the subgradients' one-sided slopes; 0 where x stays at 0 (eq. 4).
    [[nodiscard]] Vector pseudo_gradient() const {
        Vector slope = gradient_;
        for (std::size_t i = 0; i < x_.size(); ++i) {
            const double penalty = problem_.penalty[i];
            if (x_[i] != 0)
                slope[i] += penalty * sign(x_[i]);
            else
                slope[i] = slope[i] + penalty < 0 ? slope[i] + penalty : std::max(0.0, slope[i] - penalty);
        }
        return slope;
    }

    // The two loops over the remembered steps (Nocedal and Wright, algorithm 7.4).
    [[nodiscard]] Vector direction(const Vector& slope) const {
        Vector way = slope, shares(steps_.size());
        for (std::size_t k = steps_.size(); k-- > 0;) {
            shares[k] = steps_[k].inverse * dot(steps_[k].moved, way);
            for (std::size_t i = 0; i < way.size(); ++i) way[i] -= shares[k] * steps_[k].turned[i];
        }
        if (!steps_.empty()) {
            const auto& last = steps_.back();
            const double scale = 1 / (last.inverse * dot(last.turned, last.turned));
            for (auto& part : way) part *= scale;
        }
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            const double back = steps_[k].inverse * dot(steps_[k].turned, way);
            for (std::size_t i = 0; i < way.size(); ++i) way[i] += (shares[k] - back) * steps_[k].moved[i];
        }
        for (std::size_t i = 0; i < way.size(); ++i) {
            way[i] = -way[i];
            if (problem_.penalty[i] > 0 && way[i] * slope[i] >= 0) way[i] = 0;  // not against the slope
        }
        return way;
    }

    // Where a penalised coordinate would change its sign, it stops at 0.
    [[nodiscard]] Vector stepped(const Vector& way, const Vector& slope, double length) const {
        Vector next = x_;
        for (std::size_t i = 0; i < next.size(); ++i) {
            next[i] += length * way[i];
            const double orthant = x_[i] != 0 ? sign(x_[i]) : -sign(slope[i]);
            if (problem_.penalty[i] > 0 && sign(next[i]) != orthant) next[i] = 0;
        }
        return next;
    }

    bool move(const Vector& slope) {
        const auto way = direction(slope);
        double length = steps_.empty() ? std::min(1.0, 1 / std::sqrt(dot(slope, slope))) : 1.0;
        Vector gradient(x_.size());
        for (int tries = 0; tries < 50; ++tries, length /= 2) {
            auto next = stepped(way, slope, length);
            Vector moved = next;
            for (std::size_t i = 0; i < moved.size(); ++i) moved[i] -= x_[i];
            const double promised = dot(slope, moved), value = at(next, gradient);
            if (!(promised < 0) || !(value <= value_ + 1e-4 * promised)) continue;
            remember(std::move(moved), gradient);
            x_ = std::move(next);
            gradient_ = gradient;
            value_ = value;
            return true;
        }
        return false;
    }

    void remember(Vector moved, const Vector& gradient) {
        Vector turned = gradient;
        for (std::size_t i = 0; i < turned.size(); ++i) turned[i] -= gradient_[i];
        const double product = dot(moved, turned);
        if (!(product > 1e-14 * dot(turned, turned))) return;
        steps_.push_back({std::move(moved), std::move(turned), 1 / product});
        if (std::ssize(steps_) > options_.memory) steps_.pop_front();
    }

    const Penalised& problem_;
    MinimiseOptions options_;
    Vector x_, gradient_;
    double value_ = 0;
    std::deque<Step> steps_;
};

}  // namespace

Minimum minimise(const Penalised& problem, std::vector<double> start, const MinimiseOptions& options) {
    return Search(problem, std::move(start), options).run();
}

}  // namespace suanpan::demand
