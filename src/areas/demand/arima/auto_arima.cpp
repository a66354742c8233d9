#include "areas/demand/arima/auto_arima.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "areas/demand/arima/search.h"
#include "areas/demand/stl.h"

namespace suanpan::demand::arima {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

std::vector<double> differenced(std::vector<double> y, std::size_t lag, int times) {
    for (; times > 0 && y.size() > lag; --times) {
        for (std::size_t t = 0; t + lag < y.size(); ++t) y[t] = y[t + lag] - y[t];
        y.resize(y.size() - lag);
    }
    return y;
}

std::vector<double> differenced(std::vector<double> y, const Order& order) {
    return differenced(differenced(std::move(y), static_cast<std::size_t>(order.m), order.D), 1, order.d);
}

bool is_constant(std::span<const double> y) {
    const auto [low, high] = std::ranges::minmax(y);
    return high - low <= 1e-10 * std::max(1e-30, std::abs(high) + std::abs(low));
}

// A series that was differenced, with its regressors: what the ARMA is fitted on.
struct Problem {
    std::vector<double> w;
    Columns regressors;
    std::vector<double> centred;  // w less what least squares give to the regressors, for the conditional fit
};

// Of y and the horizon; the constant last, which is a mean or, differenced once, a drift.
Columns regressors_of(const Order& order, const Options& options, std::size_t periods) {
    Columns columns = options.regressors;
    for (auto& column : columns) column.resize(periods);
    if (order.constant) {
        auto& column = columns.emplace_back(periods, 1.0);
        if (order.d + order.D > 0) std::iota(column.begin(), column.end(), 1.0);
    }
    return columns;
}

Problem problem_of(std::span<const double> y, const Order& order, const Options& options) {
    Problem problem{differenced({y.begin(), y.end()}, order), {}, {}};
    for (auto& column : regressors_of(order, options, y.size()))
        problem.regressors.push_back(differenced(std::move(column), order));
    problem.centred = problem.w;
    if (problem.regressors.empty()) return problem;
    const auto coefficients = least_squares(problem.regressors, problem.w);
    for (std::size_t k = 0; k < coefficients.size(); ++k)
        for (std::size_t t = 0; t < problem.w.size(); ++t)
            problem.centred[t] -= coefficients[k] * problem.regressors[k][t];
    return problem;
}

double aicc_of(const Likelihood& likelihood, const Order& order, const Problem& problem) {
    const double n = double(problem.w.size());
    const double k = order.coefficients() + double(problem.regressors.size()) + 1;
    if (!likelihood.defined || !(n - k - 1 > 0)) return never;
    return -2 * likelihood.log_likelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1);
}

// Whether a factor 1 - c1 B - … has a root within 1.01 of the unit circle: R's auto.arima passes over such models.
// The recursion of Schur and Cohn on the polynomial of which such a root lies inside.
bool near_circle(std::vector<double> c) {
    for (std::size_t j = 0; j < c.size(); ++j) c[j] *= std::pow(1.01, double(j + 1));
    for (std::size_t k = c.size(); k-- > 0;) {
        const double partial = c[k];
        if (!(std::abs(partial) < 1)) return true;
        std::vector<double> lower(k);
        for (std::size_t j = 0; j < k; ++j) lower[j] = (c[j] + partial * c[k - 1 - j]) / (1 - partial * partial);
        c = std::move(lower);
    }
    return false;
}

bool is_doubtful(const Order& order, const Arma& arma) {
    auto ma = arma.ma;
    for (auto& value : ma) value = -value;
    return order.coefficients() > 0 && (near_circle(arma.ar) || near_circle(ma));
}

Point conditional_fit(const Problem& problem, const Order& order, Point start) {
    if (start.empty()) return start;
    return least_residuals(
        [&](const Point& point, std::vector<double>& residuals) {
            conditional_squares(problem.centred, arma_of(order, point), residuals);
        },
        problem.w.size(), std::move(start));
}

Point start_of(const Order& order) {
    return Point(static_cast<std::size_t>(order.coefficients()), 0.1);
}

