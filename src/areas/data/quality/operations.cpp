#include <fmt/format.h>

#include <algorithm>

#include "areas/data/quality/check.h"
#include "areas/data/quality/report.h"
#include "areas/data/quality/run.h"
#include "areas/data/shop_tests.h"
#include "areas/data/trust_operations.h"
#include "platform/operations/declare.h"

namespace suanpan::data::quality {

struct CheckRequest {};

struct CheckReply {
    std::int64_t flagged = 0, stock_outs = 0;
    std::vector<Alarm> alarms;
};

struct QualityRequest {
    std::int64_t load_id = 0;
    std::string source;
};

struct PageRequest {
    std::int64_t load_id = 0;
    std::string source;
    std::string language;
};

struct PageReply {
    std::string file;
};

struct AlarmsRequest {
    std::string source;
    std::int64_t limit = 50;
};

struct RaisedAlarm {
    std::int64_t load_id = 0;
    std::string source, kind, field;
    double value = 0, threshold = 0;
    std::string en, zh, raised_at;
};

struct StoredAlarm {
    std::int64_t load_id = 0;
    std::string source, kind, field;
    double value = 0, threshold = 0;
    std::string en, zh;
    Instant raised_at;
};

struct AlarmsReply {
    std::vector<RaisedAlarm> alarms;
};

struct FlagsRequest {
    std::string rule, item_id;
    std::int64_t limit = 50;
};

struct FlaggedRow {
    std::string table_name;
    std::int64_t load_id = 0, source_line = 0;
    std::string item_id, rule;
    double value = 0, expected = 0, score = 0;
};

struct FlagsReply {
    std::vector<FlaggedRow> rows;
};

struct TestRequest {};

struct TestReply {
    bool passed = true;
    std::vector<TestResult> tests;
};

}  // namespace suanpan::data::quality

template <>
struct suanpan::operations::Described<suanpan::data::quality::QualityRequest> {
    static constexpr FieldWords fields[] = {
        {"load_id", "of this load; 0: the newest", {.minimum = 0}},
        {"source", "the newest load of this source"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::quality::PageRequest> {
    static constexpr FieldWords fields[] = {
        {"load_id", "of this load; 0: the newest", {.minimum = 0}},
        {"source", "the newest load of this source"},
        {"language", "zh or en; empty: the shop's"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::quality::AlarmsRequest> {
    static constexpr FieldWords fields[] = {
        {"source", "only of this source"},
        {"limit", "at most so many, the newest first", {.minimum = 1, .maximum = 1000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::data::quality::FlagsRequest> {
    static constexpr FieldWords fields[] = {
        {"rule", "quantity outlier, price outlier or price far off; empty: all"},
        {"item_id", "only of this item"},
        {"limit", "at most so many, the most unusual first", {.minimum = 1, .maximum = 1000}},
    };
};

namespace suanpan::data::quality {
namespace {

using operations::Context;
using store::Connection;

Result<CheckReply> check(Context& context, const CheckRequest&) {
    auto found = TRY(examine(context.shop.database()));
    TRY(context.shop.database().write([&](Connection& connection) { return keep(connection, found); }));
    return CheckReply{std::ssize(found.flags), std::ssize(found.stock_outs), std::move(found.alarms)};
}

Result<QualityReport> quality(Context& context, const QualityRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<QualityReport> {
        auto load_id = request.load_id;
        if (load_id == 0)
            load_id = TRY(connection.count(R"(
                SELECT coalesce(max(load_id), 0) FROM data.load
                WHERE (? = '' OR source = ?)
                  AND load_id NOT IN (SELECT load_id FROM data.load_detail WHERE replay_of IS NOT NULL))",
                                           request.source, request.source));
        if (load_id == 0) return fail(ErrorCode::not_found, "nothing was loaded yet", request.source);
        return report_on(connection, load_id);
    });
}

Result<PageReply> write_page(Context& context, const PageRequest& request) {
    const auto report = TRY(quality(context, {request.load_id, request.source}));
    const auto language = request.language.empty() ? context.shop.settings().language : request.language;
    const auto folder = context.shop.folder() / "exports" / "quality";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto file = folder / fmt::format("load-{}.html", report.load.load_id);
    TRY(store::write_file(file, quality_page(report, language == "zh" ? "zh" : "en")));
    return PageReply{file.string()};
}

Result<AlarmsReply> alarms(Context& context, const AlarmsRequest& request) {
    AlarmsReply reply;
    for (const auto& alarm : TRY(context.shop.database().read([&](Connection& connection) {
             return connection.rows<StoredAlarm>("FROM data.alarms WHERE ? = '' OR source = ? LIMIT ?", request.source,
                                                 request.source, request.limit);
         })))
        reply.alarms.push_back({alarm.load_id, alarm.source, alarm.kind, alarm.field, alarm.value, alarm.threshold,
                                alarm.en, alarm.zh, format(alarm.raised_at)});
    return reply;
}

Result<FlagsReply> flags(Context& context, const FlagsRequest& request) {
    return FlagsReply{TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<FlaggedRow>(R"(
            SELECT table_name, load_id, source_line, coalesce(item_id, '') AS item_id, rule, value, expected, score
            FROM data.flag
            WHERE (? = '' OR rule = ?) AND (? = '' OR item_id = ?)
            ORDER BY abs(ln(greatest(value, 1) / greatest(expected, 1))) DESC, load_id, source_line
            LIMIT ?)",
                                           request.rule, request.rule, request.item_id, request.item_id, request.limit);
    }))};
}

Result<TestReply> test(Context& context, const TestRequest&) {
    const auto mapping = TRY(shop_mapping(context.shop));
    TestReply reply;
    reply.tests = TRY(context.shop.database().read(
        [&](Connection& connection) { return run_shop_tests(connection, mapping.sources.front().tests); }));
    reply.passed = std::ranges::all_of(reply.tests, [](const TestResult& result) { return result.rows == 0; });
    return reply;
}

}  // namespace

void add_operations(operations::Registry& registry) {
    using operations::declare;
    using operations::Effect;
    using operations::Role;
    registry.add(declare<CheckRequest, CheckReply>(
        {.name = "data.check",
         .summary =
             {"Flags unusual rows, marks stock-outs, and compares the newest load of each source with the earlier "
              "ones",
              "标记异常行与缺货日，并把各来源最新一次载入与此前对比"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .long_work = true},
        check));
    registry.add(declare<QualityRequest, QualityReport>(
        {.name = "data.quality",
         .summary = {"Reports on a load: what became of its rows, what differs from earlier loads, what is alarming",
                     "某次载入的质量报告：各行去向、与此前的差异、告警"}},
        quality));
    registry.add(declare<PageRequest, PageReply>(
        {.name = "data.quality_page",
         .summary = {"Writes the quality report of a load as a page with charts into exports/quality/",
                     "把质量报告写成带图表的网页，存入 exports/quality/"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true},
        write_page));
    registry.add(declare<AlarmsRequest, AlarmsReply>(
        {.name = "data.alarms", .summary = {"Lists what is alarming about loads", "列出数据载入的告警"}}, alarms));
    registry.add(declare<FlagsRequest, FlagsReply>(
        {.name = "data.flags",
         .summary = {"Lists rows that look wrong and count all the same", "列出看似异常但仍计入的行"}},
        flags));
    registry.add(declare<TestRequest, TestReply>(
        {.name = "data.test",
         .summary = {"Runs the tests of the mapping: each finds the rows that should not be there",
                     "运行映射中的检验：每项检验找出不应存在的行"},
         .role = Role::editor},
        test));
}

}  // namespace suanpan::data::quality
