#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "areas/selection/cold/candidate_words.h"
#include "areas/selection/cold/cold_start.h"
#include "areas/selection/item_features.h"
#include "areas/selection/offered_csv.h"
#include "areas/selection/selection.h"
#include "areas/selection/settings.h"
#include "areas/selection/title_words.h"
#include "platform/operations/declare.h"
#include "platform/operations/may_read.h"

namespace suanpan::selection {

struct CatalogueRow {
    std::string title, category, supplier;
    std::optional<double> price;
};
struct CandidatesRequest {
    std::vector<std::string> files;
    std::vector<CatalogueRow> rows;
    std::string as_of;
    std::int64_t horizon = 28, top = 100;
};
struct AlikeItem {
    std::string item, title;
    double likeness = 0, brought = 0;
};
struct CandidateRow {
    std::int64_t place = 0, line = 0;
    std::string title, category, supplier;
    double price = 0, rank = 0, like_items = 0;
    double like_low = 0, like_median = 0, like_high = 0;
    std::vector<AlikeItem> alike;
    std::string flags, reasons_en, reasons_zh;
};
struct CandidatesReply {
    std::string as_of;
    std::int64_t horizon = 0, known = 0, read = 0, scored = 0, flagged = 0;
    std::vector<CandidateRow> candidates;
};

struct OfferedRow {
    std::int64_t line = 0;
    std::optional<std::string> title, category, supplier, price;
};

}  // namespace suanpan::selection

