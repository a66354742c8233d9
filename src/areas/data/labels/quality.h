#pragma once

#include <optional>
#include <string>
#include <vector>

#include "areas/data/labels/label_set.h"

// How good the annotations of a version are.
namespace suanpan::data::labels {

struct PairAgreement {
    std::string first, second;
    std::int64_t tasks = 0, agreed = 0;  // that both labelled
    std::optional<double> kappa, kappa_linear, kappa_quadratic;
};

struct AnnotatorQuality {
    std::string annotator;
    std::int64_t labelled = 0, skipped = 0;
    std::int64_t gold = 0, correct = 0;
    std::optional<double> accuracy, accuracy_low, accuracy_high;  // on gold; Wilson's interval at 95 %
};

struct QualityReport {
    std::int64_t tasks = 0;            // with at least two labels
    std::optional<double> alpha;       // by the set's scale
    std::vector<PairAgreement> pairs;  // at most 500, those with the most tasks in common first
    std::vector<AnnotatorQuality> annotators;
};

[[nodiscard]] Result<QualityReport> quality_of(store::Connection& connection, const LabelSet& set);

}  // namespace suanpan::data::labels
