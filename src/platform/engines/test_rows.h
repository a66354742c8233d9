#pragma once

#include <vector>

#include "platform/engines/boosting.h"

namespace suanpan::engines {

// y = 3 where the first column is over 0.5, else 1; the second column says nothing.
struct Steps {
    std::vector<float> features, labels;

    explicit Steps(int rows) {
        for (int i = 0; i < rows; ++i) {
            const float x = float(i % 97) / 97;
            features.insert(features.end(), {x, float(i % 7)});
            labels.push_back(x > 0.5F ? 3 : 1);
        }
    }
    [[nodiscard]] TrainingRows rows() const { return {.features = {features, 2}, .labels = labels}; }
};

}  // namespace suanpan::engines