template <>
struct suanpan::operations::Described<suanpan::selection::CatalogueRow> {
    static constexpr FieldWords fields[] = {
        {"price", "in the shop's currency; left out: unknown"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::CandidatesRequest> {
    static constexpr FieldWords fields[] = {
        {"files",
         "a supplier's catalogue or a competitor's listing: one CSV file with a header and the column "
         "title; category, supplier and price (the shop's currency) where there are"},
        {"rows", "such a catalogue itself, in place of a file", {.max_items = 100'000}},
        {"as_of", "the morning; only days before it are learned from; empty: the day after the last sale"},
        {"horizon", "days after the first sale that are foreseen", {.minimum = 7, .maximum = 182}},
        {"top", "candidates in the reply, the best first", {.minimum = 1, .maximum = 100'000}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::CandidatesReply> {
    static constexpr FieldWords fields[] = {
        {"known", "items of the shop whose beginning is learned from"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::CandidateRow> {
    static constexpr FieldWords fields[] = {
        {"line", "of the file, the header being line 1; given rows count from 2, too"},
        {"rank", "share of the shop's own items whose first days brought less than is expected of it"},
        {"like_items", "what the shop's items most like it brought in their first days, geometric mean; 0: none"},
        {"like_median", "of what these brought, the median; weighed by likeness"},
        {"like_low", "a tenth of them brought less; selection.cold_backtest tells how often it holds"},
        {"like_high", "a tenth of them brought more"},
        {"alike", "the three most like it"},
        {"flags", "nothing known, price of zero, title too long: listed last, without a rank"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::selection::AlikeItem> {
    static constexpr FieldWords fields[] = {
        {"likeness", "cosine of the attributes' vectors"},
        {"brought", "profit of its first days, in the shop's currency"},
    };
};

namespace suanpan::selection {
namespace {

using store::Connection;

constexpr std::size_t longest_title = 2000, alike_shown = 3;
constexpr std::string_view readable[] = {"inbox"};  // folders of the shop

std::string flags_of_candidate(const OfferedRow& row, const Candidate& candidate) {
    if (candidate.title.empty() && candidate.category.empty()) return "nothing known";
    if (candidate.title.size() > longest_title || candidate.category.size() > longest_title) return "title too long";
    if (row.price && !(candidate.price > 0)) return "price of zero";
    return "";
}

Result<std::vector<OfferedRow>> read_offers(Connection& connection, const std::string& file) {
    constexpr const char* names[] = {"title", "category", "supplier", "price"};
    const auto csv = TRY(offered_csv(connection, file, names));
    return connection.rows<OfferedRow>(
        fmt::format("SELECT row_number() OVER () + 1 AS line, {} FROM {} ORDER BY line", csv.columns, csv.source),
        file);
}

std::vector<OfferedRow> given_rows(const std::vector<CatalogueRow>& rows) {
    std::vector<OfferedRow> given;
    for (const auto& row : rows)
        given.push_back({std::ssize(given) + 2, row.title, row.category, row.supplier,
                         row.price ? std::optional(fmt::format("{}", *row.price)) : std::nullopt});
    return given;
}

Result<std::vector<OfferedRow>> offered_by(operations::Context& context, const CandidatesRequest& request) {
    if (!request.rows.empty() && request.files.empty()) return given_rows(request.rows);
    if (request.files.size() != 1 || !request.rows.empty())
        return fail(ErrorCode::invalid_argument, "give one file, or the rows of a catalogue", "files");
    TRY(may_read(context, request.files[0], readable));
    return context.shop.database().read([&](Connection& c) { return read_offers(c, request.files[0]); });
}

Candidate candidate_of(const OfferedRow& row, double minor) {
    return {row.title.value_or(""), row.category.value_or(""), row.supplier.value_or(""),
            offered_number(row.price).value_or(0) * minor};
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

struct Shelf {
    const History& history;
    const ColdModel& model;
    double minor = 1;
    int horizon = 28;
};

// What is known of a candidate that has a rank, with the items like it.
void explain(const Shelf& shelf, const Candidate& candidate, double score, CandidateRow& row) {
    const auto& known = shelf.model.known();
    const auto alike = shelf.model.alike(candidate);
    row.rank = shelf.model.rank(score);
    const double like = shelf.model.like_items(candidate);
    row.like_items = std::isnan(like) ? 0 : std::expm1(like) / shelf.minor;
    CandidateKnown said{.rank = row.rank, .horizon = shelf.horizon};
    if (!alike.ones.empty()) {
        row.like_low = alike.low / shelf.minor;
        row.like_median = alike.median / shelf.minor;
        row.like_high = alike.high / shelf.minor;
        said.alike = alike.ones.size();
        said.likeness = alike.ones[0].likeness;
        said.price_to_alike = price_to_alike(candidate, alike, known);
    }
    for (const auto& one : alike.ones) {
        if (row.alike.size() == alike_shown) break;
        const auto& item = shelf.history.items[known[one.known].item];
        row.alike.push_back({item.id, shortened(item.title), one.likeness, known[one.known].profit / shelf.minor});
    }
    const auto words = words_of(said, row.like_low, row.like_median, row.like_high);
    row.reasons_en = words.en;
    row.reasons_zh = words.zh;
}

CandidateRow row_of(const Shelf& shelf, const OfferedRow& offered, const Candidate& c, const Judged& judged) {
    CandidateRow row{.line = offered.line,
                     .title = shortened(c.title),
                     .category = shortened(c.category),
                     .supplier = shortened(c.supplier),
                     .price = c.price / shelf.minor,
                     .alike = {},
                     .flags = judged.flags,
                     .reasons_en = {},
                     .reasons_zh = {}};
    if (judged.flags.empty()) {
        explain(shelf, c, judged.score, row);
        return row;
    }
    const auto words = words_of_flag(judged.flags);
    row.reasons_en = words.en;
    row.reasons_zh = words.zh;
    return row;
}

Result<CandidatesReply> candidates(operations::Context& context, const CandidatesRequest& request) {
    const double minor = minor_units(context.shop.settings());
    const auto rows = TRY(offered_by(context, request));
    const auto history = TRY(context.shop.database().read([](Connection& c) { return read_history(c); }));
    const Day as_of = request.as_of.empty() ? history.last + Days(1) : TRY(parse_day(request.as_of));
    const int horizon = static_cast<int>(request.horizon);
    const auto model = TRY(ColdModel::train(history, as_of, {.horizon = horizon}));
    std::vector<Candidate> offered;
    for (const auto& row : rows) offered.push_back(candidate_of(row, minor));
    CandidatesReply reply{.as_of = format(as_of),
                          .horizon = horizon,
                          .known = std::ssize(model.known()),
                          .read = std::ssize(rows),
                          .candidates = {}};
    if (rows.empty()) return reply;
    for (const auto& judged : TRY(judge_all(model, rows, offered))) {
        ++(judged.flags.empty() ? reply.scored : reply.flagged);
        if (std::ssize(reply.candidates) >= request.top) continue;
        auto row = row_of({history, model, minor, horizon}, rows[judged.row], offered[judged.row], judged);
        row.place = std::ssize(reply.candidates) + 1;
        reply.candidates.push_back(std::move(row));
    }
    return reply;
}

}  // namespace

void add_candidates_operation(operations::Registry& registry) {
    registry.add(operations::declare<CandidatesRequest, CandidatesReply>(
        {.name = "selection.candidates",
         .summary = {"Ranks a catalogue of items that the shop never sold by how items like them began here",
                     "根据店内同类新品的早期表现，为从未销售过的候选商品排序"},
         .long_work = true,
         .positional = {"files"},
         .paths = {"files"}},
        candidates));
}

}  // namespace suanpan::selection
