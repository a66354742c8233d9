#include "areas/data/labels/quality.h"

#include <algorithm>
#include <map>

#include "areas/data/labels/agreement.h"

namespace suanpan::data::labels {
namespace {

constexpr std::size_t most_pairs = 500;

struct AnnotationRow {
    std::string task_id, annotator;
    std::optional<std::string> label, gold;
};

struct Common {
    std::vector<std::size_t> first, second;
};

using Pairs = std::map<std::pair<std::string, std::string>, Common>;

Result<std::vector<AnnotationRow>> annotations_of(store::Connection& connection, const LabelSet& set) {
    return connection.rows<AnnotationRow>(R"(
        SELECT c.task_id, c.annotator, c.label, g.label AS gold
        FROM labels.current_annotation AS c
        LEFT JOIN labels.gold AS g
               ON g.set_name = c.set_name AND g.version = c.version AND g.task_id = c.task_id
        WHERE c.set_name = ? AND c.version = ?
        ORDER BY c.task_id, c.annotator)",
                                          set.name, set.version);
}

void count_annotators(QualityReport& report, std::span<const AnnotationRow> rows) {
    std::map<std::string, AnnotatorQuality> by_name;
    for (const auto& row : rows) {
        auto& annotator = by_name[row.annotator];
        (row.label ? annotator.labelled : annotator.skipped) += 1;
        if (!row.label || !row.gold) continue;
        annotator.gold += 1;
        annotator.correct += row.label == row.gold ? 1 : 0;
    }
    for (auto& [name, annotator] : by_name) {
        annotator.annotator = name;
        if (annotator.gold > 0) {
            annotator.accuracy = static_cast<double>(annotator.correct) / static_cast<double>(annotator.gold);
            const auto interval =
                wilson_interval(static_cast<std::size_t>(annotator.correct), static_cast<std::size_t>(annotator.gold));
            annotator.accuracy_low = interval.low;
            annotator.accuracy_high = interval.high;
        }
        report.annotators.push_back(annotator);
    }
}

void add_pairs(Pairs& pairs, const LabelSet& set, std::span<const AnnotationRow> task) {
    for (std::size_t i = 0; i < task.size(); ++i)
        for (std::size_t j = i + 1; j < task.size(); ++j) {
            auto& common = pairs[{task[i].annotator, task[j].annotator}];
            common.first.push_back(set.class_index(*task[i].label).value_or(0));
            common.second.push_back(set.class_index(*task[j].label).value_or(0));
        }
}

std::vector<PairAgreement> agreements(const Pairs& pairs) {
    std::vector<PairAgreement> all;
    for (const auto& [names, common] : pairs) {
        PairAgreement pair{.first = names.first, .second = names.second, .tasks = std::ssize(common.first)};
        for (std::size_t i = 0; i < common.first.size(); ++i)
            pair.agreed += common.first[i] == common.second[i] ? 1 : 0;
        pair.kappa = cohen_kappa(common.first, common.second, Weights::none);
        pair.kappa_linear = cohen_kappa(common.first, common.second, Weights::linear);
        pair.kappa_quadratic = cohen_kappa(common.first, common.second, Weights::quadratic);
        all.push_back(std::move(pair));
    }
    std::ranges::stable_sort(all, std::greater<>(), &PairAgreement::tasks);
    if (all.size() > most_pairs) all.resize(most_pairs);
    return all;
}

}  // namespace

Result<QualityReport> quality_of(store::Connection& connection, const LabelSet& set) {
    auto rows = TRY(annotations_of(connection, set));
    QualityReport report;
    count_annotators(report, rows);
    std::erase_if(rows, [](const AnnotationRow& row) { return !row.label; });
    Pairs pairs;
    std::vector<std::vector<std::size_t>> tasks;
    for (std::size_t first = 0; first < rows.size();) {
        auto last = first;
        auto& labels = tasks.emplace_back();
        for (; last < rows.size() && rows[last].task_id == rows[first].task_id; ++last)
            labels.push_back(set.class_index(*rows[last].label).value_or(0));
        add_pairs(pairs, set, std::span(rows).subspan(first, last - first));
        report.tasks += labels.size() > 1 ? 1 : 0;
        first = last;
    }
    report.alpha = krippendorff_alpha(tasks, set.class_values(), set.scale());
    report.pairs = agreements(pairs);
    return report;
}

}  // namespace suanpan::data::labels
