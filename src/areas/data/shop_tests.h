#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "areas/data/mapping.h"
#include "platform/store/connection.h"

// Tests of a shop's own, written as SQL that must give no rows; run after each load, in its transaction.
namespace suanpan::data {

struct TestResult {
    std::string name, severity;  // "warn" or "refuse"
    std::int64_t rows = 0;       // found; 0: passed
    std::string sample;          // the first of them, as JSON
};

// Errors: invalid_argument for a test that is not one SELECT.
[[nodiscard]] Result<std::vector<TestResult>> run_shop_tests(store::Connection& connection,
                                                             std::span<const ShopTest> tests);

// An error where one with severity refuse found rows, which undoes the load.
[[nodiscard]] Result<> refuse_failed(std::span<const TestResult> results, const std::string& file);

[[nodiscard]] Result<> keep_results(store::Connection& connection, std::int64_t load_id,
                                    std::span<const TestResult> results);

}  // namespace suanpan::data
