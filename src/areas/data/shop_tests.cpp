#include "areas/data/shop_tests.h"

#include <fmt/format.h>

#include "platform/base/time.h"

namespace suanpan::data {
namespace {

using store::Connection;

std::string without_end(std::string sql) {
    while (!sql.empty() && (sql.back() == ';' || sql.back() == ' ' || sql.back() == '\n' || sql.back() == '\t'))
        sql.pop_back();
    return sql;
}

Result<TestResult> run_test(Connection& connection, const ShopTest& test) {
    TestResult result{.name = test.name, .severity = test.severity == ShopTest::Severity::refuse ? "refuse" : "warn"};
    // Within parentheses nothing but a SELECT can stand.
    const auto found = connection.query(fmt::format(
        "SELECT count(*), coalesce(min(CAST(to_json(t) AS VARCHAR)), '') FROM (\n{}\n) AS t", without_end(test.sql)));
    if (!found)
        return fail(found.error().code == ErrorCode::internal ? ErrorCode::invalid_argument : found.error().code,
                    fmt::format("the test is no SELECT that the store understands: {}", found.error().message),
                    "test \"" + test.name + "\"");
    result.rows = found->values<std::int64_t>(0, 0)[0];
    result.sample = found->text(0, 1, 0);
    return result;
}

}  // namespace

Result<std::vector<TestResult>> run_shop_tests(Connection& connection, std::span<const ShopTest> tests) {
    std::vector<TestResult> results;
    for (const auto& test : tests) results.push_back(TRY(run_test(connection, test)));
    return results;
}

Result<> refuse_failed(std::span<const TestResult> results, const std::string& file) {
    for (const auto& result : results)
        if (result.rows > 0 && result.severity == "refuse")
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the test \"{}\" of the mapping found {} rows, the first {}; nothing was loaded: "
                                    "correct the file, or the test",
                                    result.name, result.rows, result.sample),
                        file);
    return {};
}

Result<> keep_results(Connection& connection, std::int64_t load_id, std::span<const TestResult> results) {
    for (const auto& result : results)
        TRY(connection.query("INSERT INTO data.test_result VALUES (?, ?, ?, ?, ?, ?)", load_id, result.name,
                             result.severity, result.rows, result.sample, now()));
    return {};
}

}  // namespace suanpan::data