std::string name_of(const Order& order, bool regressors) {
    auto name = fmt::format("ARIMA({},{},{})", order.p, order.d, order.q);
    if (order.P + order.D + order.Q > 0) name += fmt::format("({},{},{})[{}]", order.P, order.D, order.Q, order.m);
    if (regressors) name = "regression with " + name + " errors";
    if (order.constant) name += order.d + order.D > 0 ? " with drift" : " with mean";
    return name;
}

// Coefficients of (1 - B)^d (1 - B^m)^D, that of lag 0 first.
std::vector<double> difference_polynomial(const Order& order) {
    std::vector<double> polynomial = {1};
    const auto multiply = [&](std::size_t lag) {
        std::vector<double> next(polynomial.size() + lag, 0.0);
        for (std::size_t j = 0; j < polynomial.size(); ++j) {
            next[j] += polynomial[j];
            next[j + lag] -= polynomial[j];
        }
        polynomial = std::move(next);
    };
    for (int i = 0; i < order.d; ++i) multiply(1);
    for (int i = 0; i < order.D; ++i) multiply(static_cast<std::size_t>(order.m));
    return polynomial;
}

// Undoes the differences: what is forecast of w, on the scale of y less regressors.
std::vector<double> integrated(std::vector<double> x, const std::vector<double>& ahead, const Order& order) {
    const auto polynomial = difference_polynomial(order);
    const auto seen = x.size();
    for (const double value : ahead) {
        double next = value;
        for (std::size_t j = 1; j < polynomial.size(); ++j) next -= polynomial[j] * x[x.size() - j];
        x.push_back(next);
    }
    x.erase(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(seen));
    return x;
}

// From the weights of past innovations in the integrated process (Box and Jenkins 1970).
std::vector<double> deviations(const Arma& arma, const Order& order, double variance, std::size_t horizon) {
    const auto polynomial = difference_polynomial(order);
    std::vector<double> whole(arma.ar.size() + polynomial.size(), 0.0);  // phi(B) (1 - B)^d …, that of lag 0 first
    for (std::size_t i = 0; i <= arma.ar.size(); ++i)
        for (std::size_t j = 0; j < polynomial.size(); ++j)
            whole[i + j] += (i == 0 ? 1 : -arma.ar[i - 1]) * polynomial[j];
    std::vector<double> psi(horizon), result;
    double sum = 0;
    for (std::size_t h = 0; h < horizon; ++h) {
        psi[h] = h == 0 ? 1 : (h <= arma.ma.size() ? arma.ma[h - 1] : 0);
        for (std::size_t i = 1; i <= std::min(h, whole.size() - 1); ++i) psi[h] -= whole[i] * psi[h - i];
        sum += psi[h] * psi[h];
        result.push_back(std::sqrt(sum * variance));
    }
    return result;
}

Forecast forecast_of(std::span<const double> y, const Order& order, const Options& options, const Problem& problem,
                     const Point& point) {
    Forecast forecast{.order = order, .name = name_of(order, !options.regressors.empty())};
    forecast.arma = arma_of(order, point);
    const auto found = likelihood(problem.w, problem.regressors, forecast.arma, options.horizon);
    forecast.aicc = aicc_of(found, order, problem);
    if (!found.defined) return forecast;
    forecast.log_likelihood = found.log_likelihood;
    const double n = double(problem.w.size());
    forecast.variance =
        found.variance * n / std::max(1.0, n - order.coefficients() - double(problem.regressors.size()));
    forecast.coefficients = found.coefficients;
    const auto columns = regressors_of(order, options, y.size() + options.horizon);
    std::vector<double> x(y.begin(), y.end());
    for (std::size_t k = 0; k < columns.size(); ++k)
        for (std::size_t t = 0; t < y.size(); ++t) x[t] -= found.coefficients[k] * columns[k][t];
    forecast.mean = integrated(std::move(x), found.ahead, order);
    for (std::size_t k = 0; k < columns.size(); ++k)
        for (std::size_t h = 0; h < options.horizon; ++h)
            forecast.mean[h] += found.coefficients[k] * columns[k][y.size() + h];
    forecast.deviation = deviations(forecast.arma, order, forecast.variance, options.horizon);
    return forecast;
}

