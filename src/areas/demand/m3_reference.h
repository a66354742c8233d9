#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "areas/demand/evaluate/dataset.h"
#include "areas/demand/evaluate/number_list.h"

// For the tests of this folder: the M3 series and what other programs forecast for them, where the shared data are.
namespace suanpan::demand {

inline const std::string shared_folder = SUANPAN_SOURCE_DIR "/../shared";

inline bool m3_is_here() {
    return std::filesystem::exists(shared_folder + "/data/m3_competition/m3.csv.gz");
}

inline Result<Dataset> read_m3() {
    return read_dataset(shared_folder + "/data/m3_competition/m3.csv.gz", {});
}

struct Reference {
    std::string model;
    double aicc = 0;
    std::vector<double> forecast;
};

// By series. `from` is "r" (R's forecast 8.20: ets, theta, arima) or "statsforecast" (2.1.1).
inline std::map<std::string, Reference> m3_reference(const std::string& from, const std::string& method) {
    std::map<std::string, Reference> all;
    std::FILE* pipe = ::popen(("zcat " + shared_folder + "/protocols/m3_reference_" + from + ".csv.gz").c_str(), "r");
    std::string line;
    for (int letter; (letter = std::fgetc(pipe)) != EOF;) {
        if (letter != '\n') {
            line += static_cast<char>(letter);
            continue;
        }
        const auto first = line.find(','), second = line.find(',', first + 1), last = line.rfind(',');
        if (line.substr(first + 1, second - first - 1) == method) {
            Reference one;
            if (second < last) {
                const auto before_last = line.rfind(',', last - 1);
                one.model = line.substr(second + 1, before_last - second - 1);
                std::erase(one.model, '"');
                one.aicc = std::atof(line.substr(before_last + 1, last - before_last - 1).c_str());
            }
            for (auto rest = line.substr(last + 1); !rest.empty();) {
                const auto part = rest.substr(0, rest.find(';'));
                one.forecast.push_back(std::atof(part.c_str()));
                rest.erase(0, std::min(part.size() + 1, rest.size()));
            }
            all[line.substr(0, first)] = one;
        }
        line.clear();
    }
    ::pclose(pipe);
    return all;
}

// Share of series whose every step is within `tolerance` of the reference, relative to it.
template <class Forecasts>
double agreement(const Forecasts& forecasts, const std::map<std::string, Reference>& reference, double tolerance) {
    double agree = 0, count = 0;
    for (const auto& [id, values] : forecasts) {
        const auto found = reference.find(id);
        if (found == reference.end()) continue;
        bool close = true;
        for (std::size_t h = 0; h < values.size(); ++h)
            close &= std::abs(values[h] - found->second.forecast[h]) <= tolerance * std::abs(found->second.forecast[h]);
        agree += close;
        ++count;
    }
    return count > 0 ? agree / count : 0;
}

inline double smape(const std::vector<double>& forecast, const std::vector<double>& actual) {
    double sum = 0;
    for (std::size_t h = 0; h < actual.size(); ++h)
        sum += 200 * std::abs(forecast[h] - actual[h]) / (std::abs(forecast[h]) + std::abs(actual[h]));
    return sum / double(actual.size());
}

inline double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / double(values.size());
}

}  // namespace suanpan::demand
