#pragma once

#include <span>
#include <string>
#include <vector>

#include "areas/demand/arima/arma.h"

namespace suanpan::demand::arima {

struct Options {
    int season = 1;
    std::size_t horizon = 1;
    int most_p = 5, most_q = 5, most_seasonal_p = 2, most_seasonal_q = 2;
    bool seasonal = true;
    Columns regressors;  // each of the length of y and the horizon
};

struct Forecast {
    Order order;
    std::string name;  // "ARIMA(0,1,1)(0,1,1)[12]", "… with drift"
    double aicc = 0, log_likelihood = 0, variance = 0;
    Arma arma;                         // expanded
    std::vector<double> coefficients;  // of regressors, the constant last
    std::vector<double> mean;          // of the horizon
    std::vector<double> deviation;     // standard deviation of the errors of each step, parameters taken as known
};

// Fits one model by exact likelihood. The forecast is empty where it cannot be fitted (too short, not defined).
[[nodiscard]] Forecast fit(std::span<const double> y, const Order& order, const Options& options);

// The stepwise search of Hyndman and Khandakar (2008) as R's auto.arima does it: d by KPSS tests, D by the strength of
// the season (0.64), from four models on to neighbours as long as AICc falls. Each is fitted by exact likelihood where
// n <= 150 and m <= 12; else its AICc is that of the exact likelihood at the parameters of least conditional squares
// (R takes the conditional likelihood there). The three best are fitted to the end and the best of these forecasts.
[[nodiscard]] Forecast auto_arima(std::span<const double> y, const Options& options);

// Statistic of the test for stationarity around a level by Kwiatkowski, Phillips, Schmidt and Shin (1992), with
// 3 sqrt(n) / 13 lags; 0.463 is its 5 % point.
[[nodiscard]] double kpss(std::span<const double> y);

}  // namespace suanpan::demand::arima
