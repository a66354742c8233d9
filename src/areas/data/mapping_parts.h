#pragma once

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "areas/data/mapping.h"

// The parts of a mapping that tell how far its data can be trusted.
namespace suanpan::data {

// Where a node stands, so that an error names the line to mend.
struct Place {
    const std::string& about;

    [[nodiscard]] std::string of(const YAML::Node& node) const {
        return fmt::format("{}:{}", about, node.Mark().line + 1);
    }
    [[nodiscard]] std::unexpected<Error> wrong(const YAML::Node& node, std::string message) const {
        return fail(ErrorCode::invalid_argument, std::move(message), of(node));
    }
};

// `replaces: file` or `keys`
[[nodiscard]] Result<bool> parse_replaces(const YAML::Node& node, const Place& place);
// `ranges: {quantity: [1, 100000], unit_price: [0.01, null]}`
[[nodiscard]] Result<std::vector<Range>> parse_ranges(const YAML::Node& node, const CanonicalTable& table,
                                                      const Place& place);
// `rates: [{currency: USD, value: 0.79, from: 2011-01-01}]`
[[nodiscard]] Result<std::vector<Rate>> parse_rates(const YAML::Node& node, const Place& place);
// `tests: [{name: …, sql: …, severity: warn | refuse}]`
[[nodiscard]] Result<std::vector<ShopTest>> parse_tests(const YAML::Node& node, const Place& place);
// `personal: pseudonymise` or `keep`
[[nodiscard]] Result<Personal::Mode> parse_personal(const YAML::Node& node, const Place& place);
// `time_zone: UTC`, an IANA name
[[nodiscard]] Result<std::string> parse_time_zone(const YAML::Node& node, const Place& place);
// `texts: normal` or `as they are`
[[nodiscard]] Result<bool> parse_texts(const YAML::Node& node, const Place& place);

}  // namespace suanpan::data