Point exact_fit(const Problem& problem, const Order& order, Point start, double least_gain = 1e-5) {
    if (start.empty()) return start;
    return least_value(
        [&](const Point& point) {
            const auto found = likelihood(problem.w, problem.regressors, arma_of(order, point), 0);
            return found.defined ? -2 * found.log_likelihood : never;
        },
        std::move(start), least_gain);
}

// The stepwise search: every model is looked at once.
class Search {
  public:
    Search(std::span<const double> y, const Order& base, const Options& options)
        : y_(y),
          options_(options),
          base_(base),
          may_have_constant_(base.constant),
          is_exact_(y.size() <= 150 && base.m <= 12) {}

    Forecast run() {
        for (const auto& [p, q, P, Q] : {std::array{2, 2, 1, 1}, {0, 0, 0, 0}, {1, 0, 1, 0}, {0, 1, 0, 1}})
            try_model(with(p, q, P, Q, may_have_constant_));
        if (may_have_constant_) try_model(with(0, 0, 0, 0, false));
        while (improved_ && scores_.size() < 94) {
            improved_ = false;
            look_around();
        }
        return best_exact();
    }

  private:
    Order with(int p, int q, int P, int Q, bool constant) const {
        Order order = base_;
        order.p = std::min(p, options_.most_p);
        order.q = std::min(q, options_.most_q);
        order.P = base_.m > 1 ? std::min(P, options_.most_seasonal_p) : 0;
        order.Q = base_.m > 1 ? std::min(Q, options_.most_seasonal_q) : 0;
        order.constant = constant;
        return order;
    }

    void look_around() {
        constexpr int steps[][4] = {{0, 0, -1, 0},  {0, 0, 0, -1}, {0, 0, 1, 0},  {0, 0, 0, 1},
                                    {0, 0, -1, -1}, {0, 0, -1, 1}, {0, 0, 1, -1}, {0, 0, 1, 1},
                                    {-1, 0, 0, 0},  {0, -1, 0, 0}, {1, 0, 0, 0},  {0, 1, 0, 0},
                                    {-1, -1, 0, 0}, {-1, 1, 0, 0}, {1, -1, 0, 0}, {1, 1, 0, 0}};
        for (const auto& step : steps) {
            Order order = best_;
            order.p += step[0];
            order.q += step[1];
            order.P += step[2];
            order.Q += step[3];
            if (order.p < 0 || order.q < 0 || order.P < 0 || order.Q < 0 || order.p > options_.most_p ||
                order.q > options_.most_q || (order.P + order.Q > 0 && base_.m == 1) ||
                order.P > options_.most_seasonal_p || order.Q > options_.most_seasonal_q)
                continue;
            if (try_model(order)) return;
        }
        if (!may_have_constant_) return;
        Order order = best_;
        order.constant = !order.constant;
        try_model(order);
    }

    bool try_model(const Order& order) {
        if (scores_.contains(order)) return false;
        auto& tried = scores_[order];
        const auto& problem = problem_with(order.constant);
        if (std::max(order.ar_degree(), order.ma_degree()) + 1 >= problem.w.size()) return false;
        tried.point = conditional_fit(problem, order, start_of(order));
        if (is_exact_) tried.point = exact_fit(problem, order, std::move(tried.point), 1e-3);
        const auto arma = arma_of(order, tried.point);
        if (is_doubtful(order, arma)) return false;
        tried.aicc = aicc_of(likelihood(problem.w, problem.regressors, arma, 0), order, problem);
        if (!(tried.aicc < best_aicc_)) return false;
        best_aicc_ = tried.aicc;
        best_ = order;
        improved_ = true;
        return true;
    }

    const Problem& problem_with(bool constant) {
        auto& problem = problems_[constant ? 1 : 0];
        if (problem.w.empty()) {
            Order order = base_;
            order.constant = constant;
            problem = problem_of(y_, order, options_);
        }
        return problem;
    }

