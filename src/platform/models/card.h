#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::models {

// One figure of a backtest: the model's beside its baseline's on the same windows. Less is better.
struct Metric {
    std::string name;  // "window RMSE"
    std::string unit;
    double value = 0, baseline = 0;
    std::int64_t windows = 0;  // judged; 0: the data were too short to judge anything
};

// What is known of a version of a model; the card.json of its folder. The first metric decides on promotion.
struct Card {
    std::int64_t format = 1;
    std::string name;      // "demand.weekly": letters, digits, '.', '_' and '-'
    std::string version;   // of the same letters; the same data and options give the same version
    std::string method;    // what is inside, "best of 5 by rolling backtest"
    std::string baseline;  // what the metrics compare with, "seasonal_naive"
    std::string created_at;
    std::string data_fingerprint;  // checksum of the training data
    std::string from, to;          // first and last day of the training data
    std::int64_t seed = 0;
    std::map<std::string, std::string> options;
    std::vector<Metric> metrics;
    std::string code_version;                  // of the program that made it
    std::map<std::string, std::string> files;  // their checksums; card.json is not among them
};

[[nodiscard]] Result<std::string> to_json(const Card& card);
// Errors: invalid_argument where the text is no card or of a format that a newer program wrote.
[[nodiscard]] Result<Card> parse_card(std::string_view text, const std::string& about);

// Model error over baseline error by the first metric: 0.8 is 20 % better. 1 where nothing could be judged.
[[nodiscard]] double relative_error(const Card& card);

// BLAKE2b-256 in hexadecimal digits.
[[nodiscard]] std::string checksum(std::string_view bytes);

}  // namespace suanpan::models
