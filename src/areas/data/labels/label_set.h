#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "areas/data/labels/agreement.h"
#include "platform/store/connection.h"

namespace suanpan::data::labels {

struct Example {
    std::string text, label, why;
};

// What annotators are asked. A change of it is a new version of the set.
struct Definition {
    std::string kind = "text";      // text, picture (a reference to one), record
    std::string scale = "nominal";  // nominal, ordinal (the order of the classes counts), interval (they are numbers)
    std::string instructions;
    std::vector<std::string> classes;
    std::map<std::string, std::string> descriptions;  // of classes
    std::vector<Example> examples;
    std::int64_t annotations_per_task = 2;
    std::int64_t lease_minutes = 30;
    double gold_share = 0.1;  // of the tasks given to an annotator, as long as there is gold they have not seen
    bool show_guess = false;  // the rules' first guess is shown to annotators
};

struct LabelSet {
    std::string name;
    std::int64_t version = 0;
    Definition definition;
    std::optional<Instant> frozen_at;
    std::string hash;  // of the frozen export

    [[nodiscard]] std::optional<std::size_t> class_index(std::string_view label) const;
    [[nodiscard]] std::vector<double> class_values() const;  // on the interval scale; else their places
    [[nodiscard]] Scale scale() const;
};

// Who does something, and when. Time is given, never read.
struct Actor {
    std::string name;
    Instant now;
};

// Errors: a name that is no file name, an unknown kind or scale, fewer than two classes, one twice, an example or a
// description of a class that is not there, numbers out of range.
[[nodiscard]] Result<> check_definition(const std::string& name, const Definition& definition);
[[nodiscard]] std::string to_json(const Definition& definition);

struct Created {
    std::int64_t version = 0;
    bool created = false;  // false: it was there already, the same
};

// Version 0 stands for the newest: made where the set is new, found where it is the same. Another definition needs the
// number of the next version; gold whose class is still there goes along. Errors: conflict where the version is there
// with another definition, or is not the next.
[[nodiscard]] Result<Created> create_set(store::Connection& connection, const LabelSet& wanted, const Actor& actor);

// Version 0: the newest. Errors: not_found.
[[nodiscard]] Result<LabelSet> find_set(store::Connection& connection, const std::string& name, std::int64_t version);
// The same, and conflict where the version is frozen.
[[nodiscard]] Result<LabelSet> open_set(store::Connection& connection, const std::string& name, std::int64_t version);

// Errors: invalid_argument naming the classes there are.
[[nodiscard]] Result<std::size_t> class_of(const LabelSet& set, const std::string& label);

}  // namespace suanpan::data::labels
