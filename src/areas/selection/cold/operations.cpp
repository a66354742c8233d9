#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "areas/selection/cold/cold_start.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "platform/operations/declare.h"

namespace suanpan::selection {

struct CandidatesRequest {
    std::vector<std::string> files;
    std::string as_of;
    std::int64_t horizon = 28, top = 100;
};
struct CandidateRow {
    std::int64_t place = 0, line = 0;
    std::string title, category, supplier;
    double price = 0, rank = 0, like_items = 0;
    std::string flags;
};
struct CandidatesReply {
    std::string as_of;
    std::int64_t known = 0, read = 0, scored = 0, flagged = 0;
    std::vector<CandidateRow> candidates;
};

struct ColdBacktestRequest {
    std::int64_t origins = 6, step = 28, horizon = 28;
    double list_share = 0.2;
};
struct ColdMethod {
    std::string method;
    double precision = 0, precision_low = 0, precision_high = 0, captured = 0, captured_low = 0, captured_high = 0;
};
struct ColdBacktestReply {
    std::vector<std::string> origins;
    std::int64_t items = 0;
    std::vector<ColdMethod> methods;
};

struct OfferedRow {
    std::int64_t line = 0;
    std::optional<std::string> title, category, supplier, price;
};

}  // namespace suanpan::selection