    Forecast best_exact() {
        constexpr std::size_t refined = 3;
        std::vector<const std::pair<const Order, Tried>*> ranked;
        for (const auto& entry : scores_)
            if (entry.second.aicc < never) ranked.push_back(&entry);
        std::ranges::stable_sort(ranked, {}, [](const auto* entry) { return entry->second.aicc; });
        while (ranked.size() > refined) ranked.pop_back();
        Forecast best;
        best.aicc = never;
        for (const auto* entry : ranked) {
            const auto& problem = problem_with(entry->first.constant);
            const auto point = exact_fit(problem, entry->first, entry->second.point);
            auto found = forecast_of(y_, entry->first, options_, problem, point);
            if (!found.mean.empty() && found.aicc < best.aicc) best = std::move(found);
        }
        return best;
    }

    struct Tried {
        double aicc = never;
        Point point;
    };
    std::span<const double> y_;
    const Options& options_;
    Order base_, best_;
    bool may_have_constant_, is_exact_, improved_ = false;
    double best_aicc_ = never;
    std::map<Order, Tried> scores_;
    Problem problems_[2];
};

int seasonal_differences(std::span<const double> y, int season) {
    if (season < 2 || y.size() < 2 * static_cast<std::size_t>(season) + 1 || is_constant(y)) return 0;
    return seasonal_strength(stl(y, season), 0) > 0.64 ? 1 : 0;
}

int differences(std::vector<double> y) {
    int times = 0;
    while (times < 2 && y.size() > 3 && !is_constant(y) && kpss(y) > 0.463) {
        y = differenced(std::move(y), 1, 1);
        ++times;
    }
    return times;
}

// Nothing to fit: the differences do not vary, or there is nothing left of them.
Forecast of_constant(std::span<const double> y, Order order, const Options& options) {
    if (y.size() <= static_cast<std::size_t>(order.d + order.D * order.m)) order = {.m = order.m};
    const auto w = differenced({y.begin(), y.end()}, order);
    Forecast forecast{.order = order, .name = name_of(order, false)};
    forecast.mean = integrated({y.begin(), y.end()}, std::vector<double>(options.horizon, w.back()), order);
    forecast.deviation.assign(options.horizon, 0.0);
    return forecast;
}

}  // namespace

double kpss(std::span<const double> y) {
    const auto n = y.size();
    const auto lags = static_cast<std::size_t>(3 * std::sqrt(double(n)) / 13);
    const double mean = std::accumulate(y.begin(), y.end(), 0.0) / double(n);
    std::vector<double> e(n);
    for (std::size_t t = 0; t < n; ++t) e[t] = y[t] - mean;
    double sum = 0, partial = 0, variance = 0;
    for (const double value : e) {
        partial += value;
        sum += partial * partial;
        variance += value * value;
    }
    for (std::size_t lag = 1; lag <= lags; ++lag) {
        double product = 0;
        for (std::size_t t = lag; t < n; ++t) product += e[t] * e[t - lag];
        variance += 2 * (1 - double(lag) / double(lags + 1)) * product;
    }
    return variance > 0 ? sum / (double(n) * variance) : 0;
}

Forecast fit(std::span<const double> y, const Order& order, const Options& options) {
    const auto problem = problem_of(y, order, options);
    if (problem.w.size() <= std::max(order.ar_degree(), order.ma_degree()) + 1 || is_constant(problem.w)) return {};
    const auto start = conditional_fit(problem, order, start_of(order));
    return forecast_of(y, order, options, problem, exact_fit(problem, order, start));
}

Forecast auto_arima(std::span<const double> y, const Options& options) {
    Order base{.m = options.seasonal && y.size() > static_cast<std::size_t>(options.season) ? options.season : 1};
    if (is_constant(y)) return of_constant(y, base, options);
    base.D = seasonal_differences(y, base.m);
    base.d = differences(differenced({y.begin(), y.end()}, static_cast<std::size_t>(base.m), base.D));
    const auto w = differenced({y.begin(), y.end()}, base);
    if (w.size() < 2 || is_constant(w)) return of_constant(y, base, options);
    base.constant = base.d + base.D <= 1;
    auto forecast = Search(y, base, options).run();
    return forecast.mean.empty() ? of_constant(y, {.m = base.m}, options) : forecast;
}

}  // namespace suanpan::demand::arima
