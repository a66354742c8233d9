#include <fmt/format.h>

#include <cmath>

#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/selection/sheet.h"
#include "platform/base/money.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct ExportRequest {
    std::string as_of, verdict, format = "csv", language;
};

struct ExportReply {
    std::string file, as_of;
    std::int64_t items = 0, bytes = 0;
};

struct ExportRow {
    Day as_of;
    std::int64_t place = 0;
    std::string item_id;
    std::optional<std::string> title, category, supplier_id;
    std::string verdict;
    bool explores = false;
    double expected_profit = 0, low = 0, high = 0, baseline = 0, stock_cost = 0;
    std::optional<double> stock, units_28, return_share, margin_share;
    std::string flags, reasons_en, reasons_zh;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::ExportRequest> {
    static constexpr FieldWords fields[] = {
        {"as_of", "the morning of the scores, as 2011-11-14; empty: the newest"},
        {"verdict", "only this verdict; empty: all"},
        {"format", "csv or xlsx"},
        {"language", "en or zh; empty: the shop's"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::ExportReply> {
    static constexpr FieldWords fields[] = {
        {"file", "the file that was written, below the shop's folder"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::string_view export_sql = R"(
    SELECT as_of, place, item_id, title, category, supplier_id, verdict, explores, expected_profit, low, high, baseline,
           stock_cost, stock, units_28, return_share, margin_share, flags, reasons_en, reasons_zh
    FROM selection.score LEFT JOIN data.product USING (item_id)
    WHERE as_of = (SELECT max(as_of) FROM selection.score WHERE ?1 OR as_of = ?2) AND (?3 = '' OR verdict = ?3)
    ORDER BY place)";

std::vector<std::string> columns_in(bool chinese, const std::string& currency) {
    if (chinese)
        return {"日期",
                "名次",
                "商品编号",
                "标题",
                "类目",
                "供应商",
                "结论",
                "试探",
                "预期利润 " + currency,
                "下限 " + currency,
                "上限 " + currency,
                "此前利润 " + currency,
                "备货成本 " + currency,
                "库存",
                "近28天销量",
                "退货率",
                "毛利率",
                "存疑",
                "理由"};
    return {"as of",
            "place",
            "item",
            "title",
            "category",
            "supplier",
            "verdict",
            "explores",
            "expected profit " + currency,
            "low " + currency,
            "high " + currency,
            "profit before " + currency,
            "stock cost " + currency,
            "stock",
            "units in 28 days",
            "return share",
            "margin share",
            "flags",
            "reasons"};
}

std::string verdict_zh(const std::string& verdict) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"list", "上架"}, {"push", "主推"}, {"keep", "保留"}, {"clear", "清仓"}, {"drop", "下架"}, {"unknown", "未知"}};
    for (const auto& [en, zh] : words)
        if (en == verdict) return std::string(zh);
    return verdict;
}

Cell number(const std::optional<double>& value) {
    return value ? Cell(std::round(*value * 10000) / 10000) : Cell();
}

std::vector<Cell> cells_of(const ExportRow& row, bool chinese, double minor) {
    const auto amount = [&](double value) { return Amount{value / minor}; };
    return {row.as_of,
            static_cast<double>(row.place),
            row.item_id,
            row.title.value_or(""),
            row.category.value_or(""),
            row.supplier_id.value_or(""),
            chinese ? verdict_zh(row.verdict) : row.verdict,
            std::string(!row.explores ? ""
                        : chinese     ? "是"
                                      : "yes"),
            amount(row.expected_profit),
            amount(row.low),
            amount(row.high),
            amount(row.baseline),
            amount(row.stock_cost),
            number(row.stock),
            number(row.units_28),
            number(row.return_share),
            number(row.margin_share),
            row.flags,
            chinese ? row.reasons_zh : row.reasons_en};
}

Result<> check(const ExportRequest& request) {
    if (request.format != "csv" && request.format != "xlsx")
        return fail(ErrorCode::invalid_argument, "\"" + request.format + "\" is no format here; write csv or xlsx",
                    "format");
    if (!request.language.empty() && request.language != "en" && request.language != "zh")
        return fail(ErrorCode::invalid_argument, "\"" + request.language + "\" is no language here; write en or zh",
                    "language");
    return {};
}

Result<std::vector<ExportRow>> read_rows(const store::Shop& shop, const ExportRequest& request) {
    const auto wanted = request.as_of.empty() ? Day{} : TRY(parse_day(request.as_of));
    auto rows = TRY(shop.database().read([&](Connection& connection) {
        return connection.rows<ExportRow>(export_sql, request.as_of.empty(), wanted, request.verdict);
    }));
    if (rows.empty())
        return fail(ErrorCode::not_found, "there are no such scores to export; run selection.run for the day first",
                    request.as_of);
    return rows;
}

Result<ExportReply> export_scores(operations::Context& context, const ExportRequest& request) {
    TRY(check(request));
    const auto& shop = context.shop;
    const auto& settings = shop.settings();
    const bool chinese = (request.language.empty() ? settings.language : request.language) == "zh";
    const auto rows = TRY(read_rows(shop, request));
    Sheet sheet{.title = chinese ? "选品" : "selection",
                .decimals = minor_digits(settings.currency),
                .columns = columns_in(chinese, settings.currency),
                .rows = {}};
    for (const auto& row : rows) sheet.rows.push_back(cells_of(row, chinese, minor_units(settings)));
    const auto text = request.format == "csv" ? to_csv(sheet) : TRY(to_xlsx(sheet));
    ExportReply reply{.file = fmt::format("exports/scores-{}.{}", format(rows[0].as_of), request.format),
                      .as_of = format(rows[0].as_of),
                      .items = std::ssize(rows),
                      .bytes = std::ssize(text)};
    TRY(store::write_file(shop.folder() / reply.file, text));
    return reply;
}

}  // namespace

void add_export_operation(operations::Registry& registry) {
    registry.add(operations::declare<ExportRequest, ExportReply>(
        {.name = "selection.export",
         .summary = {"Writes a morning's scores and reasons as a CSV file or a spreadsheet",
                     "将某日的评分与理由导出为 CSV 或 Excel 表格"},
         .role = operations::Role::editor,
         .effect = operations::Effect::changes,
         .idempotent = true},
        export_scores));
}

}  // namespace suanpan::selection
