#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "platform/models/card.h"
#include "platform/models/registry.h"

// The one test that every model passes. Only tests include this.
namespace suanpan::models {

struct Errors {
    double model = 0, baseline = 0;  // on data later than the training data
};

// What an area says of its model. Functions may be called in any order after train, several times.
struct TestedModel {
    std::string file;                           // the model's main file, "weights.safetensors"
    std::function<Result<Files>()> train;       // on earlier data, always the same
    std::function<Errors(const Files&)> judge;  // on later data that train does not see
    double margin = 0;                          // the model's error is at most (1 - margin) times the baseline's
    std::function<Result<std::vector<double>>(const Files&)> predict;  // of the files alone, any length
    std::filesystem::path old_folder;     // files that an earlier version of the program wrote
    std::vector<double> old_predictions;  // and what it predicted from them, to 9 digits
};

inline Files read_folder(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (const auto name = entry.path().filename().string(); name != "card.json" && entry.is_regular_file())
            files[name] = store::read_file(entry.path()).value_or("");
    return files;
}

inline void expect_refused(const TestedModel& model, Files files, std::string bytes, const char* what) {
    files[model.file] = std::move(bytes);
    const auto predicted = model.predict(files);
    ASSERT_FALSE(predicted) << what << " was accepted";
    EXPECT_EQ(predicted.error().code, ErrorCode::invalid_argument) << what;
    EXPECT_TRUE(predicted.error().message.size() > 20) << what << " needs a sentence: " << predicted.error().message;
}

inline void test_learning(const TestedModel& model, const Files& files) {
    EXPECT_EQ(model.train().value(), files) << "the same data and seed must give the same bytes";
    const auto errors = model.judge(files);
    testing::Test::RecordProperty("error", std::to_string(errors.model));
    EXPECT_GT(errors.baseline, 0);
    EXPECT_LE(errors.model, (1 - model.margin) * errors.baseline);
}

// Through a registered folder of a real shop, as serving does it.
inline void test_saving(const TestedModel& model, const Files& files, const store::Shop& shop) {
    const auto before = model.predict(files);
    ASSERT_TRUE(before) << before.error().text();
    ASSERT_FALSE(before->empty());
    const auto draft = write_draft(shop, {.name = "tested", .version = "1"}, files);
    ASSERT_TRUE(draft) << draft.error().text();
    ASSERT_TRUE(shop.database().write([&](store::Connection& connection) { return add(connection, shop, *draft); }));
    const auto loaded =
        shop.database().read([&](store::Connection& connection) { return load(connection, shop, "tested", "1"); });
    ASSERT_TRUE(loaded) << loaded.error().text();
    const auto after = model.predict(loaded->files);
    ASSERT_TRUE(after) << after.error().text();
    EXPECT_EQ(*before, *after) << "a model that was saved and loaded serves the same numbers, bit for bit";
}

inline void test_old_file(const TestedModel& model) {
    const auto old = model.predict(read_folder(model.old_folder));
    ASSERT_TRUE(old) << old.error().text();
    ASSERT_EQ(old->size(), model.old_predictions.size());
    for (std::size_t i = 0; i < old->size(); ++i)
        EXPECT_NEAR((*old)[i], model.old_predictions[i], 1e-9 * std::max(1.0, std::abs(model.old_predictions[i])));
}

inline void test_damage(const TestedModel& model, const Files& files) {
    const auto& bytes = files.at(model.file);
    expect_refused(model, files, "", "an empty file");
    expect_refused(model, files, bytes.substr(0, bytes.size() / 2), "half a file");
    expect_refused(model, files, bytes.substr(0, bytes.size() - 1), "a file without its last byte");
    expect_refused(model, files, bytes + "x", "a file with a byte more");
    auto without = files;
    without.erase(model.file);
    EXPECT_FALSE(model.predict(without)) << "a missing file was accepted";
}

inline void test_model(const TestedModel& model, const store::Shop& shop) {
    const auto files = model.train();
    ASSERT_TRUE(files) << files.error().text();
    ASSERT_TRUE(files->contains(model.file));
    test_learning(model, *files);
    test_saving(model, *files, shop);
    test_old_file(model);
    test_damage(model, *files);
}

}  // namespace suanpan::models