template <>
struct glz::json_schema<suanpan::selection::CandidatesRequest> {
    schema files{.description =
                     "a supplier's catalogue or a competitor's listing: one CSV file with a header and the column "
                     "title; category, supplier and price (the shop's currency) where there are"};
    schema as_of{.description =
                     "the morning; only days before it are learned from; empty: the day after the last sale"};
    schema horizon{.description = "days after the first sale that are foreseen", .minimum = 7L, .maximum = 182L};
    schema top{.description = "candidates in the reply, the best first", .minimum = 1L, .maximum = 100'000L};
};
template <>
struct glz::json_schema<suanpan::selection::CandidateRow> {
    schema line{.description = "of the file, the header being line 1"};
    schema rank{.description = "share of the shop's own items whose first days brought less than is expected of it"};
    schema like_items{.description =
                          "what the shop's items most like it brought in their first days, geometric mean; 0: none"};
    schema flags{.description = "nothing known, price of zero, title too long: listed last, without a rank"};
};
template <>
struct glz::json_schema<suanpan::selection::ColdBacktestRequest> {
    schema origins{.description = "mornings at which new items are listed", .minimum = 1L, .maximum = 60L};
    schema step{.description = "days from one to the next; items first sold in them are judged", .minimum = 7L};
    schema horizon{
        .description = "days after its first sale that an item is judged by", .minimum = 7L, .maximum = 182L};
    schema list_share{.description = "of the new items, so many are listed", .minimum = 0L, .maximum = 1L};
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::size_t longest_title = 2000;

std::string flags_of_candidate(const OfferedRow& row, const Candidate& candidate) {
    if (candidate.title.empty() && candidate.category.empty()) return "nothing known";
    if (candidate.title.size() > longest_title || candidate.category.size() > longest_title) return "title too long";
    if (row.price && !(candidate.price > 0)) return "price of zero";
    return "";
}

// Columns that the file lacks are empty.
Result<std::vector<OfferedRow>> read_offers(Connection& connection, const std::string& file) {
    if (!std::filesystem::is_regular_file(file)) return fail(ErrorCode::not_found, "there is no such file", file);
    constexpr std::string_view read = "read_csv(?, header = true, all_varchar = true, max_line_size = 16777216)";
    const auto shape = connection.query(fmt::format("FROM {} LIMIT 0", read), file);
    if (!shape)
        return fail(ErrorCode::invalid_argument, "the file is not a CSV file with a header: " + shape.error().message,
                    file);
    if (!shape->find("title"))
        return fail(ErrorCode::invalid_argument, "the file has no column title; name it so in its header", file);
    const auto column = [&](const char* name) {
        return shape->find(name) ? fmt::format("{0} AS {0}", name) : fmt::format("NULL::VARCHAR AS {}", name);
    };
    return connection.rows<OfferedRow>(
        fmt::format("SELECT row_number() OVER () + 1 AS line, {}, {}, {}, {} FROM {} ORDER BY line", column("title"),
                    column("category"), column("supplier"), column("price"), read),
        file);
}

Candidate candidate_of(const OfferedRow& row, double minor) {
    const auto price = row.price.value_or("");
    char* end = nullptr;
    const double number = std::strtod(price.c_str(), &end);
    const bool whole = end != price.c_str() && *end == 0 && std::isfinite(number);
    return {row.title.value_or(""), row.category.value_or(""), row.supplier.value_or(""), whole ? number * minor : 0};
}

struct Judged {
    std::size_t row = 0;
    double score = 0;
    std::string flags;
};

Result<std::vector<Judged>> judge_all(const ColdModel& model, const std::vector<OfferedRow>& rows,
                                      const std::vector<Candidate>& candidates) {
    const auto scores = TRY(model.scores(candidates));
    std::vector<Judged> judged;
    for (std::size_t i = 0; i < rows.size(); ++i)
        judged.push_back({i, scores[i], flags_of_candidate(rows[i], candidates[i])});
    std::ranges::stable_sort(judged, [](const Judged& a, const Judged& b) {
        return a.flags.empty() != b.flags.empty() ? a.flags.empty() : a.score > b.score;
    });
    return judged;
}

Result<CandidatesReply> candidates(operations::Context& context, const CandidatesRequest& request) {
    if (request.files.size() != 1) return fail(ErrorCode::invalid_argument, "give one file", "files");
    const double minor = minor_units(context.shop.settings());
    auto& database = context.shop.database();
    const auto history = TRY(database.read([](Connection& c) { return read_history(c); }));
    const auto rows = TRY(database.read([&](Connection& c) { return read_offers(c, request.files[0]); }));
    const Day as_of = request.as_of.empty() ? history.last + Days(1) : TRY(parse_day(request.as_of));
    const auto model = TRY(ColdModel::train(history, as_of, {.horizon = static_cast<int>(request.horizon)}));
    std::vector<Candidate> offered;
    for (const auto& row : rows) offered.push_back(candidate_of(row, minor));
    CandidatesReply reply{
        .as_of = format(as_of), .known = std::ssize(model.known()), .read = std::ssize(rows), .candidates = {}};
    if (rows.empty()) return reply;
    for (const auto& j : TRY(judge_all(model, rows, offered))) {
        ++(j.flags.empty() ? reply.scored : reply.flagged);
        if (std::ssize(reply.candidates) >= request.top) continue;
        const auto& c = offered[j.row];
        const double like = j.flags.empty() ? model.like_items(c) : 0;
        reply.candidates.push_back({std::ssize(reply.candidates) + 1, rows[j.row].line, c.title.substr(0, 300),
                                    c.category.substr(0, 300), c.supplier.substr(0, 300), c.price / minor,
                                    j.flags.empty() ? model.rank(j.score) : 0,
                                    std::isnan(like) ? 0 : std::expm1(like) / minor, j.flags});
    }
    return reply;
}

Result<ColdBacktestReply> cold_backtest(operations::Context& context, const ColdBacktestRequest& request) {
    const auto history = TRY(context.shop.database().read([](Connection& c) { return read_history(c); }));
    ColdTestOptions options{.origins = static_cast<int>(request.origins),
                            .step = static_cast<int>(request.step),
                            .list_share = request.list_share};
    options.cold.horizon = static_cast<int>(request.horizon);
    const auto tested = TRY(test_cold(history, options));
    ColdBacktestReply reply{.origins = {}, .items = static_cast<std::int64_t>(tested.items), .methods = {}};
    for (const auto day : tested.origins) reply.origins.push_back(format(day));
    for (const auto& m : tested.methods)
        reply.methods.push_back({m.name, m.precision.mean, m.precision.low, m.precision.high, m.captured.mean,
                                 m.captured.low, m.captured.high});
    return reply;
}

}  // namespace

void add_cold_operations(operations::Registry& registry) {
    registry.add(operations::declare<CandidatesRequest, CandidatesReply>(
        {.name = "selection.candidates",
         .summary = {"Ranks a catalogue of items that the shop never sold by how items like them began here",
                     "根据店内同类新品的早期表现，为从未销售过的候选商品排序"},
         .long_work = true,
         .positional = {"files"},
         .paths = {"files"},
         .required = {"files"}},
        candidates));
    registry.add(operations::declare<ColdBacktestRequest, ColdBacktestReply>(
        {.name = "selection.cold_backtest",
         .summary = {"Judges the ranking of new items on items that were held back whole, beside rules and chance",
                     "用整件留出的新品检验冷启动排序，并与规则和随机比较"},
         .long_work = true},
        cold_backtest));
}

}  // namespace suanpan::selection
