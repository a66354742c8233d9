#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "areas/data/canonical.h"
#include "areas/data/declared_rules.h"
#include "areas/data/sources/format.h"
#include "platform/base/result.h"
#include "platform/store/shop.h"

namespace suanpan::data {

// A check of a shop's own on rows of one table. `when` is SQL over the mapped fields; a row for which it holds is set
// aside with the reason, or kept and counted as mended.
struct Rule {
    enum class Action { quarantine, mended };
    std::string name, when, reason;
    Action action = Action::quarantine;
};

// Which rows of a file become rows of which canonical table. `when` and the fields are SQL over the file's columns, all
// of them texts. A row goes to the first target whose `when` holds; one of `leave_out` to nothing_table().
struct Target {
    const CanonicalTable* table = nullptr;
    std::string when;  // empty: every row
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<Rule> rules;
    bool refuse_duplicates = false;  // a row equal to an earlier one in every column is set aside
    Declared declared;
    // Where in the mapping an expression stands, "mapping.yaml:14", by the field's name, "when", "currency" or "rule
    // NAME". Empty where no file tells the target.
    std::map<std::string, std::string, std::less<>> places;

    [[nodiscard]] const std::string* expression(std::string_view field) const;  // null where not mapped
};

// Columns that tell who a person is. Where they are pseudonymised, their texts become keyed hashes before anything of a
// row is stored. Those that fill customer_id and session_id are found by themselves.
struct Personal {
    enum class Mode { keep, pseudonymise } mode = Mode::keep;
    std::vector<std::string> columns;  // further ones, such as names and addresses
};

// A SELECT that must give no rows once a file is loaded.
struct ShopTest {
    enum class Severity { warn, refuse };  // refuse: the load is undone
    std::string name, sql;
    Severity severity = Severity::warn;
};

struct Source {
    std::string name;
    std::string file;  // a pattern of the file's name, "orders*.csv*"
    std::vector<std::string> null_texts;
    std::string delimiter;  // empty: found out
    // A file of the same name replaces all rows of its earlier versions; otherwise only those whose keys it has.
    bool replaces_file = false;
    Reading reading;
    std::vector<Target> targets;
    Personal personal;
    std::vector<ShopTest> tests;  // the mapping's
};

struct Mapping {
    store::Settings shop;
    std::vector<Source> sources;
    std::string text;  // as written; part of a load's identity
};

// Errors: not YAML; an unknown table, field or setting, with its line and what is known.
[[nodiscard]] Result<Mapping> parse_mapping(const std::string& yaml, const std::string& about);

// What a file of this name is loaded by: a mapping with one source for each source whose pattern fits, in their order.
// One file may so fill several tables. The error lists the patterns there are.
[[nodiscard]] Result<std::vector<Mapping>> mappings_for(const Mapping& mapping, std::string_view file_name);

// The first source whose pattern fits the file's name; the error lists the patterns there are.
[[nodiscard]] Result<const Source*> source_for(const Mapping& mapping, std::string_view file_name);

}  // namespace suanpan::data
