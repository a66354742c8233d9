#pragma once

#include "areas/demand/evaluate/dataset.h"
#include "areas/demand/history.h"

namespace suanpan::demand {

// Names of known columns: how many days of a period.
inline constexpr std::string_view promoted_column = "promoted", closed_column = "closed";

// Texts of a kind of category, sorted, by the number that stands for them; then comes "any other".
struct Kind {
    std::string name;
    std::vector<std::string> texts;

    bool operator==(const Kind&) const = default;
};

// What models of all items see: the newest periods of every series in the history's order, what was known of them and
// of the periods to come (promotions, holidays, closed days, weather), what was observed (prices), and the category; of
// series by place, also the place and the item.
struct Covariates {
    Dataset dataset;          // a column is there where the shop has something to put into it
    std::vector<Kind> kinds;  // of the data set's categories
};
struct Asking {
    Period period;
    int horizon = 8;  // periods after the history
    int window = 2;   // of these, the first for which weather must be known to be used at all
};
// By days, a closed one counts as not observed. Weather is the place's, or the mean of all places.
[[nodiscard]] Result<Covariates> read_covariates(store::Connection& connection, const History& history,
                                                 const Asking& asking);

// Numbers the categories as these do. Errors: conflict where their kinds are others.
[[nodiscard]] Result<> number_by(Covariates& covariates, const std::vector<Kind>& kinds);

// Of all columns.
[[nodiscard]] std::vector<std::string> names_of(const Covariates& covariates);

// Whether a series has a promotion in the first `periods` after what was seen.
[[nodiscard]] bool is_promoted(const Dataset& dataset, std::size_t series, std::size_t periods);

// Whether the shop has promotions, holidays or weather to learn from.
[[nodiscard]] Result<bool> has_covariates(store::Connection& connection);

// Checksum of everything beside the series themselves.
[[nodiscard]] std::string fingerprint(const Covariates& covariates);

}  // namespace suanpan::demand
