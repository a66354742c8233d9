#include "areas/data/suggest/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "areas/data/load_sql.h"
#include "areas/data/suggest/fit.h"
#include "areas/data/suggest/words.h"

namespace suanpan::data {
namespace {

namespace fs = std::filesystem;

std::string in_one_line(std::string_view text, std::size_t most = 40) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (line.size() <= most) return line;
    while (most > 0 && (static_cast<unsigned char>(line[most]) & 0xC0) == 0x80) --most;  // whole characters only
    return line.substr(0, most) + "…";
}

std::string with_commas(std::int64_t number) {
    auto digits = std::to_string(number);
    for (auto at = std::ssize(digits) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

// A YAML scalar that stands for exactly this text.
std::string scalar(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            quoted += c;
    }
    return quoted + '"';
}

// A name that SQL takes without quotes; a word that SQL knows as its own is written with them.
bool plain_name(std::string_view name) {
    constexpr std::string_view known =
        " order from to group by desc asc user table select where when then else end case and or not null true false "
        "date "
        "time timestamp day month year week value values name column default check primary key all any as in is on "
        "using "
        "limit offset with row rows position title type class open current session interval ";
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) return false;
    if (known.contains(" " + lower + " ")) return false;
    return std::ranges::all_of(name, [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_'); });
}

std::string expression_text(const Choice& choice) {
    if (choice.expression == quote_name(choice.column) && plain_name(choice.column)) return choice.column;
    return scalar(choice.expression);
}

std::string source_name(const std::string& file) {
    auto stem = file.substr(0, file.find('.'));
    for (auto& c : stem)
        if (static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return stem;
}

// The file with any ending, so that tomorrow's gzip fits too; what a pattern would read as its own is any letter.
std::string file_pattern(const std::string& file) {
    auto pattern = file;
    for (auto& c : pattern)
        if (c == '[' || c == ']' || c == '*' || c == '\\') c = '?';
    if (pattern.ends_with(".gz")) pattern.resize(pattern.size() - 3);
    return pattern + "*";
}

std::string kind_of(const ColumnProfile& column) {
    if (column.filled == 0) return "empty";
    if (!column.date_form.empty()) return "dates, " + column.date_form;
    if (column.email >= 0.9) return "e-mail addresses";
    if (column.real >= 0.98) return column.decimals > 0 ? "numbers" : "whole numbers";
    return "texts";
}

// Who a person is, or how to reach them, is not copied into a mapping.
bool is_personal(const ColumnProfile& column) {
    if (column.email > 0.01) return true;
    constexpr auto words = std::to_array<std::string_view>({"email", "mail", "phone", "mobile", "address", "street",
                                                            "birth", "customer", "buyer", "billing", "recipient"});
    for (const auto& word : header_words(column.name))
        if (std::ranges::find(words, word) != words.end()) return true;
    constexpr auto parts =
        std::to_array<std::string_view>({"姓名", "收货人", "电话", "手机", "地址", "邮箱", "会员名", "昵称"});
    return std::ranges::any_of(parts, [&](std::string_view part) { return column.name.contains(part); });
}

std::string describe(const ColumnProfile& column, const FileProfile& file) {
    std::string samples;
    const bool personal = is_personal(column);
    for (const auto& sample : personal ? std::vector<std::string>{} : column.samples)
        samples += (samples.empty() ? "" : " | ") + in_one_line(sample, 24);
    auto text = fmt::format("  #   {}: {}, about {} different, {} empty", in_one_line(column.name), kind_of(column),
                            with_commas(column.distinct), with_commas(file.rows - column.filled));
    if (column.real >= 0.98 && !column.constant() && !personal)
        text += fmt::format(", {} to {}", in_one_line(column.least, 20), in_one_line(column.greatest, 20));
    if (std::ranges::find(file.keys, column.name) != file.keys.end()) text += ", unique";
    return text + (samples.empty() ? "\n" : fmt::format(": {}\n", samples));
}

// Other columns that could fill the field, and other fields of the table that the column could fill.
std::string alternatives(const FileProfile& file, const TableFit& fit, const Choice& choice,
                         const SuggestOptions& options) {
    std::string text;
    for (const auto& column : file.columns) {
        if (column.name == choice.column) continue;
        const auto other = judge(column, *fit.table, *choice.field, options.time_zone);
        if (other.score >= least_score) text += fmt::format("; or {} {:.2f}", in_one_line(column.name), other.score);
    }
    return text;
}

struct SourceText {
    Profiler& profiler;
    const SuggestOptions& options;
    std::string text = {};
    const CanonicalTable* table = nullptr;  // that it fills; null where none fits

    [[nodiscard]] const FileProfile& file() const { return profiler.profile(); }
    void head();
    void tables(const std::vector<TableFit>& fits);
    void fields(const TableFit& fit);
    void rules(const TableFit& fit);
    void unused(const TableFit& fit);
    [[nodiscard]] Result<> period(TableFit& fit);
    [[nodiscard]] Result<> write();
};

void SourceText::head() {
    text += fmt::format("\n  # {}: {}{} rows, {} columns\n", in_one_line(file().file, 80),
                        file().whole_file ? "" : "more than ", with_commas(file().rows), file().columns.size());
    for (const auto& column : file().columns) text += describe(column, file());
}

void SourceText::tables(const std::vector<TableFit>& fits) {
    text += fmt::format("  # Why {}: {}.", fits[0].table->name, fits[0].reason);
    for (std::size_t i = 1; i < std::min<std::size_t>(4, fits.size()); ++i)
        text +=
            fmt::format("{} {} {:.2f}", i == 1 ? " It could also be" : ",", fits[i].table->name, fits[i].confidence);
    text += "\n";
}

void SourceText::fields(const TableFit& fit) {
    for (const auto& choice : fit.choices) {
        text += fmt::format("          {}: {}  # ", choice.field->name, expression_text(choice));
        if (choice.column.empty())
            text += fmt::format("assumed: {}\n", choice.reason);
        else
            text += fmt::format("from {}, {:.2f}: {}{}\n", scalar(in_one_line(choice.column, 200)), choice.score,
                                choice.reason, alternatives(file(), fit, choice, options));
    }
}

void SourceText::rules(const TableFit& fit) {
    std::string all;
    for (const std::string_view field : {"quantity", "unit_price", "units"}) {
        const auto* choice = fit.of_field(field);
        const auto* column = choice == nullptr ? nullptr : file().find(choice->column);
        if (column == nullptr || std::strtod(column->least.c_str(), nullptr) >= 0) continue;
        all += fmt::format(
            "          - name: negative {0}\n            when: {0} < 0\n            reason: \"negative values may be "
            "returns or corrections; map them, or leave them aside\"\n",
            field);
    }
    if (!all.empty()) text += "        rules:\n" + all;
}

void SourceText::unused(const TableFit& fit) {
    std::string names;
    for (const auto& column : file().columns)
        if (fit.of_column(column.name) == nullptr) names += (names.empty() ? "" : ", ") + in_one_line(column.name);
    if (!names.empty()) text += fmt::format("        # not used: {}\n", names);
}

// Sums whose days lie a week or a month apart are sums of weeks or months.
Result<> SourceText::period(TableFit& fit) {
    const auto* from = fit.of_field("from_day");
    if (fit.table->name != "sales" || from == nullptr || fit.of_field("days") != nullptr) return {};
    const auto gap = TRY(profiler.usual_gap(from->expression));
    for (const auto& field : fit.table->fields) {
        if (field.name != "days") continue;
        if (gap == 7)
            fit.choices.push_back({&field, "", "'7'", 0,
                                   "the days lie a week apart; if each is the last of its week, take 6 from from_day"});
        if (gap >= 28 && gap <= 31)
            fit.choices.push_back(
                {&field, "", fmt::format("day(last_day({}))", from->expression), 0, "the days lie a month apart"});
    }
    return {};
}

Result<> SourceText::write() {
    head();
    if (!file().header) {
        text +=
            "  # It has no line of headers, so a mapping cannot name its columns: add one. 文件缺少表头，请补上。\n";
        return {};
    }
    auto fits = TRY(fit_tables(profiler, options.time_zone));
    if (fits.empty() || fits[0].confidence < least_confidence) {
        text += fmt::format(
            "  # No table fits it well enough{}. 没有合适的数据表。\n",
            fits.empty() ? "" : fmt::format("; the nearest is {} {:.2f}", fits[0].table->name, fits[0].confidence));
        return {};
    }
    tables(fits);
    auto& fit = fits[0];
    table = fit.table;
    TRY(period(fit));
    text += fmt::format("  - name: {}\n    file: {}\n", scalar(source_name(file().file)),
                        scalar(file_pattern(file().file)));
    if (file().delimiter != ",") text += fmt::format("    delimiter: {}\n", scalar(file().delimiter));
    if (!file().null_texts.empty()) {
        text += "    \"null\": [\"\"";
        for (const auto& word : file().null_texts) text += ", " + scalar(word);
        text += "]\n";
    }
    text += fmt::format("    into:\n      - table: {}  # confidence {:.2f}\n        fields:\n", fit.table->name,
                        fit.confidence);
    fields(fit);
    rules(fit);
    unused(fit);
    return {};
}

// What is described comes before what names it; what fits nothing comes last.
int place_of(const CanonicalTable* table) {
    constexpr std::array<std::string_view, 5> describing = {"suppliers", "items", "places", "customers", "calendar"};
    if (table == nullptr) return 2;
    return std::ranges::find(describing, table->name) == describing.end() ? 1 : 0;
}

constexpr std::string_view introduction =
    "# A first mapping, suggested from headers and values. Correct it; what it says of itself is in the comments.\n"
    "# Then: suanpan init SHOP --mapping THIS_FILE. The tables and fields there are: docs/reference/tables.md\n"
    "# 根据表头与数值推测的初始映射，请人工核对后使用；置信度与理由见注释。可用的表与字段见 docs/reference/tables.md\n";

}  // namespace

Result<std::string> suggest_mapping(const std::vector<fs::path>& files, const SuggestOptions& options) {
    std::string text(introduction);
    text += fmt::format(
        "shop:\n  name: My shop\n  currency: {}  # no file tells it: correct it 请核对\n  time_zone: {}  # no file "
        "tells it: "
        "correct it 请核对\n  language: en\n\n# Customers are kept by pseudonyms; `keep` keeps them as the files say "
        "them. 顾客以假名保存；keep 则原样保存。\npersonal: pseudonymise\n\nsources:\n",
        scalar(options.currency), scalar(options.time_zone));
    std::vector<std::pair<int, std::string>> sources;
    for (const auto& file : files) {
        auto profiler = TRY(Profiler::of(file));
        SourceText source{profiler, options};
        TRY(source.write());
        sources.emplace_back(place_of(source.table), std::move(source.text));
    }
    std::ranges::stable_sort(sources, std::less<>{}, &std::pair<int, std::string>::first);
    for (const auto& [place, source] : sources) text += source;
    return text;
}

}  // namespace suanpan::data
